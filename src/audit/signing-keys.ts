import { createPrivateKey, createPublicKey, type JsonWebKey } from "node:crypto";
import { calculateJwkThumbprint, type JWK } from "jose";
import { SigningKey } from "../certificate/signing-key.js";
import { check, rowsOf, wrongs, type Books, type Check } from "./audit.js";

function read(text: string): JWK | null {
  try {
    const jwk: unknown = JSON.parse(text);
    return typeof jwk === "object" ? jwk : null;
  } catch {
    return null;
  }
}

/** The public part that belongs to what is sealed; null where that does not open. */
function publicPartOf({ vault }: Books, { kid, wrappedKey, sealedPrivateJwk }: SigningKey): JsonWebKey | null {
  try {
    const key = JSON.parse(vault.open(wrappedKey, kid, sealedPrivateJwk)) as JsonWebKey;
    return createPublicKey(createPrivateKey({ key, format: "jwk" })).export({ format: "jwk" });
  } catch {
    return null;
  }
}

/** The name that a key has by what is published of it; null where that is no key. */
const thumbprintOf = async ({ publicJwk }: SigningKey): Promise<string | null> => {
  const jwk = read(publicJwk);
  return jwk && calculateJwkThumbprint(jwk).catch(() => null);
};

function* judgeParts(books: Books, key: SigningKey, thumbprint: string | null): Generator<string> {
  const published = read(key.publicJwk);
  if (published === null) return yield "What is published of it cannot be read.";
  const { kid, alg, use } = published;
  if (thumbprint !== key.kid) yield "What is published of it is another key.";
  if (kid !== key.kid || alg !== "EdDSA" || use !== "sig") yield "It is not published as what it is.";
  if ("d" in published) yield "Its private part is published.";
  const own = publicPartOf(books, key);
  if (own === null) yield "Its private part cannot be opened.";
  else if (own.x !== published.x) yield "Its private part is another key's.";
}

async function judgeSigningKeys(books: Books, keys: readonly SigningKey[]) {
  const live = await books.rows<{ kid: string }>("select kid from signing_key where retired_at is null");
  const thumbprints = new Map(await Promise.all(keys.map(async (key) => [key.kid, await thumbprintOf(key)] as const)));
  return wrongs(keys, function* (key) {
    const { kid, retiredAt } = key;
    yield live.length === 0 && "It is retired, and none took its place.";
    yield retiredAt === null && live.length > 1 && "Another signs beside it.";
    yield* judgeParts(books, key, thumbprints.get(kid) ?? null);
  });
}

export const SIGNING_KEYS: readonly Check[] = [
  check<SigningKey>({
    name: "signing-keys",
    says: "One key signs, and each that ever did is published as what it is, its private part sealed.",
    source: rowsOf(SigningKey, ["kid"]),
    judge: judgeSigningKeys,
  }),
];
