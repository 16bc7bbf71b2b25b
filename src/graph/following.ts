import type { Instant } from "../kernel/instant.js";
import type { Reader, Rows } from "../kernel/reader.js";
import type { EventType } from "../event/event.js";
import type { EventFilter } from "../event/read.js";
import { endingsOfCertificates, subjectOf } from "../certificate/follow.js";
import { checkedBy } from "../verification/follow.js";
import { permit } from "../network/permit.js";
import type { Context } from "./context.js";

/** Why a stream may not go on. */
export interface Ended {
  readonly reason: "CONSENT_WITHDRAWN" | "ROLE_REMOVED" | "KEY_REVOKED" | "TOKEN_EXPIRED";
  readonly message: string;
}

type Args = Readonly<Record<string, unknown>>;

/** How a field of the subscription is followed: as a view of the log, or as one state and the entities that can change it. */
export type Following =
  | {
      readonly kind: "EVENTS";
      readonly filter: (args: Args) => EventFilter;
      readonly after: (args: Args) => string | null;
      readonly permitted: (read: Reader) => void;
    }
  | {
      readonly kind: "STATE";
      /** What is handed to the field's resolver each time. */
      readonly occurrence: (args: Args) => object;
      /** Throws where there is nothing to follow, or nothing that the caller may. */
      readonly watched: (context: Context, args: Args) => Promise<ReadonlySet<string>>;
      /** Of these streams, those that have to end, by the key that `endingKey` gave them: one question for all of them. */
      readonly endingKey: ((read: Reader, args: Args) => string) | null;
      readonly endings: (rows: Rows, now: Instant, keys: readonly string[]) => Promise<ReadonlyMap<string, Ended>>;
    };

const NEVER = async (): Promise<ReadonlyMap<string, Ended>> => new Map();

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Every field of the subscription. */
export const FOLLOWINGS: Readonly<Record<string, Following>> = {
  events: {
    kind: "EVENTS",
    filter: ({ types, entityIds }) => ({
      types: (types as readonly EventType[] | null | undefined) ?? null,
      entityIds: (entityIds as readonly string[] | null | undefined) ?? null,
    }),
    after: ({ after }) => (typeof after === "string" ? after : null),
    permitted: ({ actor }) => permit(actor, "readEvents"),
  },
  checkKyc: {
    kind: "STATE",
    occurrence: (args) => args,
    watched: (context, { handle }) => checkedBy(context.read, text(handle)),
    endingKey: null,
    endings: NEVER,
  },
  certificate: {
    kind: "STATE",
    occurrence: (args) => args,
    watched: ({ read }, { id }) => subjectOf(read, text(id)),
    endingKey: (_read, { id }) => text(id),
    endings: endingsOfCertificates,
  },
};
