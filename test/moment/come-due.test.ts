import { revokeAttestation } from "../../src/attestation/revoke.js";
import { disputeAttestation } from "../../src/dispute/raise.js";
import { settleDispute } from "../../src/dispute/settle.js";
import { plusDays } from "../../src/kernel/instant.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { comeDue } from "../../src/moment/come-due.js";
import { catchUpWithTime } from "../../src/moment/keep-time.js";
import { NOON } from "../support/app.js";
import { givenPolicy, givenReady, queried, type Ready } from "../support/asked.js";
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

  it("does not tell again that a certificate expires soon where the end of a dispute has told it", async () => {
    await using world = await givenAging();
    const attestationId = world.attestations.get("ADDRESS_CAPTURE")!;
    const day1 = { attestationId, reason: "It shows somebody else." };
    await world.vendor.commit((write) => disputeAttestation(write, day1));
    world.time.advance(75 * DAY_MS);
    await catchUpWithTime(world.app.time);
    await world.vendor.commit((write) => settleDispute(write, { ...day1, outcome: "UPHELD" }));
    await catchUpWithTime(world.app.time);
    world.time.advance(30 * DAY_MS);
    await catchUpWithTime(world.app.time);
    expect(await told(world)).toEqual([
      `VALID > DISPUTED ${day(0)}`,
      `DISPUTED > EXPIRING ${day(75)}`,
      `EXPIRING > STALE ${day(105)}`,
    ]);
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
    const withdrawn = await givenConsent(world.fintech, world.network, { purpose: "lending", expiresAt: until });
    await world.fintech.commit((write) => withdrawConsent(write, { consentId: withdrawn }));
    world.time.advance(11 * DAY_MS);
    await catchUpWithTime(world.app.time);
    const events = await world.app.store.rows(
      `select subject_id as id, participant_id as whose from event where type = 'CONSENT_EXPIRED'`,
    );
    expect(events).toEqual([{ id: ended, whose: world.fintech.id }]);
  });
});
