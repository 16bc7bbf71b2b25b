import { setTimeout as pause } from "node:timers/promises";
import { BEGINNING, type Event } from "../../../src/client/create-attestry-client.js";
import { randomId } from "../../../src/kernel/id.js";
import { systemClock } from "../../../src/kernel/instant.js";
import { quickClient } from "../../client/told.js";
import { givenSpread } from "../spread.js";
import { ssnOf } from "../crowd.js";
import {
  ALL_KINDS,
  givenConsent,
  givenFurnished,
  givenRegistered,
  givenWorld,
  record,
  type Party,
  type World,
} from "../given.js";
import type { OwnPostgres } from "../own-postgres.js";
import { callsOf, SHARED_PEOPLE, sharedHandle, type Client } from "./calls.js";
import { diceOf, type Dice } from "./dice.js";
import type { Line } from "./insist.js";
import { createTally, emptyLedger, type Ledger, type Tally } from "./ledger.js";
import { givenProcesses, type Processes } from "./processes.js";

/** How hard it blows. */
export interface Force {
  readonly seed: number;
  readonly seconds: number;
  readonly clients: number;
  /** A process is killed about this often. */
  readonly killEveryMs: number;
  /** Whether nothing happens at all: what clients do to each other alone. */
  readonly calm?: boolean;
}

/** Whoever follows the log through all of it. */
export interface Follower {
  readonly party: Party;
  readonly heard: readonly Event[];
  readonly losses: () => number;
  /** Null while it follows; why it stopped otherwise. */
  readonly fault: () => unknown;
}

/** What a storm has left. */
export interface Aftermath {
  readonly world: World;
  readonly processes: Processes;
  readonly ledger: Ledger;
  readonly tally: Tally;
  readonly followers: readonly Follower[];
  readonly faults: readonly unknown[];
  readonly kills: readonly string[];
  readonly restarts: readonly string[];
  readonly seconds: number;
}

const GATEWAYS = 3;
const WORKERS = 2;

/** How long after the storm everybody has to be answered. */
const CALM_MS = 60_000;

export const givenStormWorld = async (server: OwnPostgres): Promise<World> => {
  const world = await givenWorld({
    at: server.url,
    clock: systemClock,
    newId: randomId,
    environment: { PROVIDER: "sandbox", DATABASE_POOL_SIZE: "20" },
  });
  const { bank, vendor, fintech, network } = world;
  for (let number = 1; number <= SHARED_PEOPLE; number += 1) {
    const person = { handle: sharedHandle(number), socialSecurityNumber: ssnOf(number) };
    await givenFurnished(vendor, [network], [{ ...record(ALL_KINDS), socialSecurityNumber: ssnOf(number) }]);
    for (const party of [bank, vendor, fintech]) await givenRegistered(party, person);
  }
  return world;
};

const consentsOf = (party: Party, network: string): Promise<string[]> =>
  Promise.all(
    Array.from({ length: SHARED_PEOPLE }, (_, index) =>
      givenConsent(party, network, { handle: sharedHandle(index + 1) }),
    ),
  );

/** Does one thing after the other, until it is over. */
async function live(client: Client, roles: Parameters<typeof callsOf>[0], isOver: () => boolean): Promise<void> {
  const calls = callsOf(roles);
  while (!isOver()) await client.dice.weighed(calls)(client);
}

function following(url: string, party: Party, signal: AbortSignal): Follower & { readonly ended: Promise<void> } {
  const heard: Event[] = [];
  let losses = 0;
  let fault: unknown = null;
  const client = quickClient({
    url,
    token: party.token,
    retry: { minMs: 20, maxMs: 500 },
    onRetry: ({ failures }) => void (losses += Number(failures === 1)),
  });
  const follow = async (): Promise<void> => {
    for await (const event of client.events({ after: BEGINNING, signal })) heard.push(event);
  };
  const ended = follow().catch((error: unknown) => void (fault = error));
  return { party, heard, losses: () => losses, fault: () => fault, ended };
}

/** Kills processes now and then, and takes the database away twice: once in order, once as a crash does. */
async function weather(
  { seconds, killEveryMs, calm = false }: Force,
  server: OwnPostgres,
  { gateways, workers }: Processes,
  dice: Dice,
): Promise<Pick<Aftermath, "kills" | "restarts">> {
  const kills: string[] = [];
  const restarts: string[] = [];
  const victims = [
    ...gateways.map((one, index) => [`gateway ${index + 1}`, one] as const),
    ...workers.map((one, index) => [`worker ${index + 1}`, one] as const),
  ];
  const endsAt = performance.now() + seconds * 1_000;
  const killing = async (): Promise<void> => {
    for (let turn = 0; ; turn += 1) {
      await pause(killEveryMs * (0.5 + dice.next()));
      if (performance.now() > endsAt) return;
      // At first each in turn, so that every storm kills both kinds.
      const [name, victim] = turn < 2 ? victims[turn * (victims.length - 1)]! : dice.pick(victims);
      kills.push(name);
      await victim.kill();
    }
  };
  const restarting = async (): Promise<void> => {
    for (const how of ["IN_ORDER", "BY_A_CRASH"] as const) {
      await pause((seconds * 1_000 * (0.8 + 0.4 * dice.next())) / 3);
      await server.halt(how);
      await pause(300 + dice.below(1_200));
      await server.resume();
      restarts.push(how);
    }
  };
  if (!calm) await Promise.all([killing(), restarting()]);
  await pause(Math.max(0, endsAt - performance.now()));
  return { kills, restarts };
}

/** Lets clients do their work while what serves them comes and goes; resolves when everybody was answered. */
export async function storm(force: Force, server: OwnPostgres, world: World): Promise<Aftermath> {
  const { bank, vendor, fintech, network } = world;
  const consents = new Map([
    [bank, await consentsOf(bank, network)],
    [fintech, await consentsOf(fintech, network)],
  ]);
  const dice = diceOf(force.seed);
  const processes = await givenProcesses(world.app.config, { gateways: GATEWAYS, workers: WORKERS });
  await processes.ready();
  const spread = await givenSpread(processes.urls, diceOf(dice.below(2 ** 31)).next);
  const [ledger, tally] = [emptyLedger(), createTally()];
  const stop = new AbortController();
  const parties = [bank, vendor, fintech];
  const followers = [...parties, ...parties].map((party) => following(spread.url, party, stop.signal));
  let isOver = false;
  let untilMs = Number.POSITIVE_INFINITY;
  const startedAt = performance.now();
  const clients = Array.from({ length: force.clients }, (_, number) => {
    const party = parties[number % parties.length]!;
    const own = diceOf(force.seed * 1_000 + number);
    const line: Line = { url: spread.url, tally, random: own.next, untilMs: () => untilMs };
    const memory = { count: 0, people: [], attestations: [], consents: [], business: null, members: [] };
    const client = {
      number,
      party,
      network,
      line,
      dice: own,
      ledger,
      consents: consents.get(party) ?? [],
      own: memory,
    };
    return live(client, { furnishes: party !== fintech, queries: party !== vendor }, () => isOver);
  });
  const living = Promise.allSettled(clients);
  const blown = await weather(force, server, processes, dice);
  isOver = true;
  untilMs = performance.now() + CALM_MS;
  const lives = await living;
  const seconds = (performance.now() - startedAt) / 1_000;
  await processes.ready();
  const faults = lives.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
  await settle(processes, world);
  await heardAll(followers, world);
  stop.abort();
  await Promise.all(followers.map(({ ended }) => ended));
  await spread[Symbol.asyncDispose]();
  return { world, processes, ledger, tally, followers, faults, ...blown, seconds };
}

const SETTLE_MS = 30_000;

/** Lets the leases of workers that were killed run out, and whoever is left do the work. */
async function settle({ desk }: Processes, { app }: World): Promise<void> {
  await desk.run("clock", "advance", "2m");
  const endsAt = performance.now() + SETTLE_MS;
  for (;;) {
    const left = await app.store.rows("select 1 from verification where status = 'PENDING' limit 1");
    if (left.length === 0 || performance.now() > endsAt) return;
    await pause(100);
  }
}

const HEARD_MS = 30_000;

async function heardAll(followers: readonly Follower[], { app }: World): Promise<void> {
  const endsAt = performance.now() + HEARD_MS;
  for (const { party, heard, fault } of followers)
    for (;;) {
      const [row] = await app.store.rows<{ n: number }>("select count(*) as n from event where participant_id = ?", [
        party.id,
      ]);
      if (heard.length >= row!.n || fault() !== null || performance.now() > endsAt) break;
      await pause(50);
    }
}
