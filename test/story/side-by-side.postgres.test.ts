import { revokeAttestation } from "../../src/attestation/revoke.js";
import { queryCertificate } from "../../src/certificate/query.js";
import { createApp, type App } from "../../src/app.js";
import { registerIndividual } from "../../src/entity/register.js";
import { randomId } from "../../src/kernel/id.js";
import { ISSUER } from "../support/asked.js";
import { audited, faultsIn } from "../support/audited.js";
import {
  ADA,
  ALL_KINDS,
  countOf,
  givenConsent,
  givenFurnished,
  givenRegistered,
  givenWorld,
  individual,
  record,
  type World,
} from "../support/given.js";

const ROUNDS = 25;

/** Two gateways on one database; each round begins at the same moment in both. */
interface Pair extends World {
  readonly other: App;
}

async function givenPair(): Promise<Pair> {
  const world = await givenWorld({ newId: randomId });
  const other = await createApp({ ...world.app.config, logLevel: "silent" }, { clock: world.time.clock });
  return {
    ...world,
    other,
    [Symbol.asyncDispose]: async () => {
      await other[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}

const ssn = (number: number): string => `301-55-${String(1_000 + number)}`;

describe("two gateways on one database", () => {
  it("never leave a certificate that stands on what the other has revoked", async () => {
    await using pair = await givenPair();
    const { fintech, vendor, network, other } = pair;
    const person = { ...ADA, socialSecurityNumber: ssn(0) };
    await givenRegistered(fintech, { ...person, handle: "ada" });
    const consentId = await givenConsent(fintech, network, { handle: "ada" });
    const ask = { consentId, networkIds: [network], product: "KYC" as const };
    const outcomes = new Set<string>();
    for (let round = 0; round < ROUNDS; round += 1) {
      const attestations = await givenFurnished(vendor, [network], [record(ALL_KINDS, person)]);
      const [attestationId] = [...attestations.values()];
      await Promise.all([
        fintech.commit((write) => queryCertificate(write, ask, ISSUER), "TOGETHER"),
        other.commitAs(vendor.actor)((write) =>
          revokeAttestation(write, { attestationId: attestationId!, reason: `Round ${round}.` }),
        ),
      ]);
      const [last] = await pair.app.store.rows<{ outcome: string }>(
        "select outcome from query_event order by id desc limit 1",
      );
      outcomes.add(last!.outcome);
      expect(
        await pair.app.store.rows(
          `select c.id from certificate c join certificate_block b on b.certificate_id = c.id
             join attestation a on a.id = b.attestation_id where a.revoked_at is not null and c.revoked_at is null`,
        ),
      ).toEqual([]);
    }
    expect(faultsIn(await audited(pair))).toEqual([]);
    expect(outcomes.size).toBeGreaterThan(0);
  }, 60_000);

  it("mark both where one number is named with two birth dates at once", async () => {
    await using pair = await givenPair();
    const { bank, fintech, other } = pair;
    for (let round = 0; round < ROUNDS; round += 1) {
      const said = (dateOfBirth: string) =>
        individual({ handle: `h${round}`, socialSecurityNumber: ssn(round), dateOfBirth });
      await Promise.all([
        bank.commit((write) => registerIndividual(write, said("1980-01-01"))),
        other.commitAs(fintech.actor)((write) => registerIndividual(write, said("1980-01-02"))),
      ]);
    }
    expect(await countOf(pair, "entity_conflict")).toBe(2 * ROUNDS);
    expect(await countOf(pair, "entity")).toBe(2 * ROUNDS);
  }, 60_000);

  it("make one entity of one person, and one certificate with one charge of identical calls, whichever answers", async () => {
    await using pair = await givenPair();
    const { bank, fintech, vendor, network, other } = pair;
    const person = individual({ handle: "ada", socialSecurityNumber: ssn(1) });
    const named = await Promise.all(
      Array.from({ length: ROUNDS }, (_, n) =>
        n % 2 === 0
          ? bank.commit((write) => registerIndividual(write, person))
          : other.commitAs(fintech.actor)((write) => registerIndividual(write, person)),
      ),
    );
    expect(new Set(named.map(({ entityId }) => entityId)).size).toBe(1);
    await givenFurnished(vendor, [network], [record(ALL_KINDS, { ...ADA, socialSecurityNumber: ssn(1) })]);
    const consentId = await givenConsent(fintech, network, { handle: "ada" });
    const call = { consentId, networkIds: [network], product: "KYC" as const, idempotencyKey: "order-1" };
    const answers = await Promise.all(
      Array.from({ length: 2 * ROUNDS }, (_, n) =>
        (n % 2 === 0 ? fintech.commit : other.commitAs(fintech.actor))(
          (write) => queryCertificate(write, call, ISSUER),
          "TOGETHER",
        ),
      ),
    );
    expect(new Set(answers.map(({ queryEventId }) => queryEventId)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect([await countOf(pair, "query_event"), await countOf(pair, "certificate")]).toEqual([1, 1]);
  }, 60_000);
});
