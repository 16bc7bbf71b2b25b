import type { Arrival } from "./arrival.js";
import { readJsonBytes } from "./body.js";
import type { ServerParts } from "./parts.js";
import { json, type Reply } from "./reply.js";

const MAX_CALLBACK_BYTES = 256 * 1024;

/**
 * The door for what others send by themselves. There is no credential: whoever takes the message knows its sender by a signature over
 * the very bytes, so they are handed on as they came.
 */
export const openCallback =
  (take: NonNullable<ServerParts["callback"]>) =>
  async ({ request }: Arrival): Promise<Reply> => {
    const body = await readJsonBytes(request, MAX_CALLBACK_BYTES);
    return json(200, await take(request.headers, body));
  };
