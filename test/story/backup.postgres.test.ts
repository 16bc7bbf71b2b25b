import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { backUp, FOLLOWED, startPostgres, startRestored, type PostgresServer } from "../../scripts/postgres.mjs";
import { createApp, type App } from "../../src/app.js";
import { publicKeys, verifyCertificate } from "../../src/certificate/sign.js";
import { readEvents, type EventPage } from "../../src/event/read.js";
import { randomId } from "../../src/kernel/id.js";
import { systemClock } from "../../src/kernel/instant.js";
import { audited, faultsIn } from "../support/audited.js";
import { givenWorld, partyIn, type Party, type World } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { until } from "../support/soon.js";
import { givenTraffic, type Done, type Traffic } from "../support/traffic.js";

const STORY_MS = 180_000;
const WAIT_MS = 60_000;

const EVERYTHING = { types: null, entityIds: null };

const page = ({ app }: Pick<World, "app">, party: Party, after: string | null, first = 1_000_000): Promise<EventPage> =>
  readEvents(partyIn({ app }, party).read, after, EVERYTHING, first);

const lastCursor = async (world: World): Promise<string> =>
  (await page(world, world.fintech, null)).events.at(-1)!.cursor;

/** A folder that the server, too, may use. */
function folderLike(like: string, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), name));
  const { uid, gid } = statSync(like);
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "files"));
  chownSync(join(folder, "files"), uid, gid);
  return join(folder, "files");
}

/** One statement, as the owner of a server. */
async function operate<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Everything that was logged so far lies in the archive. */
async function archived(url: string): Promise<void> {
  const [file] = await operate<{ name: string }>(url, "select pg_walfile_name(pg_switch_wal()) as name");
  await until(
    async () => {
      const [last] = await operate<{ name: string | null }>(
        url,
        "select last_archived_wal as name from pg_stat_archiver",
      );
      return (last?.name ?? "") >= file!.name;
    },
    () => "the log to be archived",
    WAIT_MS,
  );
}

/** Which ids of a table are missing. */
async function missing(app: App, table: string, ids: readonly string[]): Promise<string[]> {
  const rows = await app.store.rows<{ id: string }>(`select id from ${table} where id in ??`, [ids]);
  const there = new Set(rows.map(({ id }) => id));
  return ids.filter((id) => !there.has(id));
}

const missingOf = async (app: App, done: readonly Done[]): Promise<string[]> => [
  ...(await missing(
    app,
    "submission",
    done.map(({ submissionId }) => submissionId),
  )),
  ...(await missing(
    app,
    "certificate",
    done.map(({ certificateId }) => certificateId),
  )),
  ...(await missing(
    app,
    "verification",
    done.map(({ verificationId }) => verificationId),
  )),
];

describe("a server that is backed up while everybody writes, and restored to a point after it", () => {
  const folders: string[] = [];
  let primary: PostgresServer;
  let restored: PostgresServer;
  let world: World;
  let app: App;
  let traffic: Traffic;
  let before: { readonly done: readonly Done[]; readonly cursor: string };
  let after: { readonly done: readonly Done[]; readonly cursor: string };

  beforeAll(async () => {
    const archive = folderLike(process.cwd(), "attestry-archive-");
    const backup = mkdtempSync(join(tmpdir(), "attestry-backup-"));
    folders.push(join(archive, ".."), backup);
    const archiving = { archive_mode: "on", archive_command: `cp %p ${archive}/%f` };
    primary = await startPostgres({ settings: { ...FOLLOWED, ...archiving, synchronous_commit: "on" } });
    const { uid, gid } = statSync(join(primary.folder, "data"));
    chownSync(archive, uid, gid);
    process.env["ATTESTRY_TEST_POSTGRES"] = primary.urlOf("postgres");
    world = await givenWorld({
      clock: systemClock,
      newId: randomId,
      environment: { PROVIDER: "sandbox", WORKERS: "2" },
    });
    const { url, close } = await world.app.listen();
    traffic = givenTraffic(url, world, 3);
    const more = (count: number): Promise<void> => {
      const enough = traffic.done.length + count;
      return until(
        () => traffic.done.length >= enough,
        () => `${count} more to be done: ${traffic.failures.join("; ")}`,
        WAIT_MS,
      );
    };
    await more(3);
    await backUp(primary, backup);
    await more(5);
    const cursor = await lastCursor(world);
    const done = [...traffic.done];
    await operate(primary.urlOf("postgres"), "select pg_create_restore_point('agreed')");
    before = { done, cursor };
    await more(5);
    await traffic.stop();
    after = { done: traffic.done.slice(done.length), cursor: await lastCursor(world) };
    await close();
    await archived(primary.urlOf("postgres"));
    const settings = { restore_command: `cp ${archive}/%f %p`, recovery_target_name: "agreed" };
    restored = await startRestored(backup, { settings });
    app = await createApp({
      ...world.app.config,
      databaseUrl: restored.urlOf(new URL(world.app.config.databaseUrl).pathname.slice(1)),
      logLevel: "silent",
    });
  }, STORY_MS);

  afterAll(async () => {
    await app?.[Symbol.asyncDispose]();
    await restored?.stop();
    await world?.[Symbol.asyncDispose]();
    await primary?.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it("was written to without a failure meanwhile", () => expect(traffic.failures).toEqual([]));

  it("has its tables as they were", async () => expect(await app.store.migrate()).toEqual([]));

  it("holds whatever was acknowledged before the point", async () => {
    expect(before.done.length).toBeGreaterThanOrEqual(8);
    expect(await missingOf(app, before.done)).toEqual([]);
  });

  it("holds nothing of what came after it, by halves or whole", async () => {
    const lost = await missingOf(app, after.done);
    expect(lost).not.toEqual([]);
    const verdicts = await audited({ app });
    expect(faultsIn(verdicts)).toEqual([]);
    expect(verdicts.some(({ looked }) => looked > 0)).toBe(true);
  });

  it("has the log as one chain, which goes on from cursors of before", async () => {
    const { events } = await page({ app }, world.fintech, null);
    expect(events.map(({ previousCursor }) => previousCursor)).toEqual([
      null,
      ...events.slice(0, -1).map(({ cursor }) => cursor),
    ]);
    const place = events.findIndex(({ cursor }) => cursor === before.cursor);
    expect(place).toBeGreaterThan(0);
    expect((await page({ app }, world.fintech, before.cursor)).events).toEqual(events.slice(place + 1));
  });

  it("signs what it signed: its certificates verify", async () => {
    const rows = await app.store.rows<{ jws: string }>("select jws from certificate");
    const keys = await publicKeys(app.store.rows);
    expect(rows.length).toBeGreaterThanOrEqual(before.done.length);
    for (const { jws } of rows) expect(await verifyCertificate(jws, keys)).toBeTruthy();
  });

  it(
    "refuses a cursor of what it never heard of, now and when its own log has grown past it",
    async () => {
      const fintech = partyIn({ app }, world.fintech);
      expect(await refusal(page({ app }, fintech, after.cursor))).toMatchObject({ code: "CURSOR_INVALID" });
      await operate(app.config.databaseUrl, "select setval('event_seq_seq', nextval('event_seq_seq') + 1000000)");
      const { url, close } = await app.listen();
      try {
        const again = givenTraffic(url, { ...world, app }, 1, 5_000);
        await until(
          () => again.done.length >= 1,
          () => again.failures.join("; "),
          WAIT_MS,
        );
        await again.stop();
        expect(again.failures).toEqual([]);
      } finally {
        await close();
      }
      expect(await refusal(page({ app }, fintech, after.cursor))).toMatchObject({ code: "CURSOR_INVALID" });
      expect((await page({ app }, fintech, before.cursor)).events.length).toBeGreaterThan(4);
    },
    STORY_MS,
  );
});
