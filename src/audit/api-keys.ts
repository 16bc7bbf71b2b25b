import { SCOPES } from "../kernel/actor.js";
import { isInstant } from "../kernel/instant.js";
import { ApiKey } from "../network/api-key.js";
import { check, each, rowsOf, wrongs, type Books, type Check, type Stored } from "./audit.js";

const HASH = /^[0-9a-f]{64}$/;

const isMoment = (at: string | null): boolean => at === null || isInstant(at);

async function judgeApiKeys({ rows }: Books, keys: readonly Stored<ApiKey>[]) {
  const doubled = await rows<{ secretHash: string }>(
    `select secret_hash as "secretHash" from api_key where secret_hash in ?? group by secret_hash having count(*) > 1`,
    [each(keys.map(({ secretHash }) => secretHash))],
  );
  const twice = new Set(doubled.map(({ secretHash }) => secretHash));
  return wrongs(keys, function* ({ secretHash, scopes, expiresAt, revokedAt }) {
    const named: readonly string[] = scopes.split(" ");
    const known: readonly string[] = SCOPES;
    yield !HASH.test(secretHash) && "What is kept of its secret is no hash.";
    yield twice.has(secretHash) && "Another key has its secret.";
    yield (!named.every((scope) => known.includes(scope)) || each(named).length < named.length) &&
      "Its scopes are not such as there are, once each.";
    // Moments are compared as text: what is none may never come.
    yield !isMoment(expiresAt) && "It ends at no moment.";
    yield !isMoment(revokedAt) && "It was revoked at no moment.";
  });
}

export const API_KEYS: readonly Check[] = [
  check<Stored<ApiKey>>({
    name: "api-keys",
    says: "An API key has a secret of its own, of which the hash alone is kept, scopes that there are, and ends when it says.",
    source: rowsOf(ApiKey, ["id"], { apart: ["label"] }),
    judge: judgeApiKeys,
  }),
];
