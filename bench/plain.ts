import type { EntityManager, EntitySchema } from "@mikro-orm/core";
import { raw } from "@mikro-orm/core";
import DataLoader from "dataloader";
import { connection, type Batch, type Load } from "../src/graph/load.js";
import type { Relation } from "../src/graph/relation.js";
import type { Source } from "../src/graph/source.js";
import type { Actor } from "../src/kernel/actor.js";
import type { Instant } from "../src/kernel/instant.js";
import type { Reader } from "../src/kernel/reader.js";
import { notFound } from "../src/kernel/failure.js";
import type { Page } from "../src/kernel/page.js";
import type { Sql } from "../src/kernel/table.js";
import { permit } from "../src/network/permit.js";

/** One DataLoader for each name, as it comes. */
export function createPlainBatch(): Batch {
  const loaders = new Map<string, DataLoader<unknown, unknown>>();
  return <Key, Value>(name: string, work: (keys: readonly Key[]) => Promise<readonly Value[]>) => {
    const loader = loaders.get(name) ?? new DataLoader<unknown, unknown>((keys) => work(keys as readonly Key[]));
    loaders.set(name, loader);
    return (key: Key) => loader.load(key) as Promise<Value>;
  };
}

/**
 * The way that is usual with an ORM, to measure against: one `em.find` for each batch of a DataLoader, entities hydrated.
 * Permissions, predicates, orders and limits are those of the declared sources and relations, so that answers are equal.
 */
export function createPlainLoad({ actor, now }: Pick<Reader, "actor" | "now">, em: EntityManager, batch: Batch): Load {
  const allow = ({ verb }: Source<never>): void => {
    if (verb) permit(actor, verb);
  };
  const find = finderOf(actor, now, em);
  const load: Load = {
    one: async (source, id) => {
      allow(source);
      return id ? batch(source.name, (ids: readonly string[]) => byId(find, source, ids))(id) : null;
    },
    must: async (source, id) => {
      const row = await load.one(source, id);
      if (!row) throw notFound(source.name.charAt(0).toUpperCase() + source.name.slice(1));
      return row;
    },
    many: async (relation, key) => {
      allow(relation.source);
      return batch(relation.name, (keys: readonly string[]) => byKey(find, relation, keys))(key);
    },
    page: async (relation, key, window, filter) => {
      allow(relation.source);
      const where = { [relation.key]: key };
      const rows = await find.rows(relation.source, { ...where, ...beyond(window) }, filter, NEWEST, window.first + 1);
      return connection(rows as never, window, () => find.count(relation.source, where, filter)) as never;
    },
    all: async (source, window, filter) => {
      allow(source);
      const rows = await find.rows(source, beyond(window), filter, NEWEST, window.first + 1);
      return connection(rows as never, window, () => find.count(source, {}, filter)) as never;
    },
  };
  return load;
}

type Where = Readonly<Record<string, unknown>>;

const NEWEST = "t.id desc";

interface Finder {
  rows<Row extends object>(
    source: Source<Row>,
    where: Where,
    filter?: Sql,
    order?: string,
    limit?: number,
  ): Promise<Row[]>;
  count(source: Source<never>, where: Where, filter?: Sql): Promise<number>;
}

/** A condition over the alias `t`, as the ORM takes one beside its own. */
const condition = ({ text, params }: Sql): Where =>
  text === "1 = 1" ? {} : { [raw((alias) => text.replaceAll(/\bt\./g, `${alias}.`), params as unknown[])]: [] };

const ordering = (order: string): Where =>
  Object.fromEntries(
    order.split(", ").map((part) => {
      const [, term = part, way] = /^(.*?)( desc)?$/.exec(part) ?? [];
      return [raw((alias) => term.replaceAll(/\bt\./g, `${alias}.`)), way ? "desc" : "asc"];
    }),
  );

function finderOf(actor: Actor, now: Instant, em: EntityManager): Finder {
  const whole = (source: Source<never>, where: Where, filter?: Sql): Where => ({
    ...where,
    ...condition(source.visible(actor, now)),
    ...(filter && condition(filter)),
  });
  return {
    rows: async <Row extends object>(source: Source<Row>, where: Where, filter?: Sql, order?: string, limit?: number) =>
      (await em.find(source.table as EntitySchema<Row>, whole(source, where, filter) as never, {
        ...(order && { orderBy: ordering(order) as never }),
        ...(limit !== undefined && { limit }),
      })) as Row[],
    count: (source, where, filter) => em.count(source.table as EntitySchema<object>, whole(source, where, filter)),
  };
}

async function byId<Row extends object>(find: Finder, source: Source<Row>, ids: readonly string[]) {
  const rows = await find.rows(source, { id: { $in: [...ids] } });
  const found = new Map(rows.map((row) => [(row as { id: string }).id, row]));
  return ids.map((id) => found.get(id) ?? null);
}

async function byKey<Row extends object>(find: Finder, relation: Relation<Row>, keys: readonly string[]) {
  const { source, key, order, limit } = relation;
  const rows = await find.rows(source, { [key]: { $in: [...keys] } }, undefined, order);
  const groups = new Map<unknown, Row[]>(keys.map((one) => [one, []]));
  for (const row of rows) groups.get((row as Record<string, unknown>)[key])?.push(row);
  return keys.map((one) => groups.get(one)!.slice(0, limit ?? undefined));
}

const beyond = ({ after }: Page): Where => (after === null ? {} : { id: { $lt: after } });
