import { IdempotencyKey } from "../idempotency/idempotency-key.js";
import { answersOf, check, each, rowsOf, wrongs, type Books, type Check } from "./audit.js";

/** What the verbs that take a key make, by the first letters of its id. */
const MAKES: ReadonlyMap<string, string> = new Map([
  ["furnish KYC", "sub_"],
  ["furnish KYB", "sub_"],
  ["upload", "sub_"],
  ["queryCertificate", "qev_"],
  ["requestVerification", "ver_"],
]);

const resultsOf = ({ rows }: Books, ids: readonly string[]) =>
  rows<{ id: string; participantId: string; at: string }>(
    `select id, participant_id as "participantId", furnished_at as at from submission where id in ??
      union all select id, participant_id, occurred_at from query_event where id in ??
      union all select id, participant_id, requested_at from verification where id in ??`,
    [ids, ids, ids],
  );

async function judgeKeys(books: Books, keys: readonly IdempotencyKey[]) {
  const results = await resultsOf(books, each(keys.map(({ resultId }) => resultId)));
  const byId = new Map(results.map((one) => [one.id, one]));
  return wrongs(keys, function* ({ verb, resultId, participantId, createdAt }) {
    if (!MAKES.has(verb)) return yield "No verb of this name takes a key.";
    const result = byId.get(resultId);
    if (!result) return yield `Its result ${resultId} is not there.`;
    yield result.participantId !== participantId && `Its result ${resultId} is another participant's.`;
    yield !resultId.startsWith(MAKES.get(verb)!) && `Its result ${resultId} is not what the verb makes.`;
    // A run is not made anew while another goes on: then its key is the younger.
    yield verb !== "requestVerification" &&
      result.at !== createdAt &&
      `Its result ${resultId} was made at another time.`;
  });
}

/** Several keys may ask for one run while it goes on; of everything else each made its own. */
const TWICE = `select result_id from idempotency_key where verb <> 'requestVerification' group by result_id having count(*) > 1`;

export const KEYS: readonly Check[] = [
  check<IdempotencyKey>({
    name: "idempotency-keys",
    says: "What was done under a key is there, and was done with it.",
    source: rowsOf(IdempotencyKey, ["participantId", "verb", "key"], { apart: ["bodyHash"] }),
    judge: judgeKeys,
  }),
  check<{ resultId: string }>({
    name: "idempotency-once",
    says: "Nothing was done under two keys.",
    source: answersOf(TWICE, ["resultId"]),
    judge: (_books, results) => wrongs(results, () => ["Several keys lead to it."]),
  }),
];
