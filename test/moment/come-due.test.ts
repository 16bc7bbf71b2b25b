import pg from "pg";
import { createApp, type App } from "../../src/app.js";
import { revokeAttestation } from "../../src/attestation/revoke.js";
import { plusDays } from "../../src/kernel/instant.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { comeDue } from "../../src/moment/come-due.js";
import { catchUpWithTime, type Timekeeping } from "../../src/moment/keep-time.js";
import { recognise } from "../../src/network/recognise.js";
import { NOON } from "../support/app.js";
import { givenPolicy, givenReady, queried, type Ready } from "../support/asked.js";
import { describeOn } from "../support/database.js";
import { givenConsent } from "../support/given.js";
import { DAY_MS } from "../support/verify.js";

const MAX_AGE_DAYS = 100;

/** A certificate that stands on one check, which may be a hundred days old. */
async function givenAging(): Promise<Ready & { readonly aging: Ready["ask"] }> {
  const ready = await givenReady(["ADDRESS_CAPTURE"]);
  const requirements = [{ key: "address", kinds: ["ADDRESS_CAPTURE" as const], maxAgeDays: MAX_AGE_DAYS }];
  const policyId = await givenPolicy(ready.bank, ready.network, requirements);
  const aging = { ...ready.ask, policyId };
  await queried(ready.fintech, aging);
  return { ...ready, aging };
}

/** What the log told of status changes, as "from > to" with the reason. */
const told = async ({ app }: Ready, type = "CERTIFICATE_STATUS_CHANGED"): Promise<string[]> =>
  (
    await app.store.rows<{ from: string; to: string; at: string }>(
      `select from_status as "from", to_status as "to", occurred_at as at from event where type = ? order by seq`,
      [type],
    )
  ).map(({ from, to, at }) => `${from} > ${to} ${at.slice(0, 10)}`);

const day = (days: number): string => plusDays(NOON, days).slice(0, 10);

describe("comeDue", () => {
  it("tells of a certificate that expires soon, and that has, by time alone and once each", async () => {
    await using world = await givenAging();
    for (let passed = 0; passed < MAX_AGE_DAYS + 5; passed += 1) {
      await catchUpWithTime(world.app.time);
      world.time.advance(DAY_MS);
    }
    expect(await told(world)).toEqual([
      `VALID > EXPIRING ${day(MAX_AGE_DAYS - 30)}`,
      `EXPIRING > STALE ${day(MAX_AGE_DAYS)}`,
    ]);
    expect(await world.app.store.rows("select * from due_moment")).toEqual([]);
  });

  it("tells once of what two gateways look at together", async () => {
    await using world = await givenAging();
    world.time.advance(75 * DAY_MS);
    const both = [1, 2].map(() => world.app.commitAs(OPERATOR)((write) => comeDue(write, 100)));
    expect((await Promise.all(both)).reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await told(world)).toEqual([`VALID > EXPIRING ${day(75)}`]);
  });

  it("tells of the last state alone where nobody looked in between", async () => {
    await using world = await givenAging();
    world.time.advance(200 * DAY_MS);
    await catchUpWithTime(world.app.time);
    expect(await told(world)).toEqual([`VALID > STALE ${day(200)}`]);
  });

  it("has nothing to tell of a certificate that was revoked or superseded", async () => {
    await using world = await givenAging();
    await queried(world.fintech, world.aging);
    await world.vendor.commit((write) =>
      revokeAttestation(write, { attestationId: world.attestations.get("ADDRESS_CAPTURE")!, reason: "A mistake." }),
    );
    const before = await told(world);
    world.time.advance(200 * DAY_MS);
    await catchUpWithTime(world.app.time);
    expect(await told(world)).toEqual(before);
  });

  it("tells that a consent has come to its end, but not one that was withdrawn", async () => {
    await using world = await givenReady([]);
    const until = plusDays(NOON, 10);
    const ended = await givenConsent(world.fintech, world.network, { expiresAt: until });
    const withdrawn = await givenConsent(world.fintech, world.network, { expiresAt: until });
    await world.fintech.commit((write) => withdrawConsent(write, { consentId: withdrawn }));
    world.time.advance(11 * DAY_MS);
    await catchUpWithTime(world.app.time);
    const events = await world.app.store.rows(
      `select subject_id as id, participant_id as whose from event where type = 'CONSENT_EXPIRED'`,
    );
    expect(events).toEqual([{ id: ended, whose: world.fintech.id }]);
  });
});

/** An installation with so many consents that have come to their end. */
async function givenEnded(count: number): Promise<Ready & { readonly consents: readonly string[] }> {
  const ready = await givenReady([]);
  await ready.app.commitAs(OPERATOR)((write) => recognise(write, false));
  const consents: string[] = [];
  for (let made = 0; made < count; made += 1)
    consents.push(await givenConsent(ready.fintech, ready.network, { expiresAt: plusDays(NOON, 10) }));
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
  commitAs: (actor) => (work) =>
    time.commitAs(actor)(async (write) => {
      const result = await work(write);
      await before(write.rows);
      return result;
    }),
});

describeOn("postgres", "keeping time beside others", () => {
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
    await expect(catchUpWithTime(dying)).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
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
