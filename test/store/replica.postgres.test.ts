import pg from "pg";
import { pino } from "pino";
import {
  FOLLOWED,
  startPostgres,
  startReplica,
  type PostgresServer,
  type ReplicaServer,
} from "../../scripts/postgres.mjs";
import { createApp, type App } from "../../src/app.js";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { givenProxy } from "../support/cutting-proxy.js";
import { ask, data, refusalOf } from "../support/ask.js";
import {
  givenConsent,
  givenFurnished,
  givenRegistered,
  givenWorld,
  individual,
  record,
  type World,
} from "../support/given.js";
import { operation, QUERY } from "../support/operation.js";
import { soon, until } from "../support/soon.js";

const SERVERS_MS = 60_000;

const ENTITY = operation<{ entity: { handle: string } | null }, { handle: string }>(
  `query Entity($handle: String!) { entity(handle: $handle) { handle } }`,
);
const CERTIFICATE = operation<{ certificate: { status: string } | null }, { id: string }>(
  `query Certificate($id: ID!) { certificate(id: $id) { status } }`,
);
const EVENTS = operation<{ events: { edges: { node: { entity: { id: string } | null } }[] } }>(
  `query Events { events(types: [ENTITY_REGISTERED]) { edges { node { ... on EntityRegistered { entity { id } } } } } }`,
);
const REGISTER = operation<{ registerIndividual: { individual: { handle: string; displayName: string } } }>(
  `mutation Register($input: RegisterIndividualInput!) { registerIndividual(input: $input) { individual { handle displayName } } }`,
);

/** Sends one statement to a server, as its owner. */
async function told<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The world on a primary, and beside it another gateway that reads from a replica. */
interface Both extends World, AsyncDisposable {
  readonly beside: App;
  readonly url: string;
  /** What the gateway with the replica asked since the last `clear`. */
  readonly asked: { readonly primary: string[]; readonly replica: string[]; readonly clear: () => void };
  readonly faults: string[];
}

describe("a gateway with a read replica", () => {
  let primary: PostgresServer;
  let replica: ReplicaServer;

  beforeAll(async () => {
    primary = await startPostgres({ settings: { ...FOLLOWED, synchronous_commit: "on" } });
    replica = await startReplica(primary);
    process.env["ATTESTRY_TEST_POSTGRES"] = primary.urlOf("postgres");
  }, SERVERS_MS);

  afterAll(async () => {
    await replica?.remove();
    await primary?.stop();
  }, SERVERS_MS);

  /** Resolves when a replica has everything that is committed now. */
  const caughtUp = async (follower: ReplicaServer = replica): Promise<void> => {
    const [written] = await told<{ at: string }>(primary.urlOf("postgres"), "select pg_current_wal_flush_lsn() as at");
    await until(
      async () => {
        const [row] = await told<{ there: boolean }>(
          follower.urlOf("postgres"),
          `select pg_last_wal_replay_lsn() >= '${written!.at}' as there`,
        );
        return row!.there;
      },
      () => "the replica to catch up",
    );
  };

  const pause = () => told(replica.urlOf("postgres"), "select pg_wal_replay_pause()");
  const resume = () => told(replica.urlOf("postgres"), "select pg_wal_replay_resume()");

  async function givenBoth(through = (url: string): string => url): Promise<Both> {
    const world = await givenWorld();
    await caughtUp();
    const replicaUrl = replica.urlOf(new URL(world.app.config.databaseUrl).pathname.slice(1));
    const [onPrimary, onReplica, faults]: [string[], string[], string[]] = [[], [], []];
    const beside = await createApp(
      { ...world.app.config, replicaUrl: through(replicaUrl) },
      {
        clock: world.time.clock,
        onStatement: (sql, on) => void (on === "REPLICA" ? onReplica : onPrimary).push(sql),
        log: pino(
          { level: "warn", base: null },
          { write: (line: string) => void (line.includes('"database"') && faults.push(line)) },
        ),
      },
    );
    const { url, close } = await beside.listen();
    const clear = (): void => {
      onPrimary.length = 0;
      onReplica.length = 0;
    };
    clear();
    return {
      ...world,
      beside,
      url,
      asked: { primary: onPrimary, replica: onReplica, clear },
      faults,
      [Symbol.asyncDispose]: async () => {
        await close();
        await beside[Symbol.asyncDispose]();
        await world[Symbol.asyncDispose]();
      },
    };
  }

  const readsOf = (statements: readonly string[], table: string): string[] =>
    statements.filter((sql) => sql.includes(`from ${table}`));

  it("reads what a query asks from the replica, and asks the database only who asks and how far it is", async () => {
    await using both = await givenBoth();
    await givenRegistered(both.fintech);
    await caughtUp();
    expect(await data(both, both.fintech.token, ENTITY, { handle: "ada" })).toEqual({ entity: { handle: "ada" } });
    expect(readsOf(both.asked.replica, "registration")).not.toEqual([]);
    expect(readsOf(both.asked.primary, "registration")).toEqual([]);
    expect(both.asked.primary.filter((sql) => sql.includes("pg_current_wal_flush_lsn"))).toHaveLength(1);
    expect(both.asked.primary).toHaveLength(2);
  });

  it("asks once how far the database is for all who ask at the same time", async () => {
    await using both = await givenBoth();
    await givenRegistered(both.fintech);
    await Promise.all(Array.from({ length: 8 }, () => both.beside.store.reading()("select 1 as one")));
    expect(both.asked.primary.filter((sql) => sql.includes("pg_current_wal_flush_lsn"))).toHaveLength(1);
  });

  it("reads in a mutation from the database itself, before it is done and after", async () => {
    await using both = await givenBoth();
    const { registerIndividual } = await data(both, both.fintech.token, REGISTER, { input: individual() });
    expect(registerIndividual.individual.displayName).toContain("Ada");
    expect(both.asked.replica).toEqual([]);
  });

  it("answers what another gateway has just written, while the replica does not move", async () => {
    await using both = await givenBoth();
    await pause();
    try {
      await givenRegistered(both.fintech);
      expect(await data(both, both.fintech.token, ENTITY, { handle: "ada" })).toEqual({ entity: { handle: "ada" } });
      expect(readsOf(both.asked.replica, "registration")).toEqual([]);
      expect(both.faults).toEqual([]);
    } finally {
      await resume();
    }
    await caughtUp();
    both.asked.clear();
    await data(both, both.fintech.token, ENTITY, { handle: "ada" });
    expect(readsOf(both.asked.replica, "registration")).not.toEqual([]);
  });

  it("obeys a consent that was withdrawn and a role that was lost at once, while the replica does not move", async () => {
    await using both = await givenBoth();
    const { fintech, vendor, network } = both;
    await givenFurnished(vendor, [network], [record()]);
    await givenRegistered(fintech);
    const consentId = await givenConsent(fintech, network);
    const input = { consentId, networkIds: [network] };
    const { queryCertificate } = await data(both, fintech.token, QUERY, { input });
    const id = queryCertificate.certificate!.id;
    const networks = `{ viewer { networks { roles } } }`;
    await caughtUp();
    await pause();
    try {
      await fintech.commit((write) => withdrawConsent(write, { consentId }));
      expect((await data(both, fintech.token, CERTIFICATE, { id })).certificate).toEqual({ status: "REVOKED" });
      await both.app.commitAs(OPERATOR)((write) =>
        write.rows("delete from membership where participant_id = ?", [fintech.id]),
      );
      expect(await data(both, fintech.token, networks)).toEqual({ viewer: { networks: [] } });
      const again = await ask(both, fintech.token, QUERY, { input });
      expect(refusalOf(again).code).not.toBe("none");
      expect(readsOf(both.asked.replica, "certificate")).toEqual([]);
    } finally {
      await resume();
    }
  });

  it("is never behind what was acknowledged, whoever writes and however much", async () => {
    await using both = await givenBoth();
    const writers = Array.from({ length: 3 }, async (_none, writer) => {
      for (let n = 0; n < 12; n += 1) {
        const handle = `h-${writer}-${n}`;
        const socialSecurityNumber = `212-${String(10 + writer)}-${String(1000 + n)}`;
        await givenRegistered(both.fintech, { handle, socialSecurityNumber });
        expect(await data(both, both.fintech.token, ENTITY, { handle })).toEqual({ entity: { handle } });
      }
    });
    await Promise.all(writers);
    expect(both.faults).toEqual([]);
    expect(readsOf(both.asked.replica, "registration")).not.toEqual([]);
  });

  it("reads the log from the database itself, with what it tells of", async () => {
    await using both = await givenBoth();
    const id = await givenRegistered(both.fintech);
    await caughtUp();
    const { events } = await data(both, both.fintech.token, EVENTS);
    expect(events.edges.map(({ node }) => node.entity?.id)).toEqual([id]);
    expect(both.asked.replica).toEqual([]);
  });

  it("goes on without a replica that died, says so once, is as ready, and comes back to it", async () => {
    await using both = await givenBoth();
    await givenRegistered(both.fintech);
    await caughtUp();
    await data(both, both.fintech.token, ENTITY, { handle: "ada" });
    await replica.stop({ atOnce: true });
    try {
      both.asked.clear();
      for (let n = 0; n < 5; n += 1)
        expect(await data(both, both.fintech.token, ENTITY, { handle: "ada" })).toEqual({ entity: { handle: "ada" } });
      expect(readsOf(both.asked.primary, "registration")).not.toEqual([]);
      expect((await fetch(`${both.url}/ready`)).status).toBe(200);
      const said = both.faults.length;
      expect(said).toBeGreaterThan(0);
      await data(both, both.fintech.token, ENTITY, { handle: "ada" });
      expect(both.faults).toHaveLength(said);
    } finally {
      await replica.start();
    }
    await caughtUp();
    await until(
      async () => {
        both.asked.clear();
        await data(both, both.fintech.token, ENTITY, { handle: "ada" });
        return readsOf(both.asked.replica, "registration").length > 0;
      },
      () => "queries to come back to the replica",
    );
  });

  it("waits for a replica that says nothing no longer than a moment", async () => {
    const silent = { afterBytes: 5_000, ends: "SILENT" } as const;
    await using proxy = await givenProxy(`http://127.0.0.1:${replica.port}`, () => silent);
    const { port } = new URL(proxy.url);
    await using both = await givenBoth((url) => url.replace(`:${replica.port}/`, `:${port}/`));
    await givenRegistered(both.fintech);
    await caughtUp();
    const isSilent = async (): Promise<boolean> => {
      await data(both, both.fintech.token, ENTITY, { handle: "ada" });
      return proxy.ended.SILENT > 0;
    };
    await until(isSilent, () => "a connection to go silent");
    const answer = data(both, both.fintech.token, ENTITY, { handle: "ada" });
    expect(await soon(answer, () => "an answer in spite of it")).toEqual({ entity: { handle: "ada" } });
    expect(both.faults.length).toBeGreaterThan(0);
  });

  it("does not read from what was a replica and writes now for itself", async () => {
    const other = await startReplica(primary);
    try {
      await using world = await givenWorld();
      await givenRegistered(world.fintech);
      const replicaUrl = other.urlOf(new URL(world.app.config.databaseUrl).pathname.slice(1));
      await caughtUp(other);
      const replicaStatements: string[] = [];
      await using beside = await createApp(
        { ...world.app.config, replicaUrl },
        { onStatement: (sql, on) => void (on === "REPLICA" && replicaStatements.push(sql)) },
      );
      const count = "select count(*) as n from registration";
      expect(await beside.store.reading()(count)).toEqual([{ n: 1 }]);
      expect(replicaStatements).toContain(count);
      await told(other.urlOf("postgres"), "select pg_promote()");
      await told(replicaUrl, "set session_replication_role = replica; delete from registration");
      replicaStatements.length = 0;
      expect(await beside.store.reading()(count)).toEqual([{ n: 1 }]);
      expect(replicaStatements).not.toContain(count);
    } finally {
      await other.remove();
    }
  });
});
