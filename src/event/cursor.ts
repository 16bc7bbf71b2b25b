import { timingSafeEqual } from "node:crypto";
import { Failure } from "../kernel/failure.js";
import type { Vault } from "../kernel/seal.js";

/** A place in one participant's view of the log: the sequence number, sealed with whose view it is. */

const MAC_CHARACTERS = 16;

const macOf = (vault: Vault, participantId: string, seq: number): string =>
  vault.fingerprint("CURSOR", `${participantId}|${seq}`).slice(0, MAC_CHARACTERS);

export const cursorOf = (vault: Vault, participantId: string, seq: number): string =>
  Buffer.from(`${seq}.${macOf(vault, participantId, seq)}`).toString("base64url");

/** The sequence number in a cursor; another participant's cursor and an invented one are equally invalid. */
export function seqOf(vault: Vault, participantId: string, cursor: string): number {
  const [, seq, mac] =
    /^(\d{1,15})\.([0-9a-f]{16})$/.exec(cursor.length <= 100 ? Buffer.from(cursor, "base64url").toString() : "") ?? [];
  if (seq && mac && timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(vault, participantId, Number(seq)))))
    return Number(seq);
  throw new Failure("CURSOR_INVALID", "This cursor is not one of yours.");
}
