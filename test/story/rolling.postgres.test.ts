import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BEGINNING, type Event } from "../../src/client/create-attestry-client.js";
import { readEvents } from "../../src/event/read.js";
import { randomId } from "../../src/kernel/id.js";
import { systemClock } from "../../src/kernel/instant.js";
import { cursorsOf, quickClient } from "../client/told.js";
import { givenDesk, type Desk, type Running } from "../command/attestry.js";
import { givenBalancer, type Balancer } from "../support/balancer.js";
import { data } from "../support/ask.js";
import { givenWorld, type World } from "../support/given.js";
import { until } from "../support/soon.js";
import { givenTraffic, type Traffic } from "../support/traffic.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const STORY_MS = 180_000;
const WAIT_MS = 60_000;

/** What the next version brings: a column that may be empty, a table, and an index that is made while everybody writes. */
const EXPAND = `import { Migration } from '@mikro-orm/migrations';

export class Migration20991201000000 extends Migration {
  override name = 'Migration20991201000000';
  override up(): void {
    this.addSql('alter table participant add column motto text collate "C" null;');
    this.addSql('create table greeting (participant_id text collate "C" not null primary key references participant (id), words text not null);');
  }
  override down(): void {
    this.addSql('drop table greeting;');
    this.addSql('alter table participant drop column motto;');
  }
}
`;
const INDEX = `import { Migration } from '@mikro-orm/migrations';

export class Migration20991201000001 extends Migration {
  override name = 'Migration20991201000001';
  override isTransactional(): boolean {
    return false;
  }
  override up(): void {
    this.addSql('set lock_timeout = 0;');
    this.addSql('drop index concurrently if exists event_occurred_at_index;');
    this.addSql('create index concurrently event_occurred_at_index on event (occurred_at);');
  }
  override down(): void {
    this.addSql('drop index concurrently if exists event_occurred_at_index;');
  }
}
`;

/** The sources of the next version, which reads the new column wherever it reads a participant. Answers its command. */
function nextVersion(folder: string): string {
  for (const name of ["src", "scripts", "package.json", ".swcrc"])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const migrations = join(folder, "src/migration/postgres");
  writeFileSync(join(migrations, "Migration20991201000000.ts"), EXPAND);
  writeFileSync(join(migrations, "Migration20991201000001.ts"), INDEX);
  const participant = join(folder, "src/network/participant.ts");
  const text = readFileSync(participant, "utf8");
  const widened = text.replace("name: p.text().unique(),", "name: p.text().unique(),\n    motto: p.text().nullable(),");
  expect(widened).not.toBe(text);
  writeFileSync(participant, widened);
  return join(folder, "scripts/attestry.mjs");
}

/** A gateway in a process of its own. */
interface Started {
  readonly url: string;
  readonly process: Running;
}

async function started(desk: Desk): Promise<Started> {
  const process = desk.start("start");
  const [, url] = await process.line(/"url":"([^"]+)"/);
  return { url: url!, process };
}

/** Takes a gateway out as a balancer does, and lets it end by itself. */
async function retired(balancer: Balancer, { url, process }: Started): Promise<number | null> {
  await balancer.leave(url);
  process.signal("SIGTERM");
  return (await process.ended).code;
}

describe("gateways that are replaced one by one by a version with migrations, under traffic", () => {
  const folder = mkdtempSync(join(tmpdir(), "attestry-next-"));
  const stopping = new AbortController();
  const heard: Event[] = [];
  let world: World;
  let desks: { readonly old: Desk; readonly next: Desk };
  let traffic: Traffic;
  let log: readonly string[];
  const seen = {
    migrated: "",
    oldDown: "",
    oldStart: "",
    exits: [] as (number | null)[],
    doneAt: { migrated: 0, mixed: 0, next: 0, end: 0 },
    newReads: {},
    losses: 0,
  };

  beforeAll(async () => {
    world = await givenWorld({ clock: systemClock, newId: randomId });
    const { config } = world.app;
    const environment = {
      DATABASE_URL: config.databaseUrl,
      DOCUMENTS_FOLDER: config.documentsFolder,
      ATTESTRY_MASTER_KEY: config.masterKey.toString("base64url"),
      ATTESTRY_INDEX_KEY: config.indexKey.toString("base64url"),
      COST_PER_MINUTE: "100000000",
      DATABASE_POOL_SIZE: "10",
      PROVIDER: "sandbox",
      WORKERS: "2",
      PORT: "0",
    };
    desks = { old: givenDesk(environment), next: givenDesk(environment, nextVersion(folder)) };
    const [one, other] = await Promise.all([started(desks.old), started(desks.old)]);
    await using balancer = await givenBalancer(one.url, other.url);
    traffic = givenTraffic(balancer.url, world, 3);
    const client = quickClient({
      url: balancer.url,
      token: world.fintech.token,
      onRetry: ({ failures }) => (seen.losses += Number(failures === 1)),
    });
    const following = (async () => {
      for await (const event of client.events({ after: BEGINNING, signal: stopping.signal })) heard.push(event);
    })();
    const more = (count: number): Promise<void> => {
      const enough = traffic.done.length + count;
      return until(
        () => traffic.done.length >= enough,
        () => `${count} more to be done: ${traffic.failures.join("; ")}`,
        WAIT_MS,
      );
    };
    try {
      await more(5);
      seen.migrated = (await desks.next.run("migrate")).out;
      seen.doneAt.migrated = traffic.done.length;
      await more(5);
      const down = await desks.old.run("migrate", "--down", "--yes");
      seen.oldDown = `${down.code} ${down.err}`;
      const late = await started(desks.old);
      seen.oldStart = late.url;
      balancer.join(late.url);
      const first = await started(desks.next);
      balancer.join(first.url);
      await more(5);
      seen.doneAt.mixed = traffic.done.length;
      seen.newReads = await data(first, world.bank.token, "{ viewer { participant { name } } }");
      for (const old of [one, other, late]) {
        seen.exits.push(await retired(balancer, old));
        await more(3);
      }
      seen.doneAt.next = traffic.done.length;
      await more(3);
      await traffic.stop();
      seen.doneAt.end = traffic.done.length;
      const { events } = await readEvents(
        world.app.context(world.fintech.actor).read,
        null,
        { types: null, entityIds: null },
        1_000_000,
      );
      log = cursorsOf(events);
      await until(
        () => heard.at(-1)?.cursor === log.at(-1),
        () => "the stream to hear the last event",
        WAIT_MS,
      );
      seen.exits.push(await retired(balancer, first));
    } finally {
      await traffic.stop();
      stopping.abort();
      await following.catch(() => undefined);
    }
  }, STORY_MS);

  afterAll(async () => {
    desks.old[Symbol.dispose]();
    desks.next[Symbol.dispose]();
    await world[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  it("run the migrations beside the old gateways, which go on", () => {
    expect(seen.migrated).toContain("Migration20991201000000, Migration20991201000001");
    expect(seen.doneAt.mixed).toBeGreaterThanOrEqual(seen.doneAt.migrated + 10);
  });

  it("fail no request, but those that are to be sent again", () => expect(traffic.failures).toEqual([]));

  it("lose, repeat and reorder no event for whoever follows", () => {
    expect(cursorsOf(heard)).toEqual(log);
    expect(seen.losses).toBeGreaterThan(0);
  });

  it("end by themselves, each", () => expect(seen.exits).toEqual([0, 0, 0, 0]));

  it("start of the old version beside migrations that it does not know", () => expect(seen.oldStart).toMatch(/^http:/));

  it("cannot take back with the old version what only the new one knows", () =>
    expect(seen.oldDown).toMatch(/^1 The last migration, Migration20991201000001, is of a newer version/));

  it("read the new column in the new version", () =>
    expect(seen.newReads).toEqual({ viewer: { participant: { name: "Bank" } } }));

  it("hold what was acknowledged, whichever version did it", async () => {
    const ids = traffic.done.map(({ certificateId }) => certificateId);
    const rows = await world.app.store.rows("select id from certificate where id in ??", [ids]);
    expect(rows).toHaveLength(new Set(ids).size);
    const verifications = traffic.done.map(({ verificationId }) => verificationId);
    expect(await world.app.store.rows("select id from verification where id in ??", [verifications])).toHaveLength(
      verifications.length,
    );
  });

  it(
    "go back with the new version, after which the old tables are left",
    async () => {
      const index = await desks.next.run("migrate", "--down", "--yes");
      const expand = await desks.next.run("migrate", "--down", "--yes");
      expect([index.out, expand.out]).toEqual([
        "Taken back: Migration20991201000001\n",
        "Taken back: Migration20991201000000\n",
      ]);
      expect((await desks.old.run("migrate", "--list")).out).toContain("up to date");
      expect(
        await world.app.store.rows("select 1 from information_schema.columns where column_name = 'motto'"),
      ).toEqual([]);
    },
    WAIT_MS,
  );
});
