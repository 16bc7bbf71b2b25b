import type { App } from "../../src/app.js";
import type { Server } from "../../src/server/http.js";
import type { TestOptions } from "./app.js";
import { givenWorld, type World } from "./given.js";
import { givenSpread } from "./spread.js";

/** The world behind a gateway that listens; or behind several, and a balancer before them that stands for one. */
export interface Gateway extends World, Server {}

/** Over how many gateways requests are spread in this run: each story is the same whichever of them answers. */
const SPREAD = Number(process.env["ATTESTRY_TEST_SPREAD"] ?? 1);

const WORKERS = 2;

export async function givenGateway(options: TestOptions = {}): Promise<Gateway> {
  const world = await givenWorld(options);
  return SPREAD > 1 ? spreadGateway(world, SPREAD) : oneGateway(world);
}

async function oneGateway(world: World): Promise<Gateway> {
  const { url, close } = await world.app.listen();
  const dispose = async (): Promise<void> => {
    await close();
    await world[Symbol.asyncDispose]();
  };
  return { ...world, url, close, [Symbol.asyncDispose]: dispose };
}

const anothers = ({ another }: World, count: number): Promise<App[]> =>
  Promise.all(Array.from({ length: count }, () => another()));

/** What tests do by themselves they do at the first; their requests come to any, and work is done by others still. */
async function spreadGateway(world: World, count: number): Promise<Gateway> {
  const gateways = [world.app, ...(await anothers(world, count - 1))];
  const workers = await anothers(world, WORKERS);
  const servers: Server[] = [];
  for (const app of gateways) servers.push(await app.listen());
  const spread = await givenSpread(servers.map(({ url }) => url));
  const end = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()));
    await spread[Symbol.asyncDispose]();
  };
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => (closed ??= end());
  const dispose = async (): Promise<void> => {
    await close();
    for (const app of [...gateways.slice(1), ...workers]) await app[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
  };
  return { ...world, workers, url: spread.url, close, [Symbol.asyncDispose]: dispose };
}
