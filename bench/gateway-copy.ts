import Database from "better-sqlite3";
import pg from "pg";

/** So many rows a statement: enough that a round trip to the server does not matter. */
const PAGE = 5_000;

type Cell = string | number | null;

const tablesOf = (source: Database.Database): string[] =>
  source
    .prepare<[], { name: string }>(
      "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name not like 'mikro_orm_%'",
    )
    .all()
    .map(({ name }) => name);

async function copyTable(source: Database.Database, target: pg.Client, table: string): Promise<void> {
  const { rows: columns } = await target.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
      where table_schema = 'public' and table_name = $1 order by ordinal_position`,
    [table],
  );
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  const arrays = columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(", ");
  const text = `insert into "${table}" (${names}) select * from unnest(${arrays})`;
  let page: Cell[][] = [];
  const send = async (): Promise<void> => {
    if (page.length === 0) return;
    const values = columns.map((_, place) => page.map((row) => row[place] ?? null));
    page = [];
    await target.query(text, values);
  };
  for (const row of source.prepare(`select ${names} from "${table}"`).raw().iterate()) {
    page.push(row as Cell[]);
    if (page.length === PAGE) await send();
  }
  await send();
}

/** Brings the rows of a SQLite file into PostgreSQL tables that are empty, past their triggers: what was allowed there need not be judged again. */
export async function copyRows(path: string, url: string): Promise<void> {
  const source = new Database(path, { readonly: true });
  const target = new pg.Client(url);
  await target.connect();
  try {
    await target.query("begin; set local session_replication_role = replica; set local synchronous_commit = off");
    for (const table of tablesOf(source)) await copyTable(source, target, table);
    await target.query("select setval('event_seq_seq', greatest(1, (select max(seq) from event)))");
    await target.query("commit");
    await target.query("vacuum analyze");
  } finally {
    await target.end();
    source.close();
  }
}
