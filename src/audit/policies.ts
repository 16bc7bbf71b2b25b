import { CoverageCheck, QueryEvent } from "../certificate/certificate.js";
import { isDecimal } from "../kernel/decimal.js";
import type { Fault } from "../kernel/failure.js";
import { completed, faultsOfPolicy } from "../policy/create.js";
import type { RequirementResult } from "../policy/evaluate.js";
import { Policy, defaultKey, requirementsOf, type PolicyRequirement } from "../policy/policy.js";
import { check, each, rowsOf, wrongs, type Books, type Check } from "./audit.js";

interface Versions extends Pick<Policy, "networkId" | "name"> {
  readonly versions: number | string;
  readonly first: number | string;
  readonly last: number | string;
}

const nameOf = ({ networkId, name }: Pick<Policy, "networkId" | "name">): string => `${networkId} ${name}`;

const versionsOf = ({ rows }: Books, policies: readonly Policy[]) =>
  rows<Versions>(
    `select network_id as "networkId", name, count(*) as versions, min(version) as first, max(version) as last from policy
      where network_id in ?? and name in ?? group by network_id, name`,
    [each(policies.map(({ networkId }) => networkId)), each(policies.map(({ name }) => name))],
  );

/** What would be refused of a policy if it were written now; null where it cannot even be read. */
function faultsIn(policy: Policy): readonly Fault[] | null {
  try {
    const requirements = requirementsOf(policy);
    const whole = JSON.stringify(requirements.map(completed)) === policy.requirements;
    const faults = faultsOfPolicy({ ...policy, acceptsDisputed: policy.acceptsDisputed === 1, requirements });
    return whole ? faults : [...faults, { path: "input.requirements", message: "Is not as it was written." }];
  } catch {
    return null;
  }
}

/** A draft was never in use, and only what is published is anybody's default. */
function* judgeStatus({ status, publishedAt, defaultFor, networkId, product, acceptsDisputed }: Policy) {
  yield (status === "DRAFT") !== (publishedAt === null) &&
    `It is ${status}, and ${publishedAt ? "was" : "was never"} published.`;
  yield defaultFor !== null && status !== "PUBLISHED" && `It is ${status}, and a default.`;
  yield defaultFor !== null && defaultFor !== defaultKey(networkId, product) && "It is the default of something else.";
  yield ![0, 1].includes(acceptsDisputed) && "It does not say whether disputed evidence counts.";
}

async function judgePolicies(books: Books, policies: readonly Policy[]) {
  const versions = new Map((await versionsOf(books, policies)).map((one) => [nameOf(one), one]));
  return wrongs(policies, function* (one) {
    const found = versions.get(nameOf(one));
    const gap = found && (Number(found.first) !== 1 || Number(found.last) !== Number(found.versions));
    yield gap === true && "Versions of it are missing.";
    yield* judgeStatus(one);
    const faults = faultsIn(one);
    if (faults === null) return yield "What it requires cannot be read.";
    for (const { path, message } of faults) yield `${path.replace(/^input\./, "")}: ${message}`;
  });
}

interface Asked {
  readonly participantId: string;
  readonly entityId: string;
  readonly consentId: string;
  readonly policyId: string;
}

type Terms = Pick<Policy, "id" | "status" | "requirements">;

const policiesOf = async ({ rows }: Books, asked: readonly Asked[]): Promise<ReadonlyMap<string, Terms>> => {
  const ids = each(asked.map(({ policyId }) => policyId));
  return new Map(
    (await rows<Terms>("select id, status, requirements from policy where id in ??", [ids])).map((one) => [
      one.id,
      one,
    ]),
  );
};

const whoOf = ({ participantId, entityId, consentId }: Omit<Asked, "policyId">): string =>
  `${participantId} ${entityId} ${consentId}`;

/** By whom some consents are held, and about whom. */
const consentsOf = async ({ rows }: Books, asked: readonly Asked[]): Promise<ReadonlySet<string>> => {
  const held = await rows<Omit<Asked, "policyId">>(
    `select id as "consentId", participant_id as "participantId", entity_id as "entityId" from consent where id in ??`,
    [each(asked.map(({ consentId }) => consentId))],
  );
  return new Set(held.map(whoOf));
};

function* judgeAsked(one: Asked, policy: Terms | undefined, consents: ReadonlySet<string>) {
  yield !consents.has(whoOf(one)) && "Its consent is another's, or about somebody else.";
  yield policy?.status === "DRAFT" && "It was asked by a draft.";
}

const blocksOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<{ id: string; key: string }>(
    `select certificate_id as id, requirement_key as key from certificate_block where certificate_id in ??`,
    [ids],
  );

/** A list of records, as JSON; null where it is none. */
function read(text: string): readonly object[] | null {
  try {
    const list: unknown = JSON.parse(text);
    const whole = Array.isArray(list) && list.every((one) => typeof one === "object" && one !== null);
    return whole ? (list as object[]) : null;
  } catch {
    return null;
  }
}

/** What a requirement is, as far as an answer names it. */
const termsOf = (requirements: readonly Pick<PolicyRequirement, "key" | "kinds" | "required">[]): string =>
  JSON.stringify(requirements.map(({ key, kinds, required }) => [key, kinds, required]));

const inOrder = (keys: readonly string[]): string => keys.toSorted().join(" ");

/** An answer is kept as it was given: where its policy requires something else now, that is not frozen. */
function* judgeAnswer(
  { outcome, requirements }: QueryEvent,
  policy: Terms | undefined,
  blocks: readonly string[],
): Generator<string | false> {
  const results = read(requirements) as readonly RequirementResult[] | null;
  const required = policy ? (read(policy.requirements) as readonly PolicyRequirement[] | null) : null;
  if (results === null) return yield "Its answer cannot be read.";
  const same = required && termsOf(required) === termsOf(results);
  yield !same && "Its policy does not require what was answered.";
  yield results.some(({ met, reason }) => met !== (reason === "MET")) && "What was met and why do not fit.";
  const satisfied = results.every((one) => one.met || !one.required);
  yield satisfied !== (outcome === "ISSUED") && `It is ${outcome}, and what was met says otherwise.`;
  const met = results.flatMap((one) => (one.met ? [one.key] : []));
  yield outcome === "ISSUED" && inOrder(met) !== inOrder(blocks) && "Its certificate does not hold what was met.";
}

async function judgeAnswers(books: Books, queries: readonly QueryEvent[]) {
  const policies = await policiesOf(books, queries);
  const consents = await consentsOf(books, queries);
  const blocks = await blocksOf(
    books,
    queries.flatMap(({ certificateId }) => certificateId ?? []),
  );
  const byCertificate = Map.groupBy(blocks, ({ id }) => id);
  return wrongs(queries, function* (one) {
    const policy = policies.get(one.policyId);
    yield* judgeAsked(one, policy, consents);
    yield* judgeAnswer(
      one,
      policy,
      (byCertificate.get(one.certificateId ?? "") ?? []).map(({ key }) => key),
    );
  });
}

async function judgeCoverage(books: Books, checks: readonly CoverageCheck[]) {
  const policies = await policiesOf(books, checks);
  const consents = await consentsOf(books, checks);
  return wrongs(checks, function* (one) {
    yield* judgeAsked(one, policies.get(one.policyId), consents);
    yield (!isDecimal(one.noPrice) || one.noPrice.startsWith("-")) && "What it quotes for a no is no price.";
  });
}

export const POLICIES: readonly Check[] = [
  check<Policy>({
    name: "policies",
    says: "A policy can be read and judged by, no version of it is missing, and only a published one is the default of its own network and product.",
    source: rowsOf(Policy, ["id"]),
    judge: judgePolicies,
  }),
  check<QueryEvent>({
    name: "queries-answered",
    says: "A query was answered by what its policy requires still, under a consent of its own, and is a yes where all that is required was met.",
    source: rowsOf(QueryEvent, ["id"]),
    judge: judgeAnswers,
  }),
  check<CoverageCheck>({
    name: "coverage",
    says: "Coverage was asked under a consent of one's own, by a policy that was no draft, and quotes a price.",
    source: rowsOf(CoverageCheck, ["id"]),
    judge: judgeCoverage,
  }),
];
