import type { Id } from "../../../src/kernel/id.js";

/** What clients were told, and so may rely on. */
export interface Ledger {
  readonly submissions: { readonly id: string; readonly attestationIds: readonly string[] }[];
  readonly uploads: { readonly id: string; readonly attestations: number }[];
  readonly queries: {
    readonly id: string;
    readonly charged: boolean;
    readonly price: string;
    readonly certificateId: string | null;
  }[];
  readonly runs: string[];
  readonly entities: { readonly participantId: Id<"par">; readonly handle: string; readonly id: string }[];
  readonly emails: Map<string, { readonly participantId: Id<"par">; readonly handle: string; readonly email: string }>;
  readonly consents: string[];
  readonly withdrawn: string[];
  readonly revoked: string[];
  readonly disputes: string[];
  readonly settled: string[];
  readonly members: string[];
  readonly unlinked: { readonly businessHandle: string; readonly memberHandle: string }[];
}

export const emptyLedger = (): Ledger => ({
  submissions: [],
  uploads: [],
  queries: [],
  runs: [],
  entities: [],
  emails: new Map(),
  consents: [],
  withdrawn: [],
  revoked: [],
  disputes: [],
  settled: [],
  members: [],
  unlinked: [],
});

/** What became of the calls of one kind. */
export interface Count {
  acknowledged: number;
  /** Tries beyond the first. */
  retried: number;
  /** By code, for good. */
  readonly refused: Map<string, number>;
}

/** Counts by kind of call, and why they were tried again. */
export interface Tally {
  readonly of: (kind: string) => Count;
  readonly kinds: () => readonly (readonly [string, Count])[];
  readonly causes: Map<string, number>;
}

export const add = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};

export function createTally(): Tally {
  const counts = new Map<string, Count>();
  return {
    of: (kind) => {
      const count = counts.get(kind) ?? { acknowledged: 0, retried: 0, refused: new Map() };
      counts.set(kind, count);
      return count;
    },
    kinds: () => [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    causes: new Map(),
  };
}
