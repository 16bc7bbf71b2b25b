import type { Id } from "../kernel/id.js";
import { recordReveal } from "../entity/reveal.js";
import type { Context } from "./context.js";

/** Whether something personal may be shown in the clear: only after the record of why is durable, one transaction for a whole request. */
export async function revealOnce(
  { batch, commit }: Context,
  entityId: Id<"ent">,
  reason: string | null | undefined,
  what: string,
): Promise<boolean> {
  if (reason === undefined || reason === null) return false;
  return batch(`reveal ${what} ${reason}`, async (ids: readonly Id<"ent">[]) => {
    await commit((write) => recordReveal(write, reason, what, ids));
    return ids.map(() => true);
  })(entityId);
}
