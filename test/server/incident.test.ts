import { recordOf } from "../../src/server/incident.js";

/** An error as a driver throws it: its words quote the row. */
class DriverError extends Error {
  readonly code: string;

  constructor(message: string, code = "SQLITE_CONSTRAINT_UNIQUE") {
    super(message);
    this.code = code;
  }
}

describe("recordOf", () => {
  it("keeps the words of an error that a programmer wrote", () => {
    expect(recordOf(new TypeError("x is not a function"))).toMatchObject({
      name: "TypeError",
      message: "x is not a function",
      code: null,
    });
  });

  it("keeps the kind and the code of any other, not its words", () => {
    const record = recordOf(new DriverError("insert into person values ('123-45-6789')"));
    expect(record).toMatchObject({ name: "DriverError", message: null, code: "SQLITE_CONSTRAINT_UNIQUE" });
    expect(JSON.stringify(record)).not.toContain("6789");
  });

  it("keeps where it was thrown", () => {
    const { frames } = recordOf(new Error("first line\nsecond line"));
    expect(frames[0]).toContain("incident.test");
    expect(frames.every((frame) => frame.startsWith("at "))).toBe(true);
  });

  it("leaves out a code that is not one", () => {
    expect(recordOf(new DriverError("no", "row '123-45-6789'")).code).toBeNull();
  });

  it("says of what is no error only what type it has", () => {
    expect(recordOf("123-45-6789")).toEqual({ name: "string", message: null, code: null, frames: [] });
  });
});
