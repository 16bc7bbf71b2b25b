import { badInput } from "../kernel/failure.js";
import type { Commit } from "../kernel/reader.js";
import { linesOf } from "./lines.js";
import { upload, type Standing, type Upload } from "./upload.js";

/** Records as bytes, with what an address and headers say of them. */
export interface FurnishStream {
  readonly search: URLSearchParams;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** How often progress is told at most. */
const PROGRESS_MS = 1_000;

/** Whoever asks the same gateway meanwhile waits for a batch: it is a small one. */
const BATCH_LINES = 50;

const NAMES: readonly string[] = ["network", "product", "key"];

/** A parameter that nobody knows is most likely a misspelt one; of what stands there twice, one would be ignored. */
function refuseParameters(search: URLSearchParams): void {
  if ([...search.keys()].some((name) => !NAMES.includes(name)))
    throw badInput([{ path: "search", message: `Only ${NAMES.join(", ")} may be given.` }]);
  for (const name of ["product", "key"])
    if (search.getAll(name).length > 1) throw badInput([{ path: name, message: "May be given once." }]);
}

function uploadOf({ search, headers }: FurnishStream): Upload {
  refuseParameters(search);
  const key = search.get("key") ?? headers["idempotency-key"];
  return {
    networkIds: search.getAll("network"),
    product: search.get("product") ?? "KYC",
    key: typeof key === "string" ? key : null,
  };
}

const counted = ({ id, state, lineCount, recordCount, attestationCount, badCount }: Standing) => ({
  id,
  state,
  lines: lineCount,
  records: recordCount,
  attestations: attestationCount,
  bad: badCount,
});

/** Takes in a stream of records; tells each bad line and, about every second, how far it has come. The last object is the submission. */
export async function* furnishStream(commit: Commit, stream: FurnishStream): AsyncGenerator<object> {
  const startedAt = performance.now();
  const told = upload(commit, uploadOf(stream), linesOf(stream.chunks), BATCH_LINES);
  let toldAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    const { value, done } = await told.next();
    if (done) return yield { submission: counted(value) };
    if ("fault" in value) yield value;
    else if (performance.now() - toldAt >= PROGRESS_MS) {
      toldAt = performance.now();
      const seconds = (toldAt - startedAt) / 1_000;
      const linesPerSecond = seconds > 0 ? Math.round(value.readCount / seconds) : 0;
      yield { progress: { ...counted(value.progress), read: value.readCount, linesPerSecond } };
    }
  }
}
