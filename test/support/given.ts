import { furnish, type Furnish } from "../../src/attestation/furnish.js";
import type { SubjectRecord } from "../../src/attestation/record.js";
import type { SubProductKind } from "../../src/attestation/sub-product.js";
import { SUB_PRODUCTS, kindsOf } from "../../src/attestation/sub-product.js";
import type { Ask } from "../../src/certificate/gather.js";
import { ensureSigningKey } from "../../src/certificate/sign.js";
import { recordConsent, type RecordConsent } from "../../src/consent/record.js";
import { registerBusiness, registerIndividual } from "../../src/entity/register.js";
import type { BusinessFacts, BusinessInput, IndividualFacts, IndividualInput } from "../../src/entity/facts.js";
import { openFacts } from "../../src/entity/identity.js";
import { OPERATOR, SCOPES, type Actor, type Scope } from "../../src/kernel/actor.js";
import type { Id } from "../../src/kernel/id.js";
import type { Commit, Reader } from "../../src/kernel/reader.js";
import { createNetwork, createParticipant, grantRoles, setPrice } from "../../src/network/create.js";
import { issueKey, type IssuedKey } from "../../src/network/issue-key.js";
import type { NetworkRole } from "../../src/network/network.js";
import { defaultKey } from "../../src/policy/policy.js";
import { shipPolicies } from "../../src/policy/shipped.js";
import { NOON, testApp, type TestApp, type TestOptions } from "./app.js";

/** A participant as a test speaks of it. */
export interface Party {
  readonly id: Id<"par">;
  readonly name: string;
  readonly actor: Actor;
  readonly commit: Commit;
  readonly read: Reader;
  /** Its API key, with every scope. */
  readonly token: string;
}

export const actorOf = (participantId: Id<"par">, scopes: readonly Scope[] = SCOPES): Actor => ({
  via: "API_KEY",
  participantId,
  scopes: new Set(scopes),
  credentialId: "key_test",
  entityId: null,
  expiresAt: null,
});

export async function givenParty({ app }: TestApp, name: string): Promise<Party> {
  const { id, token } = await app.commitAs(OPERATOR)(async (write) => {
    const participantId = await createParticipant(write, name);
    await write.flush();
    const key = await issueKey(write, { participantId, label: "test", scopes: SCOPES });
    return { id: participantId, token: key.token };
  });
  const actor = actorOf(id);
  return { id, name, actor, commit: app.commitAs(actor), read: app.context(actor).read, token };
}

/** A network with the shipped policies at 2.50 USD, and who does what in it. */
export const givenNetwork = (
  { app }: TestApp,
  name: string,
  roles: readonly (readonly [Party, ...NetworkRole[]])[],
  amount = "2.50",
): Promise<Id<"net">> =>
  app.commitAs(OPERATOR)(async (write) => {
    await ensureSigningKey(write);
    const networkId = await createNetwork(write, name);
    await write.flush();
    for (const [{ id }, ...names] of roles) await grantRoles(write, networkId, id, names);
    await setPrice(write, { networkId, product: "KYC", amount, currency: "USD" });
    await shipPolicies(write, networkId);
    return networkId;
  });

/** The smallest world in which the main job can be done. */
export interface World extends TestApp {
  /** Governor, furnisher and querier. */
  readonly bank: Party;
  /** Furnisher. */
  readonly vendor: Party;
  /** Querier. */
  readonly fintech: Party;
  /** In no network of the others. */
  readonly stranger: Party;
  readonly network: Id<"net">;
}

export async function givenWorld(options: TestOptions = {}): Promise<World> {
  const test = await testApp(options);
  const bank = await givenParty(test, "Bank");
  const vendor = await givenParty(test, "Vendor");
  const fintech = await givenParty(test, "Fintech");
  const stranger = await givenParty(test, "Stranger");
  const network = await givenNetwork(test, "Network", [
    [bank, "GOVERNOR", "FURNISHER", "QUERIER"],
    [vendor, "FURNISHER"],
    [fintech, "QUERIER"],
  ]);
  return { ...test, bank, vendor, fintech, stranger, network };
}

export const ADA = {
  firstName: "Ada",
  lastName: "Moreno",
  dateOfBirth: "1988-04-12",
  socialSecurityNumber: "212-55-0101",
} as const;
export const JUN = {
  firstName: "Jun",
  lastName: "Okafor",
  dateOfBirth: "1979-11-03",
  socialSecurityNumber: "212-55-0102",
} as const;

export const ADDRESS = {
  line1: "12 Alder Street",
  line2: null,
  city: "Portland",
  state: "OR",
  postalCode: "97205",
  country: "US",
} as const;

export const individual = (over: Partial<IndividualInput> = {}): IndividualInput => ({
  handle: "ada",
  ...ADA,
  address: ADDRESS,
  ...over,
});

const THREE: readonly SubProductKind[] = ["DOCUMENT_CAPTURE", "DOCUMENT_REVIEW", "ADDRESS_CAPTURE"];

/** Three checks that a bank does at a counter, and six that are left to a vendor: nine together. */
export const COUNTER_KINDS = THREE;
export const VENDOR_KINDS = kindsOf("KYC").filter((kind) => !THREE.includes(kind));
export const ALL_KINDS = [...COUNTER_KINDS, ...VENDOR_KINDS];

/** One good check of each kind. */
export const CHECKS: Readonly<Record<SubProductKind, Readonly<Record<string, unknown>>>> = {
  DOCUMENT_CAPTURE: {
    documentType: "us_passport",
    documentIssuingState: "government",
    documentNumber: "P1002003",
    documentIssueDate: "2021-05-04",
    documentExpirationDate: "2031-05-03",
    documentCaptureMethod: "mobile_live_capture",
  },
  DOCUMENT_REVIEW: {
    documentReviewMethod: "manual",
    documentTamperReviewPerformed: true,
    documentTamperIndicatorsObserved: false,
  },
  BIOMETRIC_CAPTURE: { biometricCaptureMethod: "selfie" },
  BIOMETRIC_REVIEW: { biometricComparisonOutcome: "match", biometricComparisonScore: 0.97 },
  LIVENESS_CAPTURE: { livenessCaptureEnvironment: "native_app" },
  LIVENESS_REVIEW: { livenessReviewOutcome: "live", livenessReviewConfidenceTier: "high" },
  ADDRESS_CAPTURE: { addressCategory: "residential" },
  ADDRESS_VERIFICATION: {
    sources: [
      { method: "utility", outcome: "full_match" },
      { method: "credit_bureau", outcome: "no_match" },
    ],
  },
  IDENTITY_CORROBORATION: {
    identityElementsCorroborated: ["ssn", "name", "dob"],
    sources: [{ method: "credit_bureau_match", outcome: "full_match" }],
  },
  BUSINESS_IDENTITY_VERIFICATION: { registrationStatus: "active", taxIdentifierValidationResult: "match" },
  BUSINESS_OWNERSHIP_CONTROL_VERIFICATION: {
    ownershipVerificationOutcome: "verified",
    beneficialOwnersIdentifiedCount: 2,
    beneficialOwnersVerifiedCount: 2,
  },
  BUSINESS_RISK_COMPLIANCE_ASSESSMENT: {
    riskTier: "low",
    sanctionsScreeningPerformed: true,
    sanctionsMatchObserved: false,
  },
};

/** A record about a person with one good check of each of these kinds, all performed at one moment. */
export const record = (
  kinds: readonly SubProductKind[] = ALL_KINDS,
  person: Readonly<Record<keyof typeof ADA, string>> = ADA,
  performedAt: string = NOON,
): SubjectRecord => ({
  ...person,
  ...Object.fromEntries(kinds.map((kind) => [SUB_PRODUCTS[kind].fieldName, { performedAt, ...CHECKS[kind] }])),
});

/** The attestation ids of what a party furnished, by kind. */
export async function givenFurnished(
  party: Party,
  networkIds: readonly string[],
  records: readonly SubjectRecord[],
): Promise<Map<SubProductKind, Id<"att">>> {
  const { submissionId } = await party.commit((write) => furnish(write, { networkIds, records }));
  const rows = await party.read.rows<{ id: Id<"att">; kind: SubProductKind }>(
    "select id, kind from attestation where submission_id = ? order by id",
    [submissionId],
  );
  return new Map(rows.map(({ id, kind }) => [kind, id]));
}

export const givenRegistered = (party: Party, over: Partial<IndividualInput> = {}): Promise<Id<"ent">> =>
  party.commit(async (write) => (await registerIndividual(write, individual(over))).entityId);

/** A record about the business with one good check of each KYB kind. */
export const businessRecord = (performedAt: string = NOON): SubjectRecord => ({
  legalName: business().legalName,
  ein: business().ein,
  ...Object.fromEntries(kindsOf("KYB").map((kind) => [SUB_PRODUCTS[kind].fieldName, { performedAt, ...CHECKS[kind] }])),
});

/** The business, registered and attested by the vendor, with its consent; what the fintech may then ask. */
export async function givenBusinessAsk({ fintech, vendor, network }: World): Promise<Ask> {
  await vendor.commit((write) => furnish(write, { networkIds: [network], records: [businessRecord()] }, "KYB"));
  await fintech.commit((write) => registerBusiness(write, business()));
  const consentId = await givenConsent(fintech, network, { handle: business().handle });
  return { consentId, networkIds: [network], product: "KYB" };
}

export const givenConsent = (party: Party, networkId: string, over: Partial<RecordConsent> = {}): Promise<Id<"con">> =>
  party.commit((write) =>
    recordConsent(write, { networkId, handle: "ada", purpose: "account opening", subjectConsented: true, ...over }),
  );

/** Another key of a party, with these scopes alone. */
export const givenKey = ({ app }: TestApp, { id }: Pick<Party, "id">, ...scopes: Scope[]): Promise<IssuedKey> =>
  app.commitAs(OPERATOR)((write) => issueKey(write, { participantId: id, label: scopes.join(" "), scopes }));

/** A call of furnishing, with everything that a client may say in it. */
export const furnishedOnce = (party: Party, input: Furnish): Promise<{ submissionId: Id<"sub">; replayed: boolean }> =>
  party.commit((write) => furnish(write, input));

/** The policy that a network asks of a person by default. */
export async function defaultPolicyOf({ app }: TestApp, networkId: Id<"net">): Promise<Id<"pol">> {
  const [policy] = await app.store.rows<{ id: Id<"pol"> }>("select id from policy where default_for = ?", [
    defaultKey(networkId, "KYC"),
  ]);
  return policy!.id;
}

/** Who comes with a client token for one entity. */
export const clientOf = (participantId: Id<"par">, entityId: Id<"ent">): Actor => ({
  ...actorOf(participantId, []),
  via: "CLIENT_TOKEN",
  entityId,
});

/** How many rows a table has: what was stored, or that nothing was. */
export async function countOf({ app }: Pick<TestApp, "app">, table: string): Promise<number> {
  const [row] = await app.store.rows<{ n: number }>(`select count(*) as n from ${table}`);
  return row!.n;
}

export const business = (over: Partial<BusinessInput> = {}): BusinessInput => ({
  handle: "alder",
  legalName: "Alder Works LLC",
  businessType: "llc",
  ein: "12-3456789",
  address: ADDRESS,
  ...over,
});

/** What a party says now under one of its handles, in the clear; null where it says nothing. */
export async function ownFactsOf(
  { app }: Pick<TestApp, "app">,
  party: Pick<Party, "id">,
  handle: string,
): Promise<IndividualFacts | BusinessFacts | null> {
  const [row] = await app.store.rows<{ id: Id<"ent">; wrappedKey: string | null; sealedFacts: string }>(
    `select e.id, e.wrapped_key as "wrappedKey", r.sealed_facts as "sealedFacts" from registration r join entity e on e.id = r.entity_id
      where r.participant_id = ? and r.handle = ? and r.superseded_at is null`,
    [party.id, handle],
  );
  return row ? openFacts(app.vault, row, row) : null;
}

/** The same participant in another app on the same data. */
export const partyIn = ({ app }: Pick<TestApp, "app">, party: Party): Party => ({
  ...party,
  commit: app.commitAs(party.actor),
  read: app.context(party.actor).read,
});
