import pg from "pg";
import { createApp, type App } from "../../src/app.js";
import { disputeAttestation } from "../../src/dispute/raise.js";
import { settleDispute } from "../../src/dispute/settle.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { plusDays } from "../../src/kernel/instant.js";
import { comeDue } from "../../src/moment/come-due.js";
import { catchUpWithTime, type Timekeeping } from "../../src/moment/keep-time.js";
import { recognise } from "../../src/network/recognise.js";
import { NOON } from "../support/app.js";
import { factsIn, givenPolicy, givenReady, queried, type Ready } from "../support/asked.js";
import { givenConsent } from "../support/given.js";
import { asFarAsItComes, paused } from "../support/paused.js";
import { DAY_MS } from "../support/verify.js";

/** An installation with so many consents that have come to their end. */
async function givenEnded(count: number): Promise<Ready & { readonly consents: readonly string[] }> {
  const ready = await givenReady([]);
  await ready.app.commitAs(OPERATOR)((write) => recognise(write, false));
  const consents: string[] = [];
  for (let made = 0; made < count; made += 1)
    consents.push(
      await givenConsent(ready.fintech, ready.network, { purpose: `purpose ${made}`, expiresAt: plusDays(NOON, 10) }),
    );
  ready.time.advance(11 * DAY_MS);
  return { ...ready, consents };
}

const ended = async ({ app }: Ready): Promise<string[]> =>
  (
    await app.store.rows<{ id: string }>(`select subject_id as id from event where type = 'CONSENT_EXPIRED' order by 1`)
  ).map(({ id }) => id);

/** Another gateway on the same database. */
const another = ({ app, time }: Ready): Promise<App> => createApp(app.config, { clock: time.clock, log: app.log });

/** Keeps time, but before each commit does something else first. */
const delayed = ({ time }: App, before: (rows: App["store"]["rows"]) => Promise<unknown>): Timekeeping => ({
  ...time,
  commitAs: (actor) => (work, how) =>
    time.commitAs(actor)(async (write) => {
      const result = await work(write);
      await before(write.rows);
      return result;
    }, how),
});

describe("keeping time beside others", () => {
  it("is left to whoever is at it, without waiting", async () => {
    await using world = await givenEnded(3);
    await using other = await another(world);
    const at = Promise.withResolvers<void>();
    const on = Promise.withResolvers<void>();
    const first = catchUpWithTime(
      delayed(world.app, () => {
        at.resolve();
        return on.promise;
      }),
    );
    await at.promise;
    expect(await catchUpWithTime(other.time)).toBe(0);
    on.resolve();
    expect(await first).toBe(3);
    expect(await ended(world)).toEqual(world.consents.toSorted());
  });

  it("is taken over from one that dies amid it, and tells each moment once", async () => {
    await using world = await givenEnded(3);
    await using other = await another(world);
    const killer = new pg.Client(world.app.config.databaseUrl);
    await killer.connect();
    const dying = delayed(world.app, async (rows) => {
      const [mine] = await rows<{ pid: number }>("select pg_backend_pid() as pid");
      await killer.query("select pg_terminate_backend($1)", [mine!.pid]);
    });
    await expect(catchUpWithTime(dying)).rejects.toMatchObject({
      code: "SERVICE_UNAVAILABLE",
    });
    await killer.end();
    expect(await ended(world)).toEqual([]);
    expect(await catchUpWithTime(other.time)).toBe(3);
    expect(await ended(world)).toEqual(world.consents.toSorted());
  });

  it("tells each moment once, however many gateways look at once", async () => {
    await using world = await givenEnded(40);
    const others = await Promise.all([1, 2, 3].map(() => another(world)));
    const told = await Promise.all([world.app, ...others].map(({ time }) => catchUpWithTime(time)));
    await Promise.all(others.map((one) => one[Symbol.asyncDispose]()));
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(40);
    expect(await ended(world)).toEqual(world.consents.toSorted());
  });
});

const telling = ({ app }: Ready): Promise<number> => app.commitAs(OPERATOR)((write) => comeDue(write, 10), "TOGETHER");

describe("comeDue beside others", () => {
  it("reads again what another timekeeper is telling of, and does not tell it again", async () => {
    await using world = await givenEnded(2);
    await using first = paused(world.app.commitAs(OPERATOR), (write) => comeDue(write, 10), "TOGETHER");
    expect(await first.done).toBe(2);
    const second = telling(world);
    const came = await asFarAsItComes(world, second);
    await first.end();
    expect([came, await second]).toEqual(["WAITS", 0]);
    expect(await ended(world)).toEqual(world.consents.toSorted());
  });

  it("reads again what the end of a dispute is telling of, and does not tell it again", async () => {
    await using world = await givenReady(["ADDRESS_CAPTURE"]);
    const requirements = [{ key: "address", kinds: ["ADDRESS_CAPTURE" as const], maxAgeDays: 100 }];
    const policyId = await givenPolicy(world.bank, world.network, requirements);
    await queried(world.fintech, { ...world.ask, policyId });
    const doubt = {
      attestationId: world.attestations.get("ADDRESS_CAPTURE")!,
      reason: "It shows somebody else.",
    };
    await world.vendor.commit((write) => disputeAttestation(write, doubt));
    world.time.advance(75 * DAY_MS);
    await using settling = paused(world.vendor.commit, (write) =>
      settleDispute(write, { ...doubt, outcome: "UPHELD" }),
    );
    await settling.done;
    const second = telling(world);
    const came = await asFarAsItComes(world, second);
    await settling.end();
    expect([came, await second]).toEqual(["WAITS", 1]);
    const told = (await factsIn(world.app.store.rows)).filter(({ type }) => type === "CERTIFICATE_STATUS_CHANGED");
    expect(told.map(({ fromStatus, toStatus }) => `${fromStatus} > ${toStatus}`)).toEqual([
      "VALID > DISPUTED",
      "DISPUTED > EXPIRING",
    ]);
  });
});
