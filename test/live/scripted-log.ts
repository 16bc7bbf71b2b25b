import type { Rows } from "../../src/kernel/reader.js";
import type { Gate, Stir } from "../../src/live/tail.js";

/** A log in memory whose transactions begin and end when a test says so: rows get their numbers as on any database, when they are written. */
export interface ScriptedLog {
  readonly rows: Rows;
  /** Below which nothing can appear any more: no transaction that is under way has a lower number. */
  readonly gate: Gate;
  /** Writes rows in a transaction; answers how to commit it. */
  readonly begin: (count: number, over?: Partial<Stir>) => () => void;
  readonly committed: () => readonly number[];
  /** Done inside the next reading, after what it answers was read. */
  during: { gate: (() => void) | null; rows: (() => void) | null };
}

const STIR: Omit<Stir, "seq"> = { participantId: "par_1", entityId: "ent_1", type: "ENTITY_REGISTERED" };

/** Takes what is there once. */
function taken(during: ScriptedLog["during"], which: "gate" | "rows"): void {
  const work = during[which];
  during[which] = null;
  work?.();
}

export function scriptedLog(): ScriptedLog {
  const log: (Stir & { open: boolean })[] = [];
  const during: ScriptedLog["during"] = { gate: null, rows: null };
  const committed = (): number[] => log.filter(({ open }) => !open).map(({ seq }) => seq);
  return {
    during,
    committed,
    gate: async () => {
      const lowest = log.find(({ open }) => open)?.seq ?? log.length + 1;
      taken(during, "gate");
      return lowest - 1;
    },
    rows: async <Row extends object>(_sql: string, params: Parameters<Rows>[1] = []): Promise<Row[]> => {
      const [after, upTo, limit] = params as [number, number, number];
      const found = log.filter(({ seq, open }) => !open && seq > after && seq <= upTo).slice(0, limit);
      taken(during, "rows");
      return found.map(({ open: _open, ...stir }) => stir) as object[] as Row[];
    },
    begin: (count, over = {}) => {
      const mine = Array.from({ length: count }, (_, index) => ({
        ...STIR,
        ...over,
        seq: log.length + index + 1,
        open: true,
      }));
      log.push(...mine);
      return () => {
        for (const row of mine) row.open = false;
      };
    },
  };
}
