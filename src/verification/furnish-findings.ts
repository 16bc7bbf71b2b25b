import type { Id } from "../kernel/id.js";
import type { Instant } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";
import { Submission } from "../attestation/attestation.js";
import type { Check, Source } from "../attestation/check.js";
import { NAMING, checksOf, type SubjectRecord } from "../attestation/record.js";
import { storeRecords } from "../attestation/store-records.js";
import { holdAll } from "../entity/resolve.js";
import type { CertificateProduct } from "../network/network.js";
import { addressOutcome } from "./compare/address.js";
import { comparisonsOf, findingsOfSubject, type Judgement } from "./judge.js";
import type { Evidence, Finding, Inquiry } from "./provider.js";
import type { CheckedElement } from "./verification.js";

/** What was found about a subject that passed. */
export interface Found {
  readonly subject: Inquiry["subject"];
  readonly evidence: Evidence;
  readonly judgement: Judgement;
  readonly at: Instant;
}

/**
 * Makes what a provider found into attestations of the participant's own, in every network in which it furnishes, so that the next
 * institution needs no new work. A subject without a tax number cannot be found by anybody else: nothing is furnished about it.
 */
export async function furnishFindings(write: Writer, found: readonly Found[]): Promise<void> {
  if (found.length === 0) return;
  const networks = await write.rows<{ id: Id<"net"> }>(
    `select network_id as id from membership where participant_id = ? and role = 'FURNISHER' order by network_id`,
    [write.actor.participantId],
  );
  if (networks.length === 0) return;
  const networkIds = networks.map(({ id }) => id);
  await submit(write, networkIds, "KYC", found.flatMap(personRecord));
  await submit(write, networkIds, "KYB", found.flatMap(businessRecord));
}

/** Holds the numbers of whomever it will be about, in one go. */
export async function holdNumbers(write: Writer, found: readonly Found[]): Promise<void> {
  const people = found.flatMap(personRecord).map(NAMING.KYC.identify);
  const businesses = found.flatMap(businessRecord).map(NAMING.KYB.identify);
  await holdAll(write, [...people, ...businesses]);
}

async function submit(
  write: Writer,
  networkIds: readonly Id<"net">[],
  product: CertificateProduct,
  given: readonly SubjectRecord[],
): Promise<void> {
  if (given.length === 0) return;
  const naming = NAMING[product];
  // Two runs about one subject may end together: a submission speaks of each subject once, by what was said last.
  const records = [...new Map(given.map((record) => [JSON.stringify(naming.identify(record)), record])).values()];
  const id = write.newId("sub");
  write.em.create(Submission, {
    id,
    participantId: write.actor.participantId,
    recordCount: records.length,
    attestationCount: records.reduce((sum, record) => sum + Object.keys(checksOf(record, product)).length, 0),
    furnishedAt: write.now,
  });
  await write.flush();
  await storeRecords(write, { networkIds, records }, product, id);
}

/** The words of the sub-products for a source of ours; a source that they do not know is a database. */
const CORROBORATION_METHODS: ReadonlyMap<string, string> = new Map([
  ["credit_bureau", "credit_bureau_match"],
  ["public_records", "public_records_match"],
  ["document", "documentary"],
]);
const ADDRESS_METHODS = [
  "credit_bureau",
  "public_records",
  "utility",
  "postal_file",
  "telephone_directory",
  "document",
];
const BUSINESS_SOURCES = ["secretary_of_state", "irs", "commercial_registry", "credit_bureau", "document"];

const CORROBORATED = [
  ["SSN", "ssn"],
  ["NAME", "name"],
  ["DATE_OF_BIRTH", "dob"],
  ["ADDRESS", "address"],
] as const satisfies readonly (readonly [CheckedElement, string])[];

function personRecord({ subject, evidence, at }: Found): SubjectRecord[] {
  if (subject.entityType !== "INDIVIDUAL" || !subject.facts.socialSecurityNumber) return [];
  const { firstName, lastName, dateOfBirth, socialSecurityNumber, address } = subject.facts;
  const addressed = address ? evidence.findings.filter((finding) => finding.address) : [];
  const identityCorroboration: Check = {
    performedAt: at,
    identityElementsCorroborated: CORROBORATED.filter(([element]) => corroborates(subject, evidence, element)).map(
      ([, word]) => word,
    ),
    sources: evidence.findings.map((finding) => corroboration(subject, finding)),
  };
  const addressVerification: Check = {
    performedAt: at,
    sources: addressed.map((finding) => ({
      method: ADDRESS_METHODS.includes(finding.source) ? finding.source : "public_records",
      outcome: addressOutcome(address!, finding.address!),
    })),
  };
  return [
    {
      firstName,
      lastName,
      dateOfBirth,
      socialSecurityNumber,
      ...(evidence.findings.length > 0 ? { identityCorroboration } : {}),
      ...(addressed.length > 0 ? { addressVerification } : {}),
    },
  ].filter((record) => Object.keys(checksOf(record, "KYC")).length > 0);
}

/** Whether a source that speaks of the very subject has this element too. */
const corroborates = (subject: Inquiry["subject"], { findings }: Evidence, element: CheckedElement): boolean =>
  findingsOfSubject(subject, findings).some((finding) =>
    comparisonsOf(element, subject, finding).some(({ outcome }) => outcome === "MATCH"),
  );

const matched = ({ elements }: Judgement, element: CheckedElement): boolean =>
  elements.some((one) => one.element === element && one.compared === "MATCH");

/** How one source stands to who the person is: its word on name, birth date and number together. */
function corroboration(subject: Inquiry["subject"], finding: Finding): Source {
  const method = CORROBORATION_METHODS.get(finding.source) ?? "database";
  const words = (["NAME", "SSN", "DATE_OF_BIRTH"] as const).flatMap((element) =>
    comparisonsOf(element, subject, finding).map(({ outcome }) => outcome),
  );
  if (words.length === 0) return { method, outcome: "inconclusive" };
  if (words.every((word) => word === "MATCH"))
    return { method, outcome: words.length === 3 ? "full_match" : "partial_match" };
  return { method, outcome: words.some((word) => word === "MATCH") ? "partial_match" : "no_match" };
}

function businessRecord({ subject, evidence, judgement, at }: Found): SubjectRecord[] {
  if (subject.entityType !== "BUSINESS" || !subject.facts.ein || evidence.findings.length === 0) return [];
  const { legalName, ein, businessType } = subject.facts;
  const sources = [...new Set(evidence.findings.map(({ source }) => source))].filter((one) =>
    BUSINESS_SOURCES.includes(one),
  );
  const businessIdentityVerification: Check = {
    performedAt: at,
    ...(sources.length > 0 ? { businessVerificationSources: sources } : {}),
    ...(businessType ? { businessEntityType: businessType } : {}),
    ...(matched(judgement, "EIN") ? { taxIdentifierValidationResult: "match" } : {}),
  };
  return [{ legalName, ein, businessIdentityVerification }];
}
