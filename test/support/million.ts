import pg from "pg";
import { ALL_KINDS } from "./given.js";

/** Those of the demo who will have the most. */
const BANK = "First Harbor Bank";
const FINTECH = "Paperboat Pay";
const VENDOR = "Veritrail Identity";

/** Who has how much of what grows: one participant more than half, another a quarter, and a hundred the rest. */
interface Share {
  readonly most: string;
  readonly much: string;
}

const OTHERS = 100;

/** An id that sorts by its number, behind every id that the demo counted. */
const idOf = (prefix: string, number: string): string => `'${prefix}_01' || lpad((${number})::text, 24, '0')`;

/** A key of its own for each row, in their order: what is random takes longer to sort in, and is found as fast. */
const keyOf = (what: string): string => `'${what}' || lpad(i::text, 12, '0')`;

const ownerOf = ({ most, much }: Share): string =>
  `case when i % 10 < 6 then '${most}' when i % 10 < 9 then '${much}' else ${idOf("par", `i / 10 % ${OTHERS}`)} end`;

/** A year goes by from the first row to the last, and ends before the tests' noon. */
const timeOf = (rows: number, laterDays = 0): string =>
  `to_char(timestamp '2025-03-02 12:00' + i * interval '${31_000_000 / rows} seconds' + interval '${laterDays} days', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const oneOf = (values: readonly string[], number = "i"): string =>
  `(array[${values.map((value) => `'${value}'`).join(", ")}])[1 + (${number}) % ${values.length}]`;

/** Of twenty runs: most are over, a few wait for somebody. */
const STATUSES = [...Array.from({ length: 16 }, () => "PASSED"), "FAILED", "FAILED", "REVIEW", "DOCUMENTS_REQUIRED"];

/** One row of a hundred thousand, of whoever has most; each kind of what is rare at a place of its own. */
const RARE_EVERY = 100_000;
const rare = (place: number): string => `i % ${RARE_EVERY} = ${10 * place + 3}`;

const EVENTS = [
  "ENTITY_REGISTERED",
  "CONSENT_GRANTED",
  "VERIFICATION_STATUS_CHANGED",
  "CERTIFICATE_ISSUED",
  "ATTESTATION_FURNISHED",
];

/** How many rows of a table there are for each of those that grow most. */
type Filling = readonly [table: string, part: number, columns: Readonly<Record<string, string>>];

interface Places {
  readonly bank: string;
  readonly fintech: string;
  readonly vendor: string;
  readonly network: string;
  readonly policy: string;
}

/** Rows of every table that grows, as expressions over `i`. Whoever they are about was erased, so that nothing has to be sealed. */
function fillings(rows: number, { bank, fintech, vendor, network, policy }: Places): Filling[] {
  const at = timeOf(rows);
  const entity = idOf("ent", "i");
  const verifies = ownerOf({ most: bank, much: fintech });
  const queries = ownerOf({ most: fintech, much: bank });
  // Whoever asks about somebody has registered that person: both shares meet within each ten.
  const asked = "(i - i % 10 + case when i % 10 < 6 then 6 + i % 3 when i % 10 < 9 then i % 10 - 6 else 9 end)";
  const subject = idOf("ent", asked);
  const furnishes = ownerOf({ most: bank, much: vendor });
  const kind = oneOf(ALL_KINDS);
  const status = oneOf(STATUSES, "(i / 10)");
  const standing = `case when ${rare(1)} then 'UNVERIFIED' else ${status} end`;
  const type = "case when i % 10 = 0 then 'BUSINESS' else 'INDIVIDUAL' end";
  const text = (value: string): string => `'${value}'`;
  return [
    [
      "entity",
      1,
      {
        id: entity,
        entity_type: type,
        match_fingerprint: keyOf("m"),
        tax_fingerprint: keyOf("t"),
        created_at: at,
        updated_at: at,
      },
    ],
    [
      "registration",
      1,
      {
        id: idOf("reg", "i"),
        entity_id: entity,
        participant_id: verifies,
        handle: "case when i % 7 > 0 then 'h' || i end",
        version: "1",
        sealed_facts: text(""),
        facts_fingerprint: keyOf("f"),
        created_at: at,
        superseded_at: `case when i % 21 = 0 then ${at} end`,
      },
    ],
    [
      "submission",
      0.001,
      {
        id: idOf("sub", "i"),
        participant_id: furnishes,
        state: text("DONE"),
        line_count: "1000",
        bad_count: "0",
        record_count: "1000",
        attestation_count: "1000",
        furnished_at: timeOf(rows / 1000),
        updated_at: timeOf(rows / 1000),
      },
    ],
    [
      "attestation",
      1,
      {
        id: idOf("att", "i"),
        submission_id: idOf("sub", "i / 1000"),
        entity_id: entity,
        furnisher_id: furnishes,
        kind,
        performed_at: at,
        furnished_at: at,
        statement: text("{}"),
        content_hash: keyOf("h"),
      },
    ],
    ["attestation_network", 1, { attestation_id: idOf("att", "i"), network_id: text(network) }],
    [
      "entitlement",
      1,
      {
        participant_id: furnishes,
        entity_id: entity,
        network_id: text(network),
        kind,
        earned_by: "case when i % 3 = 0 then 'QUERYING' else 'FURNISHING' end",
        earned_at: at,
      },
    ],
    [
      "consent",
      1,
      {
        id: idOf("con", "i"),
        entity_id: subject,
        participant_id: queries,
        network_id: text(network),
        purpose: text("account opening"),
        kinds: text(""),
        granted_at: at,
        expires_at: `case when i % 4 = 0 then ${timeOf(rows, 400)} end`,
        withdrawn_at: `case when i % 50 = 0 then ${at} end`,
      },
    ],
    [
      "query_event",
      1,
      {
        id: idOf("qev", "i"),
        participant_id: queries,
        entity_id: subject,
        consent_id: idOf("con", "i"),
        policy_id: text(policy),
        outcome: text("ISSUED"),
        price: text("2.50"),
        currency: text("USD"),
        requirements: text("[]"),
        occurred_at: at,
        certificate_id: idOf("cert", "i"),
      },
    ],
    [
      "certificate",
      1,
      {
        id: idOf("cert", "i"),
        product: text("KYC"),
        entity_id: subject,
        participant_id: queries,
        policy_id: text(policy),
        consent_id: idOf("con", "i"),
        query_event_id: idOf("qev", "i"),
        issued_at: at,
        network_ids: text(network),
        jws: text(""),
        stale_at: `case when ${rare(1)} then '2026-02-01T12:00:00.000Z' when ${rare(2)} then '2026-03-12T12:00:00.000Z' else ${timeOf(rows, 400)} end`,
        revoked_at: `case when ${rare(3)} then ${at} end`,
        disputed_reason: `case when ${rare(4)} then 'It is wrong.' end`,
        superseded_by_id: `case when i % 4 = 0 then ${idOf("cert", "i + 1")} end`,
      },
    ],
    [
      "certificate_block",
      0.5,
      {
        certificate_id: idOf("cert", "i"),
        kind: oneOf(ALL_KINDS, asked),
        position: "0",
        requirement_key: text("all"),
        attestation_id: idOf("att", asked),
        network_id: text(network),
      },
    ],
    [
      "coverage_check",
      1,
      {
        id: idOf("cov", "i"),
        participant_id: queries,
        entity_id: subject,
        consent_id: idOf("con", "i"),
        policy_id: text(policy),
        no_price: text("0.00"),
        currency: text("USD"),
        checked_at: at,
      },
    ],
    [
      "verification",
      1,
      {
        id: idOf("ver", "i"),
        entity_id: entity,
        participant_id: verifies,
        registration_id: idOf("reg", "i"),
        kyc_level: `case when ${rare(1)} then 'DOC_KYC' else 'KYC-STANDARD' end`,
        status,
        attempt: "1",
        provider: text("sandbox"),
        reasons: text("[]"),
        tags: text("[]"),
        requested_at: at,
        updated_at: at,
      },
    ],
    [
      "verification_check",
      0.5,
      {
        verification_id: idOf("ver", "i"),
        position: "0",
        element: text("NAME"),
        outcome: text("MATCH"),
        tag: text("NAME_MATCH"),
        score: text("1"),
      },
    ],
    [
      "standing",
      1,
      {
        participant_id: verifies,
        entity_id: entity,
        own_status: standing,
        status: standing,
        updated_at: at,
        entity_type: type,
      },
    ],
    [
      "verification_work",
      0.1,
      {
        verification_id: idOf("ver", "i"),
        participant_id: verifies,
        step: text("WARN"),
        due_at: timeOf(rows, 800),
        tries: "0",
      },
    ],
    ["callback", 1, { provider: text("sandbox"), message_id: keyOf("c"), received_at: timeOf(rows, 340) }],
    [
      "document",
      0.1,
      {
        id: idOf("doc", "i"),
        verification_id: idOf("ver", "i"),
        entity_id: entity,
        participant_id: verifies,
        document_type: text("id_passport"),
        sealed_filename: text(""),
        mime_type: text("image/png"),
        sha256: keyOf("s"),
        size_bytes: "1000",
        address: keyOf("a"),
        received_at: at,
      },
    ],
    [
      "member",
      0.1,
      {
        id: idOf("mem", "i"),
        participant_id: verifies,
        business_id: idOf("ent", "i / 100 * 100"),
        entity_id: idOf("ent", "i + 1"),
        role: text("BENEFICIAL_OWNER"),
        ownership_stake: text("0.5"),
        linked_as: keyOf("l"),
        linked_at: at,
        unlinked_at: `case when i % 20 = 0 then ${at} end`,
      },
    ],
    [
      "certification",
      0.1,
      {
        id: idOf("crt", "i"),
        participant_id: verifies,
        business_id: idOf("ent", "i / 20 * 20"),
        administrator_id: entity,
        content_fingerprint: keyOf("p"),
        owners: text("[]"),
        created_at: at,
      },
    ],
    [
      "owner_certification",
      0.1,
      { member_id: idOf("mem", "i"), token: keyOf("o"), administrator_id: entity, certified_at: at },
    ],
    [
      "due_moment",
      1,
      {
        subject_id: idOf("cert", "i"),
        kind: text("CERTIFICATE"),
        due_at: timeOf(rows, 370),
        told_status: text("VALID"),
      },
    ],
    [
      "event",
      1,
      {
        participant_id: verifies,
        entity_id: entity,
        type: oneOf(EVENTS, "(i / 10)"),
        subject_id: idOf("cert", "i"),
        to_status: status,
        occurred_at: at,
      },
    ],
    [
      "idempotency_key",
      1,
      {
        participant_id: verifies,
        verb: text("furnishKyc"),
        key: keyOf("k"),
        body_hash: keyOf("b"),
        result_id: idOf("sub", "i / 1000"),
        created_at: at,
      },
    ],
    [
      "dispute",
      0.01,
      {
        id: idOf("dsp", "i"),
        attestation_id: idOf("att", "i"),
        raised_by_id: text(bank),
        reason: text("It is wrong."),
        raised_at: at,
      },
    ],
    ["entity_conflict", 0.1, { entity_id: entity, other_entity_id: idOf("ent", "i + 1"), detected_at: at }],
    [
      "reveal",
      0.1,
      {
        id: idOf("rvl", "i"),
        entity_id: entity,
        participant_id: verifies,
        credential_id: text("key"),
        what: text("SSN"),
        reason: text("support"),
        revealed_at: at,
      },
    ],
    [
      "api_key",
      0.01,
      {
        id: idOf("key", "i"),
        participant_id: verifies,
        label: text("old"),
        secret_hash: keyOf("x"),
        scopes: text(""),
        created_at: at,
        revoked_at: at,
      },
    ],
  ];
}

const insertOf = ([table, part, columns]: Filling, rows: number): string =>
  `insert into ${table} (${Object.keys(columns).join(", ")}) select ${Object.values(columns).join(", ")} from generate_series(1, ${Math.ceil(rows * part)}) i`;

async function placesIn(client: pg.Client): Promise<Places> {
  const participant = async (name: string): Promise<string> =>
    (await client.query<{ id: string }>("select id from participant where name = $1", [name])).rows[0]!.id;
  const { rows: policies } = await client.query<{ id: string; network_id: string }>(
    "select id, network_id from policy where default_for is not null and product = 'KYC' order by id limit 1",
  );
  const { id: policy, network_id: network } = policies[0]!;
  const bank = await participant(BANK);
  const fintech = await participant(FINTECH);
  return { bank, fintech, vendor: await participant(VENDOR), network, policy };
}

/** Indexes are made after the rows: sorting once is faster than keeping sorted. Those behind constraints stay. */
const PLAIN_INDEXES = `select i.indexname as name, i.indexdef as definition from pg_indexes i
  where i.schemaname = 'public' and not exists (select 1 from pg_constraint c where c.conname = i.indexname)`;

/** So many tables are filled at once. */
const AT_ONCE = 2;

/** Past foreign keys and triggers: what is filled in refers rightly by construction. */
async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  for (const setting of [
    "session_replication_role = replica",
    "synchronous_commit = off",
    "maintenance_work_mem = '128MB'",
  ])
    await client.query(`set ${setting}`);
  return client;
}

/** Works off statements on a few connections. */
async function together(url: string, statements: readonly string[]): Promise<void> {
  const left = [...statements];
  const clients = await Promise.all(Array.from({ length: AT_ONCE }, () => connected(url)));
  try {
    await Promise.all(
      clients.map(async (client) => {
        for (let next = left.shift(); next !== undefined; next = left.shift()) await client.query(next);
      }),
    );
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

/** Fills a demo's database, by statements of its own, with so many rows in each of the tables that grow most; then it knows how large they are. */
export async function fillTables(url: string, rows: number): Promise<void> {
  const client = await connected(url);
  try {
    const filling = fillings(rows, await placesIn(client));
    await client.query(
      `insert into participant (id, name, created_at) select ${idOf("par", "i")}, 'Other ' || i, '2025-03-02T12:00:00.000Z' from generate_series(0, ${OTHERS - 1}) i`,
    );
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(PLAIN_INDEXES);
    for (const { name } of indexes) await client.query(`drop index "${name}"`);
    for (const [table] of filling) await client.query(`alter table ${table} set (autovacuum_enabled = off)`);
    await together(
      url,
      filling.map((one) => insertOf(one, rows)),
    );
    await together(
      url,
      indexes.map(({ definition }) => definition),
    );
    await client.query("vacuum analyze");
  } finally {
    await client.end();
  }
}
