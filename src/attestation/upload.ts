import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { badInput, Failure, type Fault } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Commit, Writer } from "../kernel/reader.js";
import { columns } from "../kernel/table.js";
import { faultsOf, refuse } from "../kernel/validate.js";
import { once } from "../idempotency/once.js";
import { CERTIFICATE_PRODUCTS, type CertificateProduct } from "../network/network.js";
import { permit, requireRole } from "../network/permit.js";
import { Submission, type SubmissionState } from "./attestation.js";
import { networkList } from "./furnish.js";
import { isBlank, type Line } from "./lines.js";
import { parseRecord } from "./read-record.js";
import { checksOf, NAMING, type SubjectRecord } from "./record.js";
import { storeRecords } from "./store-records.js";

/** What an upload is: whose checks, for which networks, under a key by which it is found again. */
export interface Upload {
  readonly networkIds: readonly string[];
  readonly product: string;
  readonly key: string | null;
}

/** How far a submission has come: all of this is durable. */
export type Standing = Pick<
  Submission,
  "id" | "state" | "lineCount" | "badCount" | "recordCount" | "attestationCount" | "furnishedAt" | "linesFingerprint"
>;

/** What is told while an upload goes on: a fault of a line, counted from one, or how far it has come. */
export type Told =
  | { readonly fault: Fault & { readonly line: number } }
  | { readonly progress: Standing; readonly readCount: number };

/** At most so much is stored in one transaction: others wait no longer than for that, and a kill loses no more. */
const BATCH_LINES = 200;
const MAX_BATCH_BYTES = 1024 * 1024;

/** At most this many faults of one line are told; a line of nothing else is one mistake. */
const MAX_LINE_FAULTS = 20;

const VERB = "upload";

/** When it is worth looking whether the other one has ended. */
const RETRY_MS = 5_000;

const uploadSchema = z.object({
  networkIds: networkList,
  product: z.enum(CERTIFICATE_PRODUCTS, `Must be one of ${CERTIFICATE_PRODUCTS.join(", ")}.`),
  key: z
    .string("Must be given: the same key again goes on where an upload was cut.")
    .regex(/^[\x21-\x7e]{1,255}$/, "Must be 1 to 255 visible ASCII characters."),
});

/** An upload that was opened, as far as it has come. */
interface Call {
  readonly networkIds: readonly Id<"net">[];
  readonly product: CertificateProduct;
  readonly standing: Standing;
}

/** Lines that go into one transaction. */
interface Batch {
  readonly records: SubjectRecord[];
  lines: number;
  bad: number;
  bytes: number;
}

/** A batch with what was read up to its end: how many lines, and the hash of them all. */
interface Read extends Readonly<Batch> {
  readonly readCount: number;
  readonly linesHash: string;
  readonly state: SubmissionState;
}

const emptyBatch = (): Batch => ({ records: [], lines: 0, bad: 0, bytes: 0 });

const isFull = ({ lines, bytes }: Batch, most: number): boolean => lines >= most || bytes >= MAX_BATCH_BYTES;

const conflict = (how: string): Failure =>
  new Failure("IDEMPOTENCY_CONFLICT", `This key was used before ${how}.`, {
    validationDetails: [{ path: "key", message: `Was used before ${how}.` }],
  });

const otherLines = (): Failure => conflict("with other lines");

/** What `once` says of another body, in the words of an upload. */
function otherCall(error: unknown): never {
  if (!(error instanceof Failure) || error.code !== "IDEMPOTENCY_CONFLICT") throw error;
  throw conflict("for other networks or another product");
}

/**
 * Takes in records line by line, as many as there are, and holds no more of them than one batch. It is not one transaction: each
 * batch is, and moves the count of lines with it, so that the same upload sent again under its key stores only what is
 * behind those lines, and nothing twice. Good lines are stored whatever others are; every bad one is told with its number, again
 * each time it is sent. Lines are judged by the moment at which the upload was first opened: always alike.
 */
export async function* upload(
  commit: Commit,
  input: Upload,
  lines: AsyncIterable<Line>,
  batchLines = BATCH_LINES,
): AsyncGenerator<Told, Standing> {
  const call = await commit((write) => open(write, input), "TOGETHER");
  const taken = call.standing.lineCount;
  const hash = createHash("sha256");
  let { standing } = call;
  let batch = emptyBatch();
  let readCount = 0;
  const settled = (state: SubmissionState): Promise<Standing> =>
    settle(commit, { ...call, standing }, { ...batch, readCount, linesHash: hash.copy().digest("hex"), state });
  yield { progress: standing, readCount };
  for await (const line of lines) {
    readCount += 1;
    hash.update(line.bytes).update("\n");
    for (const fault of take(line, batch, call)) yield { fault: { line: readCount, ...fault } };
    if (!isFull(batch, batchLines) && readCount !== taken) continue;
    if (readCount >= taken) standing = await settled("OPEN");
    batch = emptyBatch();
    yield { progress: standing, readCount };
    // Whoever else works in this process gets a turn.
    await setImmediate();
  }
  if (readCount === 0) throw badInput([{ path: "lines", message: "Must hold at least one line." }]);
  if (readCount < taken) throw otherLines();
  return settled("DONE");
}

/** The submission of this key, made if there is none; what it was made for must be the same. */
async function open(write: Writer, input: Upload): Promise<Call> {
  permit(write.actor, "furnish");
  refuse(faultsOf(uploadSchema, input, ""));
  await requireRole(write, input.networkIds, "FURNISHER", "networkIds");
  const body = { networkIds: input.networkIds.toSorted(), product: input.product };
  const { resultId } = await once(write, { verb: VERB, key: input.key, body }, () => begin(write)).catch(otherCall);
  return { ...(input as Pick<Call, "networkIds" | "product">), standing: await standingOf(write, resultId) };
}

async function begin(write: Writer): Promise<Id<"sub">> {
  const id = write.newId("sub");
  await write.insert(Submission, [
    {
      id,
      participantId: write.actor.participantId,
      state: "OPEN",
      lineCount: 0,
      badCount: 0,
      recordCount: 0,
      attestationCount: 0,
      furnishedAt: write.now,
      updatedAt: write.now,
    },
  ]);
  return id;
}

async function standingOf(write: Writer, id: Id<"sub">): Promise<Standing> {
  const [row] = await write.rows<Standing>(`select ${columns(Submission, "s")} from submission s where s.id = ?`, [id]);
  return row!;
}

/** Reads a line into the batch; answers what is wrong with it. */
function take(line: Line, batch: Batch, { product, standing }: Call): readonly Fault[] {
  batch.lines += 1;
  batch.bytes += line.bytes.length;
  if (isBlank(line)) return [];
  const { record, faults } = line.fault
    ? { record: null, faults: [{ path: "record", message: line.fault }] }
    : parseRecord(line.text, standing.furnishedAt, product);
  if (record) batch.records.push(record);
  else batch.bad += 1;
  return (faults ?? []).slice(0, MAX_LINE_FAULTS);
}

/** Stores a batch and moves the submission behind it, or finds that these lines are the ones that were taken before. */
const settle = (commit: Commit, call: Call, read: Read): Promise<Standing> =>
  commit(async (write) => {
    const { standing, networkIds, product } = call;
    const linesFingerprint = write.vault.fingerprint("LINES", read.linesHash);
    if (read.readCount === standing.lineCount && standing.lineCount > 0) refuseOther(standing, linesFingerprint);
    if (standing.state === "DONE") return unlessMore(standing, read);
    if (read.state === "OPEN" && read.readCount === standing.lineCount) return standing;
    await requireRole(write, networkIds, "FURNISHER", "networkIds");
    const moved = await move(write, standing, read, product, linesFingerprint);
    for (const records of withoutRepetition(read.records, product))
      await storeRecords(write, { networkIds, records }, product, standing.id);
    return moved;
  }, "TOGETHER");

function refuseOther({ linesFingerprint }: Standing, found: string): void {
  if (linesFingerprint !== found) throw otherLines();
}

/** What is done takes no more lines. */
function unlessMore(standing: Standing, { readCount }: Read): Standing {
  if (readCount > standing.lineCount) throw otherLines();
  return standing;
}

/** Counts a batch, where nobody else has counted on since. */
async function move(
  write: Writer,
  standing: Standing,
  { records, bad, readCount, state }: Read,
  product: CertificateProduct,
  linesFingerprint: string,
): Promise<Standing> {
  const attestations = records.reduce((sum, record) => sum + Object.keys(checksOf(record, product)).length, 0);
  const next = {
    state,
    lineCount: readCount,
    badCount: standing.badCount + bad,
    recordCount: standing.recordCount + records.length,
    attestationCount: standing.attestationCount + attestations,
    linesFingerprint,
    updatedAt: write.now,
  };
  const moved = await write.em.nativeUpdate(
    Submission,
    { id: standing.id, state: "OPEN", lineCount: standing.lineCount },
    next,
  );
  if (moved === 0) throw new Failure("CONFLICT", "The same upload is under way elsewhere.", { retryAfterMs: RETRY_MS });
  return { ...standing, ...next };
}

/** Records in groups of which none is about one subject twice; what comes first about a subject is stored first. */
function withoutRepetition(records: readonly SubjectRecord[], product: CertificateProduct): SubjectRecord[][] {
  const groups: SubjectRecord[][] = [];
  const seen = new Map<string, number>();
  for (const record of records) {
    const { taxNumber, dateOfBirth } = NAMING[product].identify(record);
    const who = `${taxNumber}|${dateOfBirth}`;
    const times = seen.get(who) ?? 0;
    seen.set(who, times + 1);
    (groups[times] ??= []).push(record);
  }
  return groups;
}
