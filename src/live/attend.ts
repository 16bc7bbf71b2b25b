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
}

const EXPIRED: Ended = { reason: "TOKEN_EXPIRED", message: "The token has expired." };
const REVOKED: Ended = {
  reason: "KEY_REVOKED",
  message: "The key behind this credential was revoked, or has expired.",
};

export function createAttendance(rows: Rows, clock: Clock): Attendance {
  const attendants = new Set<Attendant>();
  const endAll = (which: (one: Attendant) => boolean, why: Ended): void => {
    for (const one of [...attendants])
      if (which(one)) {
        attendants.delete(one);
        one.ended(why);
      }
  };
  return {
    attend(actor, ended) {
      const one = { actor, ended };
      attendants.add(one);
      return () => void attendants.delete(one);
    },
    async look() {
      if (attendants.size === 0) return;
      const now = clock();
      endAll(({ actor }) => actor.via !== "API_KEY" && actor.expiresAt !== null && actor.expiresAt <= now, EXPIRED);
      const keys = new Set(
        [...attendants].filter(({ actor }) => actor.via !== "OIDC").map(({ actor }) => actor.credentialId),
      );
      if (keys.size === 0) return;
      const found = await rows<Pick<ApiKey, "id" | "revokedAt" | "expiresAt">>(
        `select id, revoked_at as "revokedAt", expires_at as "expiresAt" from api_key where id in ??`,
        [[...keys]],
      );
      const live = new Set<string>(found.filter((key) => isLive(key, now)).map(({ id }) => id));
      endAll(({ actor }) => actor.via !== "OIDC" && !live.has(actor.credentialId), REVOKED);
    },
  };
}
