import type { z } from "zod";
import type { Clock } from "../kernel/instant.js";
import { badInput } from "../kernel/failure.js";
import { faultsOf, refuse } from "../kernel/validate.js";
import type { Inbox, ProviderMessage } from "../verification/provider.js";
import { refused, signedId } from "./signature.js";
import { messageShape } from "./wire-shape.js";
import { parseUnambiguous } from "./unambiguous.js";

/** Whose messages are read. */
export interface Sender {
  readonly provider: string;
  /** Any of these may have signed; more than one while they are being changed. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
}

/** The text whose bytes these are, and no other bytes: what is signed is what was sent. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw refused();
  }
}

function parsed(text: string): unknown {
  try {
    return parseUnambiguous(text);
  } catch {
    throw badInput([{ path: "body", message: "Must be JSON, with each key once." }]);
  }
}

function judged<T>(shape: z.ZodType<T>, value: unknown): T {
  const result = shape.safeParse(value);
  if (!result.success) refuse(faultsOf(shape, value, "body"));
  return result.data as T;
}

/** Opens what a vendor sends by itself: first whose it is and how old, from its bytes; only then what it says. */
export const createInbox = ({ provider, secrets, clock }: Sender): Inbox => ({
  open(headers, body): ProviderMessage {
    const now = clock();
    const text = textOf(body);
    const messageId = signedId(secrets, headers, text, now);
    return { provider, messageId, ...judged(messageShape(now), parsed(text)) };
  },
});
