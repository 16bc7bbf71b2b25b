import { linesOf } from "../../src/attestation/lines.js";
import { upload, type Standing, type Told, type Upload } from "../../src/attestation/upload.js";
import type { SubjectRecord } from "../../src/attestation/record.js";
import type { SubProductKind } from "../../src/attestation/sub-product.js";
import { record, type Party, type World } from "./given.js";

/** A record about the person of this number, who is another one for each number. */
export const recordAt = (
  number: number,
  kinds: readonly SubProductKind[] = ["ADDRESS_CAPTURE", "LIVENESS_CAPTURE"],
): SubjectRecord => ({ ...record(kinds), socialSecurityNumber: `212-56-${String(number + 1).padStart(4, "0")}` });

/** Values as JSON Lines, each line ended. */
export const jsonLines = (values: readonly unknown[]): string =>
  values.map((value) => `${typeof value === "string" ? value : JSON.stringify(value)}\n`).join("");

/** Lines about so many people. */
export const goodLines = (count: number): string =>
  jsonLines(Array.from({ length: count }, (_, index) => recordAt(index)));

/** Bytes in pieces of one size; fails behind them where it is cut. */
export async function* pieces(bytes: Uint8Array, size = 65_536, cut = false): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
  if (cut) throw new Error("The line was cut.");
}

export const uploadOf = ({ network }: World, over: Partial<Upload> = {}): Upload => ({
  networkIds: [network],
  product: "KYC",
  key: "monday",
  ...over,
});

/** All that is told of an upload, and how it ended. */
export interface Uploaded {
  readonly faults: readonly { readonly line: number; readonly path: string; readonly message: string }[];
  readonly standing: Standing;
}

export async function uploaded(party: Party, input: Upload, chunks: AsyncIterable<Uint8Array>): Promise<Uploaded> {
  const told = upload(party.commit, input, linesOf(chunks));
  const heard: Told[] = [];
  for (;;) {
    const { value, done } = await told.next();
    if (done) return { standing: value, faults: heard.flatMap((one) => ("fault" in one ? [one.fault] : [])) };
    heard.push(value);
  }
}

/** The same from text at once. */
export const uploadedText = (party: Party, input: Upload, text: string): Promise<Uploaded> =>
  uploaded(party, input, pieces(Buffer.from(text)));

/** What a furnisher's attestations say, one text each, whatever their ids: two worlds with the same have furnished the same. */
export async function saidIn({ app }: Pick<World, "app">): Promise<string[]> {
  const rows = await app.store.rows<{ said: string }>(
    `select e.match_fingerprint || ' ' || a.kind || ' ' || a.performed_at || ' ' || n.network_id as said
       from attestation a join entity e on e.id = a.entity_id join attestation_network n on n.attestation_id = a.id`,
  );
  return rows.map(({ said }) => said).toSorted();
}
