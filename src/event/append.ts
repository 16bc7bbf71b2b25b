import type { Writer } from "../kernel/reader.js";
import { EventRow, type Fact } from "./event.js";

/** Adds facts to the log, in the same transaction as the change that they tell of, in this order. */
export async function append(write: Writer, facts: readonly Fact[]): Promise<void> {
  if (facts.length === 0) return;
  await write.flush();
  await write.insert(
    EventRow,
    facts.map((fact) => ({
      type: fact.type,
      participantId: fact.participantId,
      entityId: fact.entityId,
      subjectId: fact.subjectId,
      fromStatus: "from" in fact ? fact.from : null,
      toStatus: "to" in fact ? fact.to : null,
      reason: "reason" in fact ? fact.reason : null,
      occurredAt: write.now,
    })),
  );
}
