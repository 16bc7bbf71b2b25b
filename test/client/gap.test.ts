import { GapError } from "../../src/client/create-attestry-client.js";
import { givenLyingGateway, told } from "./lying-gateway.js";
import { count, cursorsOf, errorOf, quickClient, taken } from "./told.js";

const clientOf = ({ url }: { url: string }) => quickClient({ url, token: "any" });

describe("events of a gateway that leaves something out", () => {
  it("asks anew from the last event on, and tells what was left out", async () => {
    await using gateway = await givenLyingGateway(
      { results: [told("a", null), told("b", "a"), told("d", "c")] },
      { results: [told("c", "b"), told("d", "c")] },
    );
    const events = await taken(clientOf(gateway).events(), count(4));
    expect(cursorsOf(events)).toEqual(["a", "b", "c", "d"]);
    expect(gateway.asked.map(({ after }) => after)).toEqual([null, "b"]);
  });

  it("throws a GapError where it is left out again", async () => {
    await using gateway = await givenLyingGateway(
      { results: [told("a", null), told("c", "b")] },
      { results: [told("c", "b")] },
    );
    const stream = clientOf(gateway).events();
    expect((await stream.next()).value?.cursor).toBe("a");
    const error = await errorOf(stream);
    expect(error).toBeInstanceOf(GapError);
    expect(error).toMatchObject({ after: "a", cursor: "c", previousCursor: "b" });
  });

  it("throws a GapError where it is left out by whoever takes the place of one that closed", async () => {
    await using gateway = await givenLyingGateway(
      { results: [told("a", null)], close: 1001 },
      { results: [told("c", "b")] },
    );
    expect(await errorOf(clientOf(gateway).events())).toBeInstanceOf(GapError);
  });
});

describe("events", () => {
  it("are told once where a gateway tells them twice", async () => {
    await using gateway = await givenLyingGateway(
      { results: [told("a", null), told("a", null), told("b", "a")], close: 1001 },
      { results: [told("b", "a"), told("a", null), told("c", "b")] },
    );
    expect(cursorsOf(await taken(clientOf(gateway).events(), count(3)))).toEqual(["a", "b", "c"]);
  });

  it("have no gap where the view has grown narrower, or nothing before them is kept", async () => {
    await using gateway = await givenLyingGateway(
      { results: [told("b", "a"), told("c", "b"), told("d", "b")], close: 1001 },
      { results: [told("e", "a")], close: 1001 },
      { results: [told("f", null)] },
    );
    expect(cursorsOf(await taken(clientOf(gateway).events(), count(5)))).toEqual(["b", "c", "d", "e", "f"]);
  });

  it("may follow anything where they are the first behind a cursor of another view", async () => {
    await using gateway = await givenLyingGateway({ results: [told("b", "other"), told("c", "b")] });
    expect(cursorsOf(await taken(clientOf(gateway).events({ after: "a" }), count(2)))).toEqual(["b", "c"]);
  });

  it("end with an error where one is told without its place", async () => {
    await using gateway = await givenLyingGateway({ results: [{ data: { events: { cursor: 1 } } }] });
    expect(await errorOf(clientOf(gateway).events())).toMatchObject({ name: "AttestryError", code: "UNKNOWN" });
  });
});
