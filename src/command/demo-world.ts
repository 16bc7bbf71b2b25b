import type { App } from "../app.js";
import { furnish } from "../attestation/furnish.js";
import type { SubjectRecord } from "../attestation/record.js";
import type { Check } from "../attestation/check.js";
import { revokeAttestation } from "../attestation/revoke.js";
import { SUB_PRODUCTS, type SubProductKind } from "../attestation/sub-product.js";
import { queryCertificate } from "../certificate/query.js";
import { ensureSigningKey } from "../certificate/sign.js";
import { recordConsent, type RecordConsent } from "../consent/record.js";
import { withdrawConsent } from "../consent/withdraw.js";
import { registerBusiness, registerIndividual } from "../entity/register.js";
import { OPERATOR, SCOPES, type Actor } from "../kernel/actor.js";
import { countingIds, type Id } from "../kernel/id.js";
import { plusDays, plusMs, toInstant, type Instant } from "../kernel/instant.js";
import type { Commit, Writer } from "../kernel/reader.js";
import { createNetwork, createParticipant, grantRoles, setPrice } from "../network/create.js";
import { issueKey } from "../network/issue-key.js";
import { createPolicy } from "../policy/create.js";
import { shipPolicies } from "../policy/shipped.js";
import { createCommit } from "../store/commit.js";

/** A key of a demo participant: of no worth outside the demo that made it. */
export interface DemoKey {
  readonly name: string;
  readonly token: string;
}

const BANK = "First Harbor Bank";
const CREDIT_UNION = "Cedar Valley Credit Union";
const VENDOR = "Veritrail Identity";
const FINTECH = "Paperboat Pay";

/** The people of the demo, all invented: handle, given name, family name, birth date, SSN, city. */
const PEOPLE = [
  ["ada", "Ada", "Moreno", "1988-04-12", "212-55-0101", "Portland"],
  ["jun", "Jun", "Okafor", "1979-11-03", "212-55-0102", "Salem"],
  ["lena", "Lena", "Voss", "1993-07-21", "212-55-0103", "Eugene"],
  ["omar", "Omar", "Castellano", "1985-01-30", "212-55-0104", "Bend"],
  ["priya", "Priya", "Raman", "1990-09-17", "212-55-0105", "Medford"],
  ["mateo", "Mateo", "Ibarra", "1999-02-28", "212-55-0106", "Astoria"],
] as const;

const GIVEN = ["Iris", "Noah", "Mina", "Theo", "Sara", "Emil", "Yuki", "Omid", "Lucía", "Ferdia", "Zoë", "Arjun"];
const FAMILY = ["Halvorsen", "Nakamura", "Da Silva", "O’Rourke", "Kowalska", "Adeyemi", "Novák", "Tran"];
const CUSTOMERS = 24;

type Person = {
  readonly handle: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly dateOfBirth: string;
  readonly socialSecurityNumber: string;
};

const people: Person[] = PEOPLE.map(([handle, firstName, lastName, dateOfBirth, socialSecurityNumber]) => ({
  handle,
  firstName,
  lastName,
  dateOfBirth,
  socialSecurityNumber,
}));

const two = (number: number): string => String(number).padStart(2, "0");

const customers: Person[] = Array.from({ length: CUSTOMERS }, (_, index) => ({
  handle: `customer-${two(index + 1)}`,
  firstName: GIVEN[index % GIVEN.length]!,
  lastName: FAMILY[index % FAMILY.length]!,
  dateOfBirth: `${1960 + index}-${two((index % 12) + 1)}-${two((index % 27) + 1)}`,
  socialSecurityNumber: `318-66-${String(2001 + index)}`,
}));

const HOUR_MS = 3_600_000;

/** Nine checks as a good vendor does them, an hour apart, the first at `start`. */
export function nineChecks(start: Instant, documentNumber: string): Partial<Readonly<Record<SubProductKind, Check>>> {
  const after = (hours: number): Instant => plusMs(start, hours * HOUR_MS);
  return {
    DOCUMENT_CAPTURE: {
      performedAt: after(0),
      documentArtifact: `vault/doc/${documentNumber}`,
      documentType: "us_passport",
      documentIssuingState: "government",
      documentNumber,
      documentIssueDate: "2021-05-04",
      documentExpirationDate: "2031-05-03",
      documentCaptureMethod: "mobile_live_capture",
    },
    DOCUMENT_REVIEW: {
      performedAt: after(1),
      documentReviewMethod: "automated_and_manual",
      documentTamperReviewPerformed: true,
      documentTamperIndicatorsObserved: false,
      isDocumentMachineReadableDataValidationPerformed: true,
      isDocumentMachineReadableDataValidationConsistentWithDocumentFace: true,
    },
    BIOMETRIC_CAPTURE: {
      performedAt: after(0),
      biometricArtifact: `vault/face/${documentNumber}`,
      biometricCaptureMethod: "live_selfie_video",
    },
    BIOMETRIC_REVIEW: {
      performedAt: after(1),
      biometricImageQualitySufficientForComparison: true,
      biometricComparisonReference: "document_portrait",
      biometricComparisonOutcome: "match",
      biometricComparisonScore: 0.97,
    },
    LIVENESS_CAPTURE: {
      performedAt: after(0),
      livenessArtifact: `vault/live/${documentNumber}`,
      livenessCaptureEnvironment: "native_app",
    },
    LIVENESS_REVIEW: {
      performedAt: after(1),
      livenessReviewMethod: "active_challenge",
      livenessReviewOutcome: "live",
      livenessReviewConfidenceTier: "high",
      padConformanceLevel: "iso30107_3_l2",
    },
    ADDRESS_CAPTURE: { performedAt: after(0), addressCategory: "residential" },
    ADDRESS_VERIFICATION: {
      performedAt: after(2),
      sources: [
        { method: "utility", outcome: "full_match" },
        { method: "credit_bureau", outcome: "full_match" },
        { method: "postal_file", outcome: "partial_match_zip_only" },
      ],
    },
    IDENTITY_CORROBORATION: {
      performedAt: after(2),
      identityElementsCorroborated: ["ssn", "name", "dob"],
      sources: [
        { method: "credit_bureau_match", outcome: "full_match" },
        { method: "public_records_match", outcome: "full_match" },
      ],
    },
  };
}

const DOCUMENTS: readonly SubProductKind[] = ["DOCUMENT_CAPTURE", "DOCUMENT_REVIEW", "ADDRESS_CAPTURE"];
const REST: readonly SubProductKind[] = [
  "BIOMETRIC_CAPTURE",
  "BIOMETRIC_REVIEW",
  "LIVENESS_CAPTURE",
  "LIVENESS_REVIEW",
  "ADDRESS_VERIFICATION",
  "IDENTITY_CORROBORATION",
];
const ALL: readonly SubProductKind[] = [...DOCUMENTS, ...REST];

function recordOf(
  { firstName, lastName, dateOfBirth, socialSecurityNumber }: Person,
  kinds: readonly SubProductKind[],
  start: Instant,
  documentNumber: string,
): SubjectRecord {
  const checks = nineChecks(start, documentNumber);
  const said = Object.fromEntries(kinds.map((kind) => [SUB_PRODUCTS[kind].fieldName, checks[kind]]));
  return { firstName, lastName, dateOfBirth, socialSecurityNumber, ...said };
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

/** Fills an empty installation with histories that are worth asking about, dated back from `now`. Answers one key a participant. */
export async function fillDemo(app: App, now: Instant): Promise<DemoKey[]> {
  const newId = countingIds();
  const commit: World["commit"] = (as, daysAgo) =>
    createCommit({ store: app.store, vault: app.vault, clock: () => plusDays(now, -daysAgo), newId })(
      as ? actorOf(as) : OPERATOR,
    );
  const { keys, ...places } = await commit(null, 720)(openHouse);
  const world: World = { now, commit, ...places };
  await registerEverybody(world);
  await furnishHistories(world);
  await askForCertificates(world);
  await draftPolicy(world);
  return keys;
}

const actorOf = (participantId: Id<"par">): Actor => ({
  ...OPERATOR,
  via: "API_KEY",
  participantId,
  scopes: new Set(SCOPES),
  credentialId: "demo",
});

async function openHouse(write: Writer) {
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
  for (const { handle } of customers) await query(await consent(handle, 10), 10);
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
