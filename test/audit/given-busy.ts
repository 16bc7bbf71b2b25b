import { furnish } from "../../src/attestation/furnish.js";
import { linkMember } from "../../src/business/link.js";
import { unlinkMember } from "../../src/business/unlink.js";
import { checkCoverage } from "../../src/certificate/coverage.js";
import { queryCertificate } from "../../src/certificate/query.js";
import { fillDemo } from "../../src/command/demo-world.js";
import { DEMO_ENVIRONMENT } from "../../src/command/open-demo.js";
import { recordConsent } from "../../src/consent/record.js";
import { disputeAttestation } from "../../src/dispute/raise.js";
import { settleDispute, type SettleDispute } from "../../src/dispute/settle.js";
import { entityByHandle } from "../../src/entity/find.js";
import { registerIndividual } from "../../src/entity/register.js";
import { recordReveal } from "../../src/entity/reveal.js";
import { countingIds, type Id } from "../../src/kernel/id.js";
import { plusDays } from "../../src/kernel/instant.js";
import type { Writer } from "../../src/kernel/reader.js";
import { requestVerification } from "../../src/verification/request.js";
import { NOON, stillClock, testApp, type TestApp } from "../support/app.js";
import { ISSUER, givenPolicy } from "../support/asked.js";
import { actorOf, individual, record, type Party } from "../support/given.js";

const numbered = <P extends string>(prefix: P, number: number) =>
  `${prefix}_${String(number).padStart(26, "0")}` as const;

export const BANK = numbered("par", 1);
export const VENDOR = numbered("par", 3);
export const FINTECH = numbered("par", 4);
const HARBOR = numbered("net", 1);

/** The demo, in which much has happened, and what happens in it no more than once: closed, to start tests from. */
export interface Busy {
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
}

export async function givenBusy(): Promise<Busy> {
  await using test = await testApp({ environment: DEMO_ENVIRONMENT, newId: countingIds(5_001), kept: true });
  await fillDemo(test.app, NOON);
  await happenOnce(test);
  const { databaseUrl, documentsFolder } = test.app.config;
  return { url: databaseUrl, environment: { ...DEMO_ENVIRONMENT, DOCUMENTS_FOLDER: documentsFolder } };
}

/** A copy of it, at the same moment. */
export const opened = ({ url, environment }: Busy, more: Readonly<Record<string, string>> = {}): Promise<TestApp> =>
  testApp({
    from: url,
    time: stillClock(NOON),
    newId: countingIds(9_001),
    environment: { ...environment, ...more },
  });

async function happenOnce({ app }: TestApp): Promise<void> {
  const as = (id: Id<"par">) => app.commitAs(actorOf(id));
  await as(VENDOR)((write) =>
    furnish(write, { networkIds: [HARBOR], records: [record(["ADDRESS_CAPTURE"])], idempotencyKey: "furnished" }),
  );
  await as(FINTECH)(async (write) => {
    const consentId = await heldConsent(write);
    const ask = { consentId, networkIds: [HARBOR], product: "KYC" as const };
    await queryCertificate(write, { ...ask, idempotencyKey: "queried" }, ISSUER);
    await registerIndividual(write, individual({ handle: "mateo", socialSecurityNumber: "212-55-0777" }));
    const expiresAt = plusDays(NOON, 90);
    const purpose = { networkId: HARBOR, handle: "ada", purpose: "a loan", subjectConsented: true };
    await recordConsent(write, { ...purpose, expiresAt });
  });
  await as(BANK)(async (write) => {
    const terms = { levels: app.config.levels, iss: ISSUER };
    for (const idempotencyKey of ["asked", "asked-again"])
      await requestVerification(write, terms, { handle: "uma", idempotencyKey });
    const link = { businessHandle: "juniper", memberHandle: "nadia", role: "ADMINISTRATOR" as const };
    await linkMember(write, link);
    await unlinkMember(write, link);
    const { id } = await entityByHandle(write, "uma", "handle");
    await recordReveal(write, "She asked us to read it back.", "identity", [id]);
  });
  for (const outcome of ["UPHELD", "WITHDRAWN"] as const) await as(BANK)((write) => disputed(write, outcome));
  await refuseAtAPrice({ app } as TestApp);
}

/** The consent under which the fintech holds its newest certificate that stands. */
async function heldConsent(write: Writer): Promise<string> {
  const [row] = await write.rows<{ id: string }>(
    `select consent_id as id from certificate where participant_id = ? and revoked_at is null and disputed_reason is null
      order by id desc limit 1`,
    [FINTECH],
  );
  return row!.id;
}

async function disputed(write: Writer, outcome: SettleDispute["outcome"]): Promise<void> {
  const [row] = await write.rows<{ id: string }>(
    `select b.attestation_id as id from certificate_block b join attestation a on a.id = b.attestation_id
      where a.revoked_at is null and a.disputed_reason is null and b.network_id = ? order by b.attestation_id ${outcome === "UPHELD" ? "desc" : "asc"} limit 1`,
    [HARBOR],
  );
  const about = { attestationId: row!.id, reason: "Somebody wondered." };
  await disputeAttestation(write, about);
  await write.flush();
  await settleDispute(write, { ...about, outcome });
}

/** A no that was quoted, and so is charged. */
async function refuseAtAPrice({ app }: TestApp): Promise<void> {
  const bank = { commit: app.commitAs(actorOf(BANK)) } as Party;
  const requirements = [{ key: "fresh", kinds: ["BUSINESS_RISK_COMPLIANCE_ASSESSMENT" as const], maxAgeDays: 1 }];
  const policyId = await givenPolicy(bank, HARBOR, requirements, { product: "KYB" });
  await app.commitAs(actorOf(FINTECH))(async (write) => {
    const [consent] = await write.rows<{ id: string }>(
      `select k.id from consent k join entity e on e.id = k.entity_id where e.entity_type = 'BUSINESS' and k.participant_id = ?`,
      [FINTECH],
    );
    const ask = { consentId: consent!.id, networkIds: [HARBOR], product: "KYB" as const, policyId };
    await checkCoverage(write, ask);
    await queryCertificate(write, ask, ISSUER);
  });
}
