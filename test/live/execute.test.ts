import { buildSchema, parse } from "graphql";
import type { Context } from "../../src/graph/context.js";
import { Failure } from "../../src/kernel/failure.js";
import { resultOf } from "../../src/live/execute.js";
import { refusal } from "../support/refusal.js";

const schema = buildSchema(
  "type Query { a: Int } type Subscription { event: Event } type Event { kept: Int, read: Int }",
);

const subscribed = { document: parse("subscription { event { kept read } }"), operationName: null, variables: {} };

/** The result of an event of which one field cannot be read, for this reason. */
const withFault = (fault: Error): Promise<Buffer> => {
  const read = (): never => {
    throw fault;
  };
  const present = ({ message }: Error) => ({ message });
  return resultOf(schema, subscribed as never, {} as Context, { event: { kept: 1, read } }, present as never);
};

describe("the result of an event", () => {
  it("holds what can be read, and words on what cannot", async () => {
    const result = await withFault(new Failure("NOT_FOUND", "It is gone."));
    expect(JSON.parse(result.toString())).toEqual({
      errors: [{ message: "It is gone." }],
      data: { event: { kept: 1, read: null } },
    });
  });

  it("is none while the database is away: it is made again, and not sent without what it should hold", async () => {
    const { code } = await refusal(withFault(new Failure("SERVICE_UNAVAILABLE", "Away.", { retryAfterMs: 1 })));
    expect(code).toBe("SERVICE_UNAVAILABLE");
  });
});
