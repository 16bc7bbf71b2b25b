import { randomUUID } from "node:crypto";
import type { Actor } from "../kernel/actor.js";
import { Failure } from "../kernel/failure.js";

const RETRY_MS = 5_000;

const tooMany = (most: number): Failure =>
  new Failure("RATE_LIMITED", `At most ${most} of a participant run at once.`, {
    retryAfterMs: RETRY_MS,
  });

/** Gives each participant so many places at once with this gateway; whoever has one gives it back. */
export function createPlaces(most: number): (actor: Actor) => () => void {
  const taken = new Map<string, number>();
  return ({ participantId }) => {
    const count = taken.get(participantId) ?? 0;
    if (count >= most) throw tooMany(most);
    taken.set(participantId, count + 1);
    return () => {
      const left = (taken.get(participantId) ?? 1) - 1;
      if (left > 0) taken.set(participantId, left);
      else taken.delete(participantId);
    };
  };
}

/** Places that gateways share. Each is held under a lease, so that a gateway that dies holds none for long. */
export interface Leases {
  /** Takes one of so many places of a participant, for whoever holds it under this name; answers whether there was one. */
  take(place: {
    readonly use: string;
    readonly participantId: string;
    readonly most: number;
    readonly holder: string;
  }): Promise<boolean>;
  renew(holder: string): Promise<void>;
  leave(holder: string): Promise<void>;
}

/** Often enough for a lease that lasts three times as long. */
const RENEW_MS = 10_000;

/** Gives each participant so many places at once with all gateways that share the leases. */
export function createSharedPlaces(
  leases: Leases,
  use: string,
  most: number,
): (actor: Actor) => Promise<() => Promise<void>> {
  return async ({ participantId }) => {
    const holder = randomUUID();
    if (!(await leases.take({ use, participantId, most, holder }))) throw tooMany(most);
    // Where it cannot be renewed for long, others may have the place: whoever works here has no database to work with either.
    const renewing = setInterval(() => void leases.renew(holder).catch(() => undefined), RENEW_MS);
    renewing.unref();
    return async () => {
      clearInterval(renewing);
      await leases.leave(holder).catch(() => undefined);
    };
  };
}
