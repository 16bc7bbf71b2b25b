import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { givenDesk, type Desk } from "../../command/attestry.js";
import type { Config } from "../../../src/config.js";
import { keepRunning, type KeptRunning } from "../kept-running.js";
import { until } from "../soon.js";

/** Gateways and workers as operators run them, on one database. */
export interface Processes extends AsyncDisposable {
  readonly desk: Desk;
  readonly urls: readonly string[];
  readonly gateways: readonly KeptRunning[];
  readonly workers: readonly KeptRunning[];
  /** Resolves when every gateway takes requests, and has its database. */
  readonly ready: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const READY_MS = 60_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

const environmentOf = (config: Config): Record<string, string> => ({
  DATABASE_URL: config.databaseUrl,
  DATABASE_POOL_SIZE: String(config.databasePoolSize),
  DOCUMENTS_FOLDER: config.documentsFolder,
  ATTESTRY_MASTER_KEY: config.masterKey.toString("base64url"),
  ATTESTRY_INDEX_KEY: config.indexKey.toString("base64url"),
  COST_PER_MINUTE: String(config.costPerMinute),
  PROVIDER: config.provider.kind,
  WORKERS: "0",
  DRAIN_SECONDS: "5",
  LOG_LEVEL: "debug",
});

export async function givenProcesses(
  config: Config,
  counts: { gateways: number; workers: number },
): Promise<Processes> {
  const environment = environmentOf(config);
  const desks: Desk[] = [];
  const deskOf = (over: Record<string, string>): Desk => {
    const desk = givenDesk({ ...environment, ...over });
    desks.push(desk);
    return desk;
  };
  const ports = await Promise.all(Array.from({ length: counts.gateways }, freePort));
  const gateways = ports.map((port) => {
    const desk = deskOf({ PORT: String(port) });
    return keepRunning(() => desk.start("start"));
  });
  const workers = Array.from({ length: counts.workers }, () => {
    const desk = deskOf({});
    return keepRunning(() => desk.start("worker", "--at-once", "10"));
  });
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  const isReady = (url: string): Promise<boolean> =>
    fetch(`${url}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  const stop = async (): Promise<void> => {
    await Promise.all([...gateways, ...workers].map((one) => one.stop()));
  };
  return {
    desk: deskOf({}),
    urls,
    gateways,
    workers,
    ready: () =>
      until(
        async () => (await Promise.all(urls.map(isReady))).every(Boolean),
        () => "every gateway to be ready",
        READY_MS,
      ),
    stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
      for (const desk of desks) desk[Symbol.dispose]();
    },
  };
}
