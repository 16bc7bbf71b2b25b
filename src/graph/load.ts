import DataLoader from "dataloader";
import { notFound } from "../kernel/failure.js";
import { encodeCursor, type Page } from "../kernel/page.js";
import type { Reader } from "../kernel/reader.js";
import { column, columns, names, sql, type Choice, type Narrowing, type Sql, type Way } from "../kernel/table.js";
import { permit } from "../network/permit.js";
import type { Relation } from "./relation.js";
import type { Source } from "./source.js";

/** One page of a list, as every connection of the schema shows it. */
export interface Connection<Row> {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  /** Counted only where somebody asks. */
  readonly totalCount: () => Promise<number>;
}

/** Answers many keys with one call: everything that one moment of execution asks for under the same name. */
export type Batch = <Key, Value>(
  name: string,
  work: (keys: readonly Key[]) => Promise<readonly Value[]>,
) => (key: Key) => Promise<Value>;

export interface Load {
  /** The row, if there is one and the caller may see it. */
  one<Row extends object>(source: Source<Row>, id: string | null | undefined): Promise<Row | null>;
  /** The row that another row refers to. */
  must<Row extends object>(source: Source<Row>, id: string): Promise<Row>;
  many<Row extends object>(relation: Relation<Row>, key: string): Promise<readonly Row[]>;
  page<Row extends object>(
    relation: Relation<Row>,
    key: string,
    window: Page,
    filter?: Narrowing,
  ): Promise<Connection<Row>>;
  /** A page of everything that is visible, not of one key. */
  all<Row extends object>(source: Source<Row>, window: Page, filter?: Narrowing): Promise<Connection<Row>>;
}

/**
 * The questions of one request, and how it forgets the answers. Every question about one key has one promise: the loader would make
 * another for each who asks again, and where hundreds of blocks name the same few furnishers those promises cost more than the
 * statement.
 */
export function createBatch(): { readonly batch: Batch; readonly forget: () => void } {
  const askers = new Map<string, (key: unknown) => Promise<unknown>>();
  const batch = <Key, Value>(name: string, work: (keys: readonly Key[]) => Promise<readonly Value[]>) => {
    const ask = askers.get(name) ?? memoized(new DataLoader((keys: readonly Key[]) => work(keys), { cache: false }));
    askers.set(name, ask);
    return ask as (key: Key) => Promise<Value>;
  };
  return { batch, forget: () => askers.clear() };
}

function memoized<Key, Value>(loader: DataLoader<Key, Value>): (key: Key) => Promise<Value> {
  const asked = new Map<Key, Promise<Value>>();
  return (key) => {
    const answer = asked.get(key) ?? loader.load(key);
    asked.set(key, answer);
    return answer;
  };
}

/** The condition that everything meets. */
const ANY = "1 = 1";

const NO_FILTER: Narrowing = sql(ANY);

const NOTHING = Promise.resolve(null);

function missing({ name }: Source<never>): never {
  throw notFound(name.charAt(0).toUpperCase() + name.slice(1));
}

/** Loaders over the declared sources and relations: one statement a step, however many rows ask. */
export function createLoad(read: Reader, batch: Batch): Load {
  const allow = ({ verb }: Source<never>): void => {
    if (verb) permit(read.actor, verb);
  };
  const existing = new Map<Promise<object | null>, Promise<object>>();
  const load: Load = {
    one: (source, id) => {
      allow(source);
      return id ? batch(source.name, (ids: readonly string[]) => byId(read, source, ids))(id) : NOTHING;
    },
    must: <Row extends object>(source: Source<Row>, id: string) => {
      const row = load.one(source, id);
      const found = existing.get(row) ?? row.then((one) => one ?? missing(source));
      existing.set(row, found);
      return found as Promise<Row>;
    },
    many: (relation, key) => {
      allow(relation.source);
      return batch(relation.name, (keys: readonly string[]) => byKey(read, relation, keys))(key);
    },
    page: async (relation, key, window, filter = NO_FILTER) => {
      allow(relation.source);
      const name = `${relation.name} ${JSON.stringify([window, filter])}`;
      const rows = await batch(name, (keys: readonly string[]) => pages(read, relation, keys, window, filter))(key);
      const count = batch(`count of ${name}`, (keys: readonly string[]) => counts(read, relation, keys, filter));
      return connection(rows as readonly { id: string }[], window, () => count(key)) as never;
    },
    all: async (source, window, filter = NO_FILTER) => {
      allow(source);
      const rows = await newest(read, source, partsOf(read, source, filter), window);
      const total = async (): Promise<number> => {
        const { text, params } = countOf(read, source, filter);
        const [row] = await read.rows<{ n: number | string }>(text, params);
        return Number(row?.n ?? 0);
      };
      return connection(rows as readonly { id: string }[], window, total) as never;
    },
  };
  return load;
}

/** What is selected of a source. */
const listOf = ({ table, apart }: Source<never>): string => columns(table, "t", apart);

/** The limit keeps the order: left to choose, SQLite would rather read all that the caller has than look up a list of ids. */
const foundById = ({ table, apart }: Source<never>): string =>
  `(select ${names(table, apart)} from ${table.meta.tableName} where id in ?? limit ?)`;

async function byId<Row extends object>(
  read: Reader,
  source: Source<Row>,
  ids: readonly string[],
): Promise<(Row | null)[]> {
  const visible = source.visible(read.actor, read.now);
  const rows = await read.rows<Row & { id: string }>(
    `select ${listOf(source)} from ${foundById(source)} t where ${visible.text}`,
    [ids, ids.length, ...visible.params],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id) ?? null);
}

async function byKey<Row extends object>(
  read: Reader,
  relation: Relation<Row>,
  keys: readonly string[],
): Promise<Row[][]> {
  const { source, key, order, limit } = relation;
  const visible = source.visible(read.actor, read.now);
  const matching = `from ${source.table.meta.tableName} t where t.${column(key)} in ?? and ${visible.text}`;
  const listed = listOf(source);
  const rows =
    limit === null
      ? await read.rows<Row>(`select ${listed} ${matching} order by ${order}`, [keys, ...visible.params])
      : await read.rows<Row>(
          `select * from (select ${listed}, row_number() over (partition by t.${column(key)} order by ${order}) as n
                      ${matching}) ranked
      where n <= ? order by n`,
          [keys, ...visible.params, limit],
        );
  return grouped(rows, key, keys);
}

async function pages<Row extends object>(
  read: Reader,
  relation: Relation<Row>,
  keys: readonly string[],
  window: Page,
  filter: Narrowing,
): Promise<Row[][]> {
  const { source, key } = relation;
  const from = `${source.table.meta.tableName} t`;
  const visible = source.visible(read.actor, read.now);
  if (keys.length === 1) {
    // As one value and no list: left to choose, SQLite would rather read all that the caller has in the order of the ids.
    const part = { from, by: "t.id", where: all([sql(`t.${column(key)} = ?`, keys[0]!), visible, filter]) };
    return grouped(await newest<Row>(read, source, [part], window), key, keys);
  }
  const where = all([sql(`t.${column(key)} in ??`, keys), visible, filter, ...beyond(window)]);
  const rows = await read.rows<Row>(
    `select * from (select ${listOf(source)}, row_number() over (partition by t.${column(key)} order by t.id desc) as n
                      from ${from} where ${where.text}) ranked
      where n <= ? order by n`,
    [...where.params, window.first + 1],
  );
  return grouped(rows, key, keys);
}

/** A list that is read in the order of one column. */
type Part = Pick<Way, "from" | "by" | "where">;

/** What names the rows of a choice: the table itself, or another. */
function namesOf(
  { actor, now }: Reader,
  { table, visible, listed }: Source<never>,
  { way }: Choice,
  visibly: "amongAll" | "oneByOne",
): Part {
  const own = listed?.(actor);
  if (way && !own) throw new Error(`Nothing says what is visible of ${table.meta.tableName} by another way.`);
  if (way) return { ...way, where: all([way.where, own![visibly](way.by)]) };
  return own?.way ?? { from: `${table.meta.tableName} t`, by: "t.id", where: visible(actor, now) };
}

/** With the rows themselves, as far as they pass. A cross join keeps its order: a list is read by the table that stands first. */
function withRows({ table }: Source<never>, { from, by, where }: Part, choice: Choice): Part {
  if (by === "t.id") return { from, by, where: all([where, choice]) };
  return { from: `${from} cross join ${table.meta.tableName} t`, by, where: all([where, sql(`t.id = ${by}`), choice]) };
}

/** What is visible and passes a filter, in the pieces of which each is read from an index of its own; each row once. */
function partsOf(read: Reader, source: Source<never>, filter: Narrowing): Part[] {
  const once = source.listed?.(read.actor).way.once;
  return (filter.each?.length ? filter.each : [filter]).map((choice) => {
    const part = withRows(source, namesOf(read, source, choice, "oneByOne"), choice);
    return once && !choice.way ? { ...part, where: all([part.where, once]) } : part;
  });
}

/** How many there are. Where nothing is asked of the rows themselves, whoever names them is enough. */
function countOf(read: Reader, source: Source<never>, filter: Narrowing): Sql {
  const named = namesOf(read, source, filter, "amongAll");
  const { from, by, where } = filter.text === ANY ? named : withRows(source, named, filter);
  const counted = source.listed && !filter.way ? `distinct ${by}` : "*";
  return sql(`select count(${counted}) as n from ${from} where ${where.text}`, ...where.params);
}

/** One list needs no ranking: an index in the order of the ids ends it after a page, however long it is. */
function newest<Row extends object>(
  read: Reader,
  source: Source<Row>,
  parts: readonly Part[],
  window: Page,
): Promise<Row[]> {
  const limit = window.first + 1;
  const lists = parts.map(({ from, by, where }) => {
    const { text, params } = all([where, ...beyond(window, by)]);
    return sql(`select ${listOf(source)} from ${from} where ${text} order by ${by} desc limit ?`, ...params, limit);
  });
  const params = lists.flatMap((list) => list.params);
  if (lists.length === 1) return read.rows<Row>(lists[0]!.text, params);
  const merged = lists.map(({ text }, index) => `select * from (${text}) l${index}`).join(" union all ");
  return read.rows<Row>(`select * from (${merged}) t order by t.id desc limit ?`, [...params, limit]);
}

const beyond = ({ after }: Page, by = "t.id"): Sql[] => (after === null ? [] : [sql(`${by} < ?`, after)]);

const all = (parts: readonly Sql[]): Sql =>
  sql(parts.map(({ text }) => text).join(" and "), ...parts.flatMap(({ params }) => params));

async function counts(
  read: Reader,
  { source, key }: Relation<never>,
  keys: readonly string[],
  filter: Sql,
): Promise<number[]> {
  const visible = source.visible(read.actor, read.now);
  const rows = await read.rows<{ key: string; n: number | string }>(
    `select t.${column(key)} as key, count(*) as n from ${source.table.meta.tableName} t
      where t.${column(key)} in ?? and ${visible.text} and ${filter.text} group by t.${column(key)}`,
    [keys, ...visible.params, ...filter.params],
  );
  const found = new Map(rows.map((row) => [row.key, Number(row.n)]));
  return keys.map((one) => found.get(one) ?? 0);
}

function grouped<Row extends object>(rows: readonly Row[], key: string, keys: readonly string[]): Row[][] {
  const groups = new Map<string, Row[]>(keys.map((one) => [one, []]));
  for (const row of rows) groups.get(String((row as Record<string, unknown>)[key]))?.push(row);
  return keys.map((one) => groups.get(one) ?? []);
}

/** A connection of rows of which one more than the page was read, to see whether there are more. */
export function connection<Row extends { id: string }>(
  rows: readonly Row[],
  { first, after }: Page,
  totalCount: () => Promise<number>,
): Connection<Row> {
  const edges = rows.slice(0, first).map((node) => ({ cursor: encodeCursor(node.id), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}
