import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from "node:crypto";
import { LRUCache } from "lru-cache";

/**
 * Keeps personal data: one data key per entity, wrapped by the master key. Erasing the wrapped key erases the person.
 * Sealed text is `v1.` + base64url(iv ‖ tag ‖ ciphertext), AES-256-GCM; `about` is bound in, so a sealed value
 * moved to another row does not open.
 */
export interface Vault {
  /** A new data key, wrapped: what is stored beside the entity. */
  newKey(): string;
  seal(wrappedKey: string, about: string, plain: string): string;
  open(wrappedKey: string, about: string, sealed: string): string;
  /** A keyed fingerprint (HMAC-SHA-256) of an identifier, for matching without storing it. */
  fingerprint(kind: string, value: string): string;
  /** A 32-byte key for one purpose, derived from the master key (HKDF-SHA-256): the same for every gateway. */
  derive(purpose: string): Uint8Array;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
const MARK = "v1.";

/** So many data keys are held unwrapped: whoever has just been read or written about is most likely to be next. */
const KEYS_HELD = 1_000;

function encrypt(key: KeyObject, about: string, plain: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(about));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return MARK + Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
}

function decrypt(key: KeyObject, about: string, sealed: string): Buffer {
  if (!sealed.startsWith(MARK)) throw new Error("Not sealed here.");
  const bytes = Buffer.from(sealed.slice(MARK.length), "base64url");
  // The length is said because Node would take a shorter tag, down to four bytes, as it is.
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(about))
    .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}

/**
 * `masterKey` and `indexKey` are 32 bytes each, kept outside the database. Ciphers are given key objects: from bytes each of
 * them would make its own, which takes several times as long as the cipher.
 */
export function createVault(masterKey: Buffer, indexKey: Buffer): Vault {
  const master = createSecretKey(masterKey);
  const index = createSecretKey(indexKey);
  const held = new LRUCache<string, KeyObject>({ max: KEYS_HELD });
  const unwrap = (wrapped: string): KeyObject => {
    const key = held.get(wrapped) ?? createSecretKey(decrypt(master, "data-key", wrapped));
    held.set(wrapped, key);
    return key;
  };
  return {
    newKey: () => encrypt(master, "data-key", randomBytes(32)),
    seal: (wrappedKey, about, plain) => encrypt(unwrap(wrappedKey), about, Buffer.from(plain)),
    open: (wrappedKey, about, sealed) => decrypt(unwrap(wrappedKey), about, sealed).toString(),
    fingerprint: (kind, value) => createHmac("sha256", index).update(`${kind}\u0000${value}`).digest("hex"),
    derive: (purpose) => new Uint8Array(hkdfSync("sha256", masterKey, "", purpose, 32)),
  };
}
