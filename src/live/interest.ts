import type { Stir } from "./tail.js";

/** Whoever wants to know of events: of some entities, or of all of one participant. */
export interface Interested {
  readonly participantId: string;
  /** Null for every entity. */
  readonly entityIds: () => ReadonlySet<string> | null;
  /** Told once for all that is new at one time. */
  readonly stirred: (stirs: readonly Stir[]) => void;
}

/** Finds whom an event concerns by an index, however many others there are. */
export interface Interests {
  readonly add: (one: Interested) => void;
  readonly remove: (one: Interested) => void;
  readonly tell: (stirs: readonly Stir[]) => void;
  /** How many are known. */
  readonly size: () => number;
}

export function createInterests(): Interests {
  const byEntity = new Map<string, Set<Interested>>();
  const byParticipant = new Map<string, Set<Interested>>();
  const places = new Map<
    Interested,
    { readonly index: Map<string, Set<Interested>>; readonly keys: readonly string[] }
  >();
  return {
    add(one) {
      const ids = one.entityIds();
      const index = ids ? byEntity : byParticipant;
      const keys = ids ? [...ids].map((id) => `${one.participantId} ${id}`) : [one.participantId];
      for (const key of keys) index.set(key, (index.get(key) ?? new Set()).add(one));
      places.set(one, { index, keys });
    },
    remove(one) {
      const place = places.get(one);
      for (const key of place?.keys ?? []) {
        const set = place!.index.get(key);
        set?.delete(one);
        if (set?.size === 0) place!.index.delete(key);
      }
      places.delete(one);
    },
    tell(stirs) {
      const concerned = new Map<Interested, Stir[]>();
      for (const stir of stirs) {
        const { participantId, entityId } = stir;
        for (const set of [byEntity.get(`${participantId} ${entityId}`), byParticipant.get(participantId)])
          for (const one of set ?? []) {
            const its = concerned.get(one);
            if (its) its.push(stir);
            else concerned.set(one, [stir]);
          }
      }
      for (const [one, its] of concerned) one.stirred(its);
    },
    size: () => places.size,
  };
}
