import type { Writer } from "../kernel/reader.js";
import { move, schedule, type Moving } from "./move.js";

/**
 * Says that documents came in for a run: it is for them to be looked at now, not for the subject to act. More of them, while
 * nobody has looked, only start the wait anew.
 */
export async function receiveDocuments(write: Writer, run: Moving): Promise<void> {
  if (run.status === "DOCUMENTS_RECEIVED") return schedule(write, run, ["JUDGE_DOCUMENTS", write.now]);
  await move(write, [{ run, to: "DOCUMENTS_RECEIVED" }]);
}
