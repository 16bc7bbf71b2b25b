import { z } from "zod";
import type { Fault } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, refuse } from "../kernel/validate.js";
import { fingerprintsOf } from "../entity/resolve.js";
import { once } from "../idempotency/once.js";
import type { CertificateProduct } from "../network/network.js";
import { permit, requireRole } from "../network/permit.js";
import { Submission } from "./attestation.js";
import { NAMING, checksOf, faultsOfRecord, type SubjectRecord } from "./record.js";
import { storeRecords, type Furnished } from "./store-records.js";

/** A call of furnishing: whose checks, for which networks. */
export interface Furnish {
  readonly networkIds: readonly string[];
  readonly records: readonly SubjectRecord[];
  readonly idempotencyKey?: string | null;
}

export const MAX_RECORDS = 1_000;
export const MAX_NETWORKS = 10;

/** 1 to 10 networks, each once. */
export const networkList = z
  .array(z.string())
  .min(1, "Must name at least one network.")
  .max(MAX_NETWORKS, `Must name at most ${MAX_NETWORKS} networks.`)
  .refine((list) => new Set(list).size === list.length, "Must not repeat a network.");

const callSchema = z.object({
  networkIds: networkList,
  records: z
    .array(z.unknown())
    .min(1, "Must hold at least one record.")
    .max(MAX_RECORDS, `Must hold at most ${MAX_RECORDS} records in one call.`),
});

/** States checks to networks: every record or none. Each check becomes an attestation that never changes. */
export async function furnish(
  write: Writer,
  input: Furnish,
  product: CertificateProduct = "KYC",
): Promise<{ submissionId: Id<"sub">; replayed: boolean }> {
  permit(write.actor, "furnish");
  refuse(faultsOf(callSchema, input, "input"));
  refuse(faultsOfRecords(input.records, write, product));
  await requireRole(write, input.networkIds, "FURNISHER", "input.networkIds");
  const { idempotencyKey, ...body } = input;
  const call = { verb: `furnish ${product}`, key: idempotencyKey, body };
  const done = await once(write, call, () => submit(write, input as Furnished, product));
  return { submissionId: done.resultId, replayed: done.replayed };
}

/** Every fault of every record; that two are about one subject is said of those that name one. */
function faultsOfRecords(records: readonly SubjectRecord[], write: Writer, product: CertificateProduct): Fault[] {
  const naming = NAMING[product].schema(write.now.slice(0, 10));
  const firstIndex = new Map<string, number>();
  return records.flatMap((record, index) => {
    const path = `input.records[${index}]`;
    const faults = faultsOfRecord(record, path, write.now, product);
    if (!naming.safeParse(record).success) return faults;
    const who = fingerprintsOf(write.vault, NAMING[product].identify(record)).match!;
    const first = firstIndex.get(who);
    if (first === undefined) firstIndex.set(who, index);
    else
      faults.push({ path, message: `Is about the same subject as records[${first}]: put its checks into one record.` });
    return faults;
  });
}

async function submit(write: Writer, furnished: Furnished, product: CertificateProduct): Promise<Id<"sub">> {
  const id = write.newId("sub");
  const checks = furnished.records.map((record) => Object.keys(checksOf(record, product)).length);
  write.em.create(Submission, {
    id,
    participantId: write.actor.participantId,
    recordCount: furnished.records.length,
    attestationCount: checks.reduce((sum, count) => sum + count, 0),
    furnishedAt: write.now,
  });
  await write.flush();
  await storeRecords(write, furnished, product, id);
  return id;
}
