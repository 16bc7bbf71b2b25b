import { createPrivateKey, sign, type JsonWebKey } from "node:crypto";
import {
  calculateJwkThumbprint,
  compactVerify,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWK,
} from "jose";
import { canonical, sha256 } from "../kernel/canonical.js";
import { Failure } from "../kernel/failure.js";
import type { Rows, Writer } from "../kernel/reader.js";
import type { CertificateDocument } from "./assemble.js";
import { SigningKey } from "./signing-key.js";

const ALGORITHM = "EdDSA";
const TYPE = "attestry-certificate+jws";

type KeyRow = Pick<SigningKey, "kid" | "wrappedKey" | "sealedPrivateJwk">;

const current = async (rows: Rows): Promise<KeyRow | undefined> =>
  (
    await rows<KeyRow>(
      `select kid, wrapped_key as "wrappedKey", sealed_private_jwk as "sealedPrivateJwk" from signing_key
        where retired_at is null order by created_at desc, kid limit 1`,
    )
  )[0];

/** Retires the key that signs and makes its successor. What the old one signed still verifies. */
export async function rotateSigningKey(write: Writer): Promise<string> {
  await write.em.nativeUpdate(SigningKey, { retiredAt: null }, { retiredAt: write.now });
  const pair = await generateKeyPair(ALGORITHM, { extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const wrappedKey = write.vault.newKey();
  write.em.create(SigningKey, {
    kid,
    publicJwk: JSON.stringify({ ...publicJwk, kid, alg: ALGORITHM, use: "sig" }),
    wrappedKey,
    sealedPrivateJwk: write.vault.seal(wrappedKey, kid, JSON.stringify(await exportJWK(pair.privateKey))),
    createdAt: write.now,
  });
  return kid;
}

/** Makes the first signing key where there is none. */
export async function ensureSigningKey(write: Writer): Promise<void> {
  if (!(await current(write.rows))) await rotateSigningKey(write);
}

/** Every public key, newest first: what `/.well-known/jwks.json` answers. */
export async function publicKeys(rows: Rows): Promise<JSONWebKeySet> {
  const keys = await rows<{ publicJwk: string }>(
    `select public_jwk as "publicJwk" from signing_key order by created_at desc, kid`,
  );
  return { keys: keys.map(({ publicJwk }) => JSON.parse(publicJwk) as JWK) };
}

const encoded = (text: string): string => Buffer.from(text).toString("base64url");

/**
 * The certificate as a compact JWS over its canonical JSON. Signed on this thread, in a tenth of a millisecond: whoever waits
 * for another thread here keeps the write transaction open, and everybody behind it waiting.
 */
export async function signCertificate(write: Writer, document: CertificateDocument): Promise<string> {
  const key = await current(write.rows);
  if (!key) throw new Error("No signing key: start the gateway once, or run `attestry signing-key rotate`.");
  const jwk = JSON.parse(write.vault.open(key.wrappedKey, key.kid, key.sealedPrivateJwk)) as JsonWebKey;
  const header = encoded(JSON.stringify({ alg: ALGORITHM, typ: TYPE, kid: key.kid }));
  const input = `${header}.${encoded(canonical(document))}`;
  const signature = sign(null, Buffer.from(input), createPrivateKey({ key: jwk, format: "jwk" }));
  return `${input}.${signature.toString("base64url")}`;
}

/**
 * Judges a certificate file by public keys alone, without a network: the signature, and that every block's hash is
 * the hash of its statement. Throws a `Failure` that says what is wrong.
 */
export async function verifyCertificate(jws: string, keys: JSONWebKeySet): Promise<CertificateDocument> {
  const { payload, protectedHeader } = await opened(jws, keys).catch(() => {
    throw new Failure("BAD_USER_INPUT", "The signature is not valid for any of these keys.");
  });
  if (protectedHeader.typ !== TYPE) throw new Failure("BAD_USER_INPUT", "This is signed, but it is no certificate.");
  const document = JSON.parse(new TextDecoder().decode(payload)) as CertificateDocument;
  const altered = document.blocks.filter(({ statement, contentHash }) => sha256(canonical(statement)) !== contentHash);
  if (altered.length > 0)
    throw new Failure(
      "BAD_USER_INPUT",
      `The statement does not match its hash: ${altered.map(({ kind }) => kind).join(", ")}.`,
    );
  return document;
}

/** Rejects whatever is wrong: the signature, its form, or the keys themselves. */
const opened = async (jws: string, keys: JSONWebKeySet) =>
  compactVerify(jws.trim(), createLocalJWKSet(keys), { algorithms: [ALGORITHM, "Ed25519"] });
