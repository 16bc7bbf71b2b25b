import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  type DecipherGCM,
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
  /** Seals bytes as they come by, however many: `v1.` ‖ iv ‖ ciphertext ‖ tag. */
  sealStream(wrappedKey: string, about: string, plain: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** Opens them again as they come by. Only when it has ended is it sure that they are what was sealed: else it fails at its end. */
  openStream(wrappedKey: string, about: string, sealed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** A keyed fingerprint (HMAC-SHA-256) of an identifier, for matching without storing it. */
  fingerprint(kind: string, value: string): string;
  /** A 32-byte key for one purpose, derived from the master key (HKDF-SHA-256): the same for every gateway. */
  derive(purpose: string): Uint8Array;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
const MARK = "v1.";

const STREAM_MARK = Buffer.from(MARK);
const STREAM_HEADER_BYTES = STREAM_MARK.length + IV_BYTES;

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

async function* encryptStream(key: KeyObject, about: string, plain: AsyncIterable<Uint8Array>) {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(about));
  yield Buffer.concat([STREAM_MARK, iv]);
  for await (const chunk of plain) yield cipher.update(chunk);
  yield Buffer.concat([cipher.final(), cipher.getAuthTag()]);
}

function decipherOf(key: KeyObject, about: string, header: Buffer): DecipherGCM {
  const mark = header.subarray(0, STREAM_MARK.length);
  if (!mark.equals(STREAM_MARK)) throw new Error("Not sealed here.");
  const iv = header.subarray(STREAM_MARK.length);
  return createDecipheriv("aes-256-gcm", key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(about));
}

/** What has come and not gone on is at least the tag, once there is as much: nobody knows which bytes are the last. */
async function* decryptStream(key: KeyObject, about: string, sealed: AsyncIterable<Uint8Array>) {
  let decipher: DecipherGCM | null = null;
  let held = Buffer.alloc(0);
  for await (const chunk of sealed) {
    held = Buffer.concat([held, chunk]);
    if (!decipher && held.length >= STREAM_HEADER_BYTES) {
      decipher = decipherOf(key, about, held.subarray(0, STREAM_HEADER_BYTES));
      held = held.subarray(STREAM_HEADER_BYTES);
    }
    if (!decipher || held.length <= TAG_BYTES) continue;
    yield decipher.update(held.subarray(0, -TAG_BYTES));
    held = held.subarray(-TAG_BYTES);
  }
  if (!decipher || held.length !== TAG_BYTES) throw new Error("Not sealed here, or not all of it.");
  decipher.setAuthTag(held).final();
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
    sealStream: (wrappedKey, about, plain) => encryptStream(unwrap(wrappedKey), about, plain),
    openStream: (wrappedKey, about, sealed) => decryptStream(unwrap(wrappedKey), about, sealed),
    fingerprint: (kind, value) => createHmac("sha256", index).update(`${kind}\u0000${value}`).digest("hex"),
    derive: (purpose) => new Uint8Array(hkdfSync("sha256", masterKey, "", purpose, 32)),
  };
}
