import { plusMs, type Clock } from "../kernel/instant.js";
import type { Rows } from "../kernel/reader.js";

/** A clock that can be moved forward, for every process of an installation alike: how far is kept in the database. */
export interface SandboxClock {
  readonly clock: Clock;
  /** Reads anew how far it was moved: another process may have done it. */
  readonly refresh: () => Promise<void>;
}

export function createSandboxClock(base: Clock, rows: Rows): SandboxClock {
  let offsetMs = 0;
  return {
    clock: () => plusMs(base(), offsetMs),
    refresh: async () => {
      const [row] = await rows<{ offsetMs: number }>(`select clock_offset_ms as "offsetMs" from installation`);
      offsetMs = row?.offsetMs ?? 0;
    },
  };
}
