import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startPostgres } from "../scripts/postgres.mjs";
import { createApp, type App } from "../src/app.js";
import { furnish } from "../src/attestation/furnish.js";
import { queryCertificate } from "../src/certificate/query.js";
import { ensureSigningKey } from "../src/certificate/sign.js";
import { readConfig } from "../src/config.js";
import { recordConsent } from "../src/consent/record.js";
import { registerIndividual } from "../src/entity/register.js";
import { OPERATOR, SCOPES, type Actor } from "../src/kernel/actor.js";
import type { Id } from "../src/kernel/id.js";
import { plusMs, systemClock } from "../src/kernel/instant.js";
import type { Writer } from "../src/kernel/reader.js";
import { createNetwork, createParticipant, grantRoles, setPrice } from "../src/network/create.js";
import { shipPolicies } from "../src/policy/shipped.js";
import { requestVerification } from "../src/verification/request.js";
import { personAt, recordAt } from "./people.js";

/**
 * What a person costs a PostgreSQL database: rows, bytes, bytes of its log, statements and commits, by the verbs that clients call: nine checks
 * furnished, a registration, a consent, a certificate, a verification that the network answers.
 *
 *     node --import ./scripts/register.mjs bench/growth.ts 5000
 */
const PEOPLE = Number(process.argv[2] ?? 5_000);
const CLIENTS = Number(process.argv[3] ?? 4);
const WEEK_MS = 7 * 86_400_000;

const HOME = {
  line1: "12 Alder Street",
  line2: null,
  city: "Portland",
  state: "OR",
  postalCode: "97205",
  country: "US",
};

const STEPS = ["furnish", "register", "consent", "query", "verify"] as const;
type Step = (typeof STEPS)[number];

const key = (text: string): string => Buffer.from(text).toString("base64url");

const actorOf = (participantId: Id<"par">): Actor => ({
  via: "API_KEY",
  participantId,
  scopes: new Set(SCOPES),
  credentialId: "key_growth",
  entityId: null,
  expiresAt: null,
});

async function settle(app: App) {
  return app.commitAs(OPERATOR)(async (write) => {
    await ensureSigningKey(write);
    const furnisher = await createParticipant(write, "Furnisher");
    const querier = await createParticipant(write, "Querier");
    const networkId = await createNetwork(write, "Network");
    await write.flush();
    await grantRoles(write, networkId, furnisher, ["FURNISHER", "GOVERNOR"]);
    await grantRoles(write, networkId, querier, ["QUERIER"]);
    await setPrice(write, { networkId, product: "KYC", amount: "2.50", currency: "USD" });
    await shipPolicies(write, networkId);
    return { furnisher, querier, networkId };
  });
}

type Settled = Awaited<ReturnType<typeof settle>>;

/** Statements by step, sent one after another by one client. */
type Counts = Record<Step, number>;

function wayOf(app: App, { furnisher, querier, networkId }: Settled, index: number) {
  const [by, about] = [app.commitAs(actorOf(furnisher)), app.commitAs(actorOf(querier))];
  const handle = `customer-${index}`;
  const networkIds = [networkId];
  const start = plusMs(systemClock(), -WEEK_MS);
  const terms = { levels: app.config.levels, iss: app.config.issuer };
  let consentId: Id<"con">;
  return {
    furnish: () =>
      by((write) => furnish(write, { networkIds, records: [recordAt(index, start)], idempotencyKey: `f-${index}` })),
    register: () => about((write) => registerIndividual(write, { ...personAt(index), handle, address: HOME })),
    consent: async () => {
      const said = { networkId, handle, purpose: "account opening", subjectConsented: true };
      consentId = await about((write: Writer) => recordConsent(write, said));
    },
    query: () =>
      about((write) =>
        queryCertificate(
          write,
          { consentId, networkIds, product: "KYC", idempotencyKey: `q-${index}` },
          app.config.issuer,
        ),
      ),
    verify: () => about((write) => requestVerification(write, terms, { handle, idempotencyKey: `v-${index}` })),
  } satisfies Record<Step, () => Promise<unknown>>;
}

async function fill(app: App, settled: Settled, statements: { count: number }): Promise<Counts> {
  const counts: Counts = { furnish: 0, register: 0, consent: 0, query: 0, verify: 0 };
  // The first is counted alone; the others go beside each other.
  const first = wayOf(app, settled, 0);
  for (const step of STEPS) {
    const before = statements.count;
    await first[step]();
    counts[step] = statements.count - before;
  }
  let next = 1;
  const client = async (): Promise<void> => {
    for (let index = next++; index < PEOPLE; index = next++) {
      const way = wayOf(app, settled, index);
      for (const step of STEPS) await way[step]();
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return counts;
}

interface Size {
  readonly name: string;
  readonly rows: number;
  readonly table: number;
  readonly indexes: number;
}

const SIZES = `select c.relname as name, c.reltuples::bigint as rows, pg_table_size(c.oid) as table, pg_indexes_size(c.oid) as indexes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'r' and n.nspname = 'public' and c.reltuples >= $1 order by pg_total_relation_size(c.oid) desc`;

const INDEXES = `select c.relname as name, pg_relation_size(c.oid) as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind = 'i' and n.nspname = 'public' order by 2 desc limit 12`;

const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

function print(sizes: readonly Size[], counts: Counts): void {
  console.log(`| table | rows a person | bytes a person | of them indexes |\n| --- | --- | --- | --- |`);
  const all = { name: "all", rows: 0, table: 0, indexes: 0 };
  for (const { name, rows, table, indexes } of sizes) {
    all.rows += rows;
    all.table += table;
    all.indexes += indexes;
    console.log(
      `| \`${name}\` | ${round(rows / PEOPLE)} | ${round((table + indexes) / PEOPLE)} | ${round(indexes / PEOPLE)} |`,
    );
  }
  console.log(
    `| all | ${round(all.rows / PEOPLE)} | ${round((all.table + all.indexes) / PEOPLE)} | ${round(all.indexes / PEOPLE)} |`,
  );
  console.log(STEPS.map((step) => `${step}: ${counts[step]} statements`).join(", "));
}

const server = await startPostgres({ durable: true, settings: { shared_buffers: "256MB", max_wal_size: "4GB" } });
const folder = mkdtempSync(join(tmpdir(), "attestry-growth-"));
const client = new pg.Client({
  connectionString: server.urlOf("postgres"),
  types: {
    getTypeParser: ((oid: number, format?: "text") =>
      oid === 20 ? Number : pg.types.getTypeParser(oid, format)) as never,
  },
});
try {
  await client.connect();
  const statements = { count: 0 };
  const config = readConfig({
    DATABASE_URL: server.urlOf("postgres"),
    DOCUMENTS_FOLDER: folder,
    ATTESTRY_MASTER_KEY: key("an-obvious-master-key-for-bench!"),
    ATTESTRY_INDEX_KEY: key("an-obvious-index--key-for-bench!"),
    LOG_LEVEL: "silent",
  });
  await using app = await createApp(config, { onStatement: () => (statements.count += 1) });
  await app.store.migrate();
  const settled = await settle(app);
  const written = async () =>
    (
      await client.query<{ wal: number; commits: number; at: number }>(
        `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint as wal, xact_commit as commits, extract(epoch from clock_timestamp())::float8 as at
           from pg_stat_database where datname = current_database()`,
      )
    ).rows[0]!;
  await client.query("checkpoint");
  const before = await written();
  const counts = await fill(app, settled, statements);
  const after = await written();
  await client.query("vacuum analyze");
  print((await client.query<Size>(SIZES, [PEOPLE / 10])).rows, counts);
  const perPerson = (value: number): string => round(value / PEOPLE);
  console.log(
    `WAL: ${perPerson(after.wal - before.wal)} bytes a person; ${round(((after.at - before.at) * 1000) / PEOPLE)} ms a person with ${CLIENTS} clients`,
  );
  console.log(`${perPerson(statements.count)} statements a person in all`);
  for (const { name, bytes } of (await client.query<{ name: string; bytes: number }>(INDEXES)).rows)
    console.log(`index ${name}: ${perPerson(bytes)} bytes a person`);
} finally {
  await client.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
