import type { Actor } from "../kernel/actor.js";
import type { Clock } from "../kernel/instant.js";
import type { Rows } from "../kernel/reader.js";
import type { Ended } from "../graph/following.js";
import { isLive, type ApiKey } from "../network/api-key.js";

/** Whoever holds a stream open by a credential. */
interface Attendant {
  readonly actor: Actor;
  readonly ended: (why: Ended) => void;
}

/** Watches credentials for as long as something is held open by them. */
export interface Attendance {
  readonly attend: (actor: Actor, ended: (why: Ended) => void) => () => void;
  /** Looks once at all of them: one statement, however many there are. */
  readonly look: () => Promise<void>;
  /** How many are watched. */
  readonly size: () => number;
}

const EXPIRED: Ended = { reason: "TOKEN_EXPIRED", message: "The token has expired." };
const REVOKED: Ended = {
  reason: "KEY_REVOKED",
  message: "The key behind this credential was revoked, or has expired.",
};

export function createAttendance(rows: Rows, clock: Clock): Attendance {
  const attendants = new Set<Attendant>();
  /** Those whose credential has an end of its own: of a key, its row says so. */
  const passing = new Set<Attendant>();
  /** Those who are here by a key, or by what a key has made. */
  const byKey = new Map<string, Set<Attendant>>();

  const enter = (one: Attendant): void => {
    attendants.add(one);
    if (isPassing(one)) passing.add(one);
    const key = keyOf(one);
    if (key !== null) byKey.set(key, (byKey.get(key) ?? new Set()).add(one));
  };
  const leave = (one: Attendant): void => {
    attendants.delete(one);
    passing.delete(one);
    const key = keyOf(one);
    const others = key === null ? undefined : byKey.get(key);
    others?.delete(one);
    if (others?.size === 0) byKey.delete(key!);
  };
  const endAll = (ones: Iterable<Attendant>, why: Ended): void => {
    for (const one of ones) {
      leave(one);
      one.ended(why);
    }
  };
  return {
    attend(actor, ended) {
      const one = { actor, ended };
      enter(one);
      return () => leave(one);
    },
    async look() {
      if (attendants.size === 0) return;
      const now = clock();
      endAll(
        [...passing].filter(({ actor }) => actor.expiresAt! <= now),
        EXPIRED,
      );
      const keys = [...byKey.keys()];
      if (keys.length === 0) return;
      const found = await rows<Pick<ApiKey, "id" | "revokedAt" | "expiresAt">>(
        `select id, revoked_at as "revokedAt", expires_at as "expiresAt" from api_key where id in ??`,
        [keys],
      );
      const live = new Set<string>(found.filter((key) => isLive(key, now)).map(({ id }) => id));
      for (const key of keys) if (!live.has(key)) endAll(byKey.get(key) ?? [], REVOKED);
    },
    size: () => attendants.size,
  };
}

const keyOf = ({ actor }: Attendant): string | null => (actor.via === "OIDC" ? null : actor.credentialId);

const isPassing = ({ actor }: Attendant): boolean => actor.via !== "API_KEY" && actor.expiresAt !== null;
