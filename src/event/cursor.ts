import { createCipheriv, createDecipheriv } from "node:crypto";
import { Failure } from "../kernel/failure.js";
import type { Vault } from "../kernel/seal.js";

/**
 * A place in one participant's view of the log: one encrypted block of the sequence number and a mark of whose view it is. It tells
 * its holder nothing, not even how much others did in between.
 */

const BLOCK_BYTES = 16;

const markOf = (vault: Vault, participantId: string, seq: number): Buffer =>
  Buffer.from(vault.fingerprint("CURSOR", `${participantId}|${seq}`), "hex").subarray(0, BLOCK_BYTES / 2);

/** A single block, so that no mode can matter: number and mark make every block another one. */
const cipher = (make: typeof createCipheriv | typeof createDecipheriv, vault: Vault, block: Buffer): Buffer => {
  const one = make("aes-256-ecb", vault.derive("cursor"), null).setAutoPadding(false);
  return Buffer.concat([one.update(block), one.final()]);
};

export function cursorOf(vault: Vault, participantId: string, seq: number): string {
  const number = Buffer.alloc(BLOCK_BYTES / 2);
  number.writeBigUInt64BE(BigInt(seq));
  return cipher(createCipheriv, vault, Buffer.concat([number, markOf(vault, participantId, seq)])).toString(
    "base64url",
  );
}

/** The sequence number in a cursor; another participant's cursor and an invented one are equally invalid. */
export function seqOf(vault: Vault, participantId: string, cursor: string): number {
  const sealed = Buffer.from(cursor.slice(0, 2 * BLOCK_BYTES), "base64url");
  if (sealed.length === BLOCK_BYTES && sealed.toString("base64url") === cursor) {
    const block = cipher(createDecipheriv, vault, sealed);
    const seq = Number(block.readBigUInt64BE());
    if (Number.isSafeInteger(seq) && block.subarray(BLOCK_BYTES / 2).equals(markOf(vault, participantId, seq)))
      return seq;
  }
  throw new Failure("CURSOR_INVALID", "This cursor is not one of yours.");
}
