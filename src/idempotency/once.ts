import { canonical } from "../kernel/canonical.js";
import { Failure, badInput } from "../kernel/failure.js";
import { callHeld } from "../kernel/hold.js";
import type { Instant } from "../kernel/instant.js";
import type { Writer } from "../kernel/reader.js";
import { IdempotencyKey } from "./idempotency-key.js";

/** Which call this is: the same verb, key and body is the same call. */
export interface Call {
  readonly verb: string;
  readonly key: string | null | undefined;
  readonly body: unknown;
}

const KEY = /^[\x21-\x7e]{1,255}$/;

/** Null and absent are the same call. */
const withoutNulls = (body: unknown): unknown =>
  JSON.parse(JSON.stringify(body ?? {}, (_, value: unknown) => (value === null ? undefined : value)));

/**
 * Does the work once per key. The same key and body again answers the first result's id with `replayed: true`; the
 * same key with another body is refused. Without a key the work is simply done. `at` says, once it is done, as of when.
 */
export async function once<ResultId extends string>(
  write: Writer,
  call: Call,
  work: () => Promise<ResultId>,
  at: () => Instant = () => write.now,
): Promise<{ readonly resultId: ResultId; readonly replayed: boolean }> {
  const { verb, key } = call;
  if (key === null || key === undefined) return { resultId: await work(), replayed: false };
  if (!KEY.test(key))
    throw badInput([{ path: "input.idempotencyKey", message: "Must be 1 to 255 visible ASCII characters." }]);
  // Whoever sends it meanwhile waits here, and then finds it done.
  await write.hold([callHeld(write.actor.participantId, verb, key)]);
  const bodyHash = write.vault.fingerprint("BODY", canonical(withoutNulls(call.body)));
  const [seen] = await write.rows<Pick<IdempotencyKey, "bodyHash" | "resultId">>(
    `select body_hash as "bodyHash", result_id as "resultId" from idempotency_key where participant_id = ? and verb = ? and key = ?`,
    [write.actor.participantId, verb, key],
  );
  if (seen && seen.bodyHash !== bodyHash)
    throw new Failure("IDEMPOTENCY_CONFLICT", "This idempotency key was used before with another body.", {
      validationDetails: [{ path: "input.idempotencyKey", message: "Was used before with another body." }],
    });
  if (seen) return { resultId: seen.resultId as ResultId, replayed: true };
  const resultId = await work();
  await write.insert(IdempotencyKey, [
    {
      participantId: write.actor.participantId,
      verb,
      key,
      bodyHash,
      resultId,
      createdAt: at(),
    },
  ]);
  return { resultId, replayed: false };
}
