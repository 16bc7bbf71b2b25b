import fc from "fast-check";
import { furnish } from "../../src/attestation/furnish.js";
import { queryCertificate } from "../../src/certificate/query.js";
import { ISSUER, givenReady } from "../support/asked.js";
import { JUN, record } from "../support/given.js";
import { traced } from "../support/trace.js";

const RUNS = 1_000;

describe("requests with idempotency keys", () => {
  it("leave the same state and the same answers, replayed in any order and however often", async () => {
    await using world = await givenReady();
    const furnishing = (key: string, kinds: Parameters<typeof record>[0]) => () =>
      world.bank.commit((write) =>
        furnish(write, { networkIds: [world.network], records: [record(kinds, JUN)], idempotencyKey: key }),
      );
    const asking = (key: string) => () =>
      world.fintech.commit((write) => queryCertificate(write, { ...world.ask, idempotencyKey: key }, ISSUER));
    const requests: (() => Promise<{ readonly replayed: boolean }>)[] = [
      furnishing("f1", ["LIVENESS_REVIEW"]),
      asking("q1"),
      furnishing("f2", ["DOCUMENT_CAPTURE", "DOCUMENT_REVIEW"]),
      asking("q2"),
    ];
    const first: object[] = [];
    for (const request of requests) first.push(await request());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(requests.length - 1), { minLength: 1, maxLength: 6 }), async (order) => {
        const { result, changed } = await traced(world, () => Promise.all(order.map((index) => requests[index]!())));
        expect(changed).toEqual([]);
        expect(result).toEqual(order.map((index) => ({ ...first[index], replayed: true })));
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});
