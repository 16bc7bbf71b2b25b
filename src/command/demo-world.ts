import type { App } from "../app.js";
import { furnish } from "../attestation/furnish.js";
import type { SubjectRecord } from "../attestation/record.js";
import { revokeAttestation } from "../attestation/revoke.js";
import { queryCertificate } from "../certificate/query.js";
import { ensureSigningKey } from "../certificate/sign.js";
import { recordConsent, type RecordConsent } from "../consent/record.js";
import { withdrawConsent } from "../consent/withdraw.js";
import { disputeAttestation } from "../dispute/raise.js";
import { registerBusiness, registerIndividual } from "../entity/register.js";
import { OPERATOR, SCOPES, type Actor } from "../kernel/actor.js";
import { countingIds, type Id } from "../kernel/id.js";
import { plusDays, toInstant, type Instant } from "../kernel/instant.js";
import type { Commit, Writer } from "../kernel/reader.js";
import { createNetwork, createParticipant, grantRoles, setPrice } from "../network/create.js";
import { issueKey } from "../network/issue-key.js";
import { recognise } from "../network/recognise.js";
import { createPolicy } from "../policy/create.js";
import { shipPolicies } from "../policy/shipped.js";
import { createCommit } from "../store/commit.js";
import { ALL, DOCUMENTS, PEOPLE, REST, customers, people, recordOf, two, type Person } from "./demo-people.js";
import { verifyDemo } from "./verify-demo.js";

/** A key of a demo participant: of no worth outside the demo that made it. */
export interface DemoKey {
  readonly name: string;
  readonly token: string;
}

const BANK = "First Harbor Bank";
const CREDIT_UNION = "Cedar Valley Credit Union";
const VENDOR = "Veritrail Identity";
const FINTECH = "Paperboat Pay";

/** What there is to know of a demo once it is filled. */
export interface Filled {
  readonly keys: readonly DemoKey[];
  /** What examples leave blank because it is another in each demo. */
  readonly blanks: Readonly<Record<string, string>>;
}

interface World {
  readonly now: Instant;
  readonly commit: (as: Id<"par"> | null, daysAgo: number) => Commit;
  readonly bank: Id<"par">;
  readonly creditUnion: Id<"par">;
  readonly vendor: Id<"par">;
  readonly fintech: Id<"par">;
  readonly harbor: Id<"net">;
  readonly prairie: Id<"net">;
}

/** Fills an empty sandbox with histories that are worth asking about, dated back from `now`. */
export async function fillDemo(app: App, now: Instant): Promise<Filled> {
  const newId = countingIds();
  const commitAt = (at: Instant) => createCommit({ store: app.store, vault: app.vault, clock: () => at, newId });
  const commit: World["commit"] = (as, daysAgo) => commitAt(plusDays(now, -daysAgo))(as ? actorOf(as) : OPERATOR);
  const { keys, ...places } = await commit(null, 720)(openHouse);
  const world: World = { now, commit, ...places };
  await registerEverybody(world);
  await furnishHistories(world);
  await askForCertificates(world);
  await draftPolicy(world);
  await vouchForBusiness(world);
  await doubtCustomer(world);
  const certificationToken = await verifyDemo({
    app,
    now,
    commitAt,
    bank: actorOf(places.bank),
    network: places.harbor,
  });
  return { keys, blanks: { certificationToken } };
}

const actorOf = (participantId: Id<"par">): Actor => ({
  ...OPERATOR,
  via: "API_KEY",
  participantId,
  scopes: new Set(SCOPES),
  credentialId: "demo",
});

async function openHouse(write: Writer) {
  await recognise(write, true);
  await ensureSigningKey(write);
  const bank = await createParticipant(write, BANK);
  const creditUnion = await createParticipant(write, CREDIT_UNION);
  const vendor = await createParticipant(write, VENDOR);
  const fintech = await createParticipant(write, FINTECH);
  const harbor = await createNetwork(write, "Harbor Exchange");
  const prairie = await createNetwork(write, "Prairie Circle");
  await write.flush();
  await grantRoles(write, harbor, bank, ["GOVERNOR", "FURNISHER", "QUERIER"]);
  await grantRoles(write, harbor, creditUnion, ["FURNISHER", "QUERIER"]);
  await grantRoles(write, harbor, vendor, ["FURNISHER"]);
  await grantRoles(write, harbor, fintech, ["QUERIER"]);
  await grantRoles(write, prairie, creditUnion, ["GOVERNOR", "FURNISHER", "QUERIER"]);
  await grantRoles(write, prairie, vendor, ["FURNISHER"]);
  await grantRoles(write, prairie, fintech, ["QUERIER"]);
  await setPrice(write, { networkId: harbor, product: "KYC", amount: "2.50", currency: "USD" });
  await setPrice(write, { networkId: prairie, product: "KYC", amount: "1.75", currency: "USD" });
  await setPrice(write, { networkId: harbor, product: "KYB", amount: "4.00", noAmount: "0.25", currency: "USD" });
  await shipPolicies(write, harbor);
  await shipPolicies(write, prairie);
  const keys: DemoKey[] = [];
  for (const [name, participantId] of [
    [FINTECH, fintech],
    [BANK, bank],
    [VENDOR, vendor],
    [CREDIT_UNION, creditUnion],
  ] as const)
    keys.push({ name, token: (await issueKey(write, { participantId, label: "demo only", scopes: SCOPES })).token });
  return { keys, bank, creditUnion, vendor, fintech, harbor, prairie };
}

const HOME = { line1: "12 Alder Street", line2: null, state: "OR", postalCode: "97205", country: "US" };

async function registerEverybody({ commit, fintech, bank }: World): Promise<void> {
  await commit(
    fintech,
    60,
  )(async (write) => {
    const cities = PEOPLE.map(([, , , , , city]) => city);
    for (const [index, person] of [...people, ...customers].entries())
      await registerIndividual(write, {
        ...person,
        email: `${person.handle}@mail.example`,
        phone: `+1503555${String(1000 + index)}`,
        address: { ...HOME, city: cities[index] ?? "Portland" },
      });
    await registerIndividual(write, {
      ...people[0]!,
      handle: "ada-2",
      firstName: "Ada",
      dateOfBirth: "1989-04-12",
      address: { ...HOME, city: "Portland" },
    });
    await registerBusiness(write, {
      handle: "tidewater",
      legalName: "Tidewater Roasters LLC",
      businessType: "llc",
      ein: "47-1234567",
      website: "https://tidewater.example",
      address: { ...HOME, city: "Astoria" },
    });
  });
  await commit(
    bank,
    55,
  )(async (write) => {
    await registerBusiness(write, {
      handle: "loan-8831",
      legalName: "Tidewater Roasters LLC",
      doingBusinessAs: "Tidewater Coffee",
      businessType: "llc",
      ein: "47-1234567",
      address: { ...HOME, city: "Astoria" },
    });
    await registerBusiness(write, {
      handle: "loan-9002",
      legalName: "Alder & Finch Inc",
      businessType: "corporation",
      ein: "47-7654321",
      address: { ...HOME, city: "Portland" },
    });
  });
}

async function furnishHistories({ commit, bank, vendor, creditUnion, harbor, prairie, now }: World): Promise<void> {
  const [ada, jun, lena, omar, priya, mateo] = people as [Person, Person, Person, Person, Person, Person];
  const start = (daysAgo: number): Instant => toInstant(`${plusDays(now, -daysAgo).slice(0, 10)}T09:00:00.000Z`);
  const say = (by: Id<"par">, daysAgo: number, networkIds: readonly string[], records: readonly SubjectRecord[]) =>
    commit(by, daysAgo - 1)((write) => furnish(write, { networkIds, records }));
  await say(
    bank,
    90,
    [harbor],
    [ada, omar, priya, mateo].map((person, index) => recordOf(person, DOCUMENTS, start(90), `P100200${index}`)),
  );
  await say(
    vendor,
    88,
    [harbor, prairie],
    [ada, omar, priya, mateo].map((person, index) => recordOf(person, REST, start(88), `P100200${index}`)),
  );
  await say(bank, 70, [harbor], [recordOf(jun, DOCUMENTS, start(70), "P1002010")]);
  await say(
    vendor,
    69,
    [harbor],
    [
      recordOf(
        jun,
        REST.filter((kind) => kind !== "ADDRESS_VERIFICATION"),
        start(69),
        "P1002010",
      ),
    ],
  );
  await say(creditUnion, 500, [harbor, prairie], [recordOf(lena, ALL, start(500), "P1002020")]);
  await say(
    vendor,
    80,
    [harbor],
    customers.map((person, index) => recordOf(person, ALL, start(80), `P30040${two(index)}`)),
  );
}

async function askForCertificates({ commit, fintech, bank, harbor }: World): Promise<void> {
  const consent = (handle: string, daysAgo: number, more: Partial<RecordConsent> = {}) =>
    commit(
      fintech,
      daysAgo,
    )((write) =>
      recordConsent(write, { networkId: harbor, handle, purpose: "account opening", subjectConsented: true, ...more }),
    );
  const query = (consentId: string, daysAgo: number) =>
    commit(
      fintech,
      daysAgo,
    )((write) => queryCertificate(write, { consentId, networkIds: [harbor], product: "KYC" }, "http://127.0.0.1:4000"));
  for (const handle of ["ada", "omar", "jun", "lena"]) await query(await consent(handle, 30), 30);
  const priya = await consent("priya", 28);
  await query(priya, 28);
  await consent("mateo", 20, { kinds: ["DOCUMENT_CAPTURE", "DOCUMENT_REVIEW"] });
  for (const { handle } of customers) await query(await consent(handle, 10), 1);
  await commit(fintech, 5)((write) => withdrawConsent(write, { consentId: priya }));
  await commit(
    bank,
    3,
  )(async (write) => {
    const [review] = await write.rows<{ id: string }>(
      `select a.id from attestation a join registration r on r.entity_id = a.entity_id and r.handle = 'omar'
        where a.furnisher_id = ? and a.kind = 'DOCUMENT_REVIEW'`,
      [bank],
    );
    await revokeAttestation(write, { attestationId: review!.id, reason: "The passport turned out to be altered." });
  });
}

async function draftPolicy({ commit, bank, harbor }: World): Promise<void> {
  await commit(
    bank,
    1,
  )((write) =>
    createPolicy(write, {
      networkId: harbor,
      name: "HARBOR_FAST",
      product: "KYC",
      selection: "FRESHEST",
      requirements: [
        { key: "document", kinds: ["DOCUMENT_REVIEW"], maxAgeDays: 365 },
        { key: "person", kinds: ["LIVENESS_REVIEW", "BIOMETRIC_REVIEW"] },
      ],
    }),
  );
}

/** A business that the vendor vouches for, and its consent: the fintech has not asked yet. */
async function vouchForBusiness({ commit, vendor, fintech, harbor, now }: World): Promise<void> {
  const performedAt = plusDays(now, -40);
  const record = {
    legalName: "Tidewater Roasters LLC",
    ein: "47-1234567",
    businessIdentityVerification: {
      performedAt,
      doingBusinessAs: "Tidewater Coffee",
      jurisdictionOfFormation: "US-OR",
      registrationIdentifier: "1994-88213",
      businessVerificationSources: ["secretary_of_state", "irs"],
      businessEntityType: "llc",
      registrationStatus: "active",
      operationalExistenceStatus: "operating",
      taxIdentifierValidationResult: "match",
      businessAddressVerificationResult: "match",
    },
    businessOwnershipControlVerification: {
      performedAt,
      ownershipVerificationMethods: ["self_certification", "document"],
      ownershipVerificationOutcome: "verified",
      ownershipThresholdPercent: 25,
      beneficialOwnersIdentifiedCount: 2,
      beneficialOwnersVerifiedCount: 2,
      controllingOfficersIdentifiedCount: 1,
      controllingOfficersVerifiedCount: 1,
    },
    businessRiskComplianceAssessment: {
      performedAt,
      riskAssessmentMethod: "automated_and_manual",
      riskTier: "low",
      riskScore: 0.12,
      naicsCode: "311920",
      sanctionsScreeningPerformed: true,
      sanctionsMatchObserved: false,
    },
  };
  await commit(vendor, 39)((write) => furnish(write, { networkIds: [harbor], records: [record] }, "KYB"));
  await commit(
    fintech,
    8,
  )((write) =>
    recordConsent(write, {
      networkId: harbor,
      handle: "tidewater",
      purpose: "merchant account",
      subjectConsented: true,
    }),
  );
}

/** A governor doubts one review: the certificate that stands on it is disputed until somebody settles that. */
async function doubtCustomer({ commit, bank, fintech }: World): Promise<void> {
  await commit(
    bank,
    2,
  )(async (write) => {
    const [review] = await write.rows<{ id: string }>(
      `select a.id from attestation a
         join registration r on r.entity_id = a.entity_id and r.participant_id = ? and r.handle = ?
        where a.kind = 'DOCUMENT_REVIEW'`,
      [fintech, customers.at(-1)!.handle],
    );
    await disputeAttestation(write, { attestationId: review!.id, reason: "The photograph shows somebody else." });
  });
}
