import { cursorsOf, logOf } from "../client/told.js";
import { ownFactsOf, type World } from "../support/given.js";
import { givenOwnPostgres, type OwnPostgres } from "../support/own-postgres.js";
import { linesOf, racesIn, reportOf } from "../support/storm/report.js";
import { givenStormWorld, storm, type Aftermath } from "../support/storm/storm.js";

/** `STORM_SECONDS=60` for the whole minute, `STORM_SEED` to have the same storm again. */
const SECONDS = Number(process.env["STORM_SECONDS"] ?? 15);
const SEED = Number(process.env["STORM_SEED"] ?? Date.now() % 1_000_000);
const CLIENTS = 50;
const FORCE = { seed: SEED, seconds: SECONDS, clients: CLIENTS, killEveryMs: Math.max(3_000, SECONDS * 100) };
const STORY_MS = (SECONDS + 200) * 1_000;

/** What others may do to a call that was repeated, or to one about what others work on, too. */
const FAIR: ReadonlySet<string> = new Set([
  "link CONFLICT (again)",
  "unlink NOT_FOUND (again)",
  "dispute CONFLICT (again)",
  "settle ILLEGAL_TRANSITION (again)",
]);

describe(`${CLIENTS} clients while gateways, workers and the database come and go (seed ${SEED})`, () => {
  let server: OwnPostgres;
  let world: World;
  let after: Aftermath;
  let audit: { readonly code: number | null; readonly out: string; readonly err: string };

  beforeAll(async () => {
    server = await givenOwnPostgres();
    world = await givenStormWorld(server);
    after = await storm(FORCE, server, world);
    audit = await after.processes.desk.run("audit");
    await after.processes.stop();
    process.stdout.write(`${reportOf(after, SEED)}\n  audit: exit code ${audit.code}\n`);
  }, STORY_MS);
  afterAll(async () => {
    await after?.processes[Symbol.asyncDispose]();
    await world?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  }, STORY_MS);

  const idsIn = async (table: string): Promise<string[]> =>
    (await world.app.store.rows<{ id: string }>(`select id from ${table}`)).map(({ id }) => id);

  /** Those of some ids that a table does not have, and those that somebody was told twice. */
  const amiss = async (table: string, ids: readonly string[]): Promise<string[]> => {
    const known = new Set(await idsIn(table));
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
    return [...ids.filter((id) => !known.has(id)), ...twice];
  };

  const keysOf = async (verb: string): Promise<string[]> =>
    (
      await world.app.store.rows<{ id: string }>(
        `select result_id as id from idempotency_key where verb = ? and key like 'c%'`,
        [verb],
      )
    ).map(({ id }) => id);

  it("were answered, every one of them, and never by a fault of ours", () => {
    const refused = after.tally
      .kinds()
      .flatMap(([kind, { refused: codes }]) => [...codes.keys()].map((code) => `${kind} ${code}`));
    expect([after.faults, refused.filter((one) => !FAIR.has(one))]).toEqual([[], []]);
    expect(linesOf(after).filter(({ msg }) => msg === "incident")).toEqual([]);
  });

  it("saw no race as an error: no transaction lost its last attempt", () => {
    expect([...racesIn(after).keys()].filter((attempt) => attempt >= world.app.store.attempts)).toEqual([]);
  });

  it("have what they furnished: each submission once, with its attestations", async () => {
    const { submissions, uploads } = after.ledger;
    const attestationIds = submissions.flatMap((one) => one.attestationIds);
    expect(
      await amiss(
        "submission",
        [...submissions, ...uploads].map(({ id }) => id),
      ),
    ).toEqual([]);
    expect(await amiss("attestation", attestationIds)).toEqual([]);
    const kept = await world.app.store.rows<{ id: string; n: number }>(
      "select submission_id as id, count(*) as n from attestation group by submission_id",
    );
    const counts = new Map(kept.map(({ id, n }) => [id, n]));
    expect(submissions.filter((one) => counts.get(one.id) !== one.attestationIds.length)).toEqual([]);
    expect(uploads.filter((one) => counts.get(one.id) !== one.attestations)).toEqual([]);
    expect((await keysOf("upload")).toSorted()).toEqual(uploads.map(({ id }) => id).toSorted());
  });

  it("are charged what they were told, each question once", async () => {
    const { queries } = after.ledger;
    const rows = await world.app.store.rows<{ id: string; price: string }>("select id, price from query_event");
    const sorted = <Row extends { id: string }>(all: readonly Row[]): Row[] =>
      all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(sorted(rows.map(({ id, price }) => ({ id, charged: Number(price) > 0, price })))).toEqual(
      sorted(queries.map(({ id, charged, price }) => ({ id, charged, price }))),
    );
    expect(
      await amiss(
        "certificate",
        queries.flatMap(({ certificateId }) => certificateId ?? []),
      ),
    ).toEqual([]);
  });

  it("find everything else that they were told was done", async () => {
    const { app } = world;
    const { ledger } = after;
    expect(await amiss("consent", ledger.consents)).toEqual([]);
    expect(await amiss("member", ledger.members)).toEqual([]);
    const ids = async (sql: string): Promise<ReadonlySet<string>> =>
      new Set((await app.store.rows<{ id: string }>(sql)).map(({ id }) => id));
    const withdrawn = await ids("select id from consent where withdrawn_at is not null");
    const revoked = await ids("select id from attestation where revoked_at is not null");
    const disputed = await ids("select attestation_id as id from dispute");
    const settled = await ids("select attestation_id as id from dispute where settled_at is not null");
    expect(ledger.withdrawn.filter((id) => !withdrawn.has(id))).toEqual([]);
    expect(ledger.revoked.filter((id) => !revoked.has(id))).toEqual([]);
    expect(ledger.disputes.filter((id) => !disputed.has(id))).toEqual([]);
    expect(ledger.settled.filter((id) => !settled.has(id))).toEqual([]);
    const registered = await app.store.rows<{ participantId: string; handle: string; id: string }>(
      `select participant_id as "participantId", handle, entity_id as id from registration where superseded_at is null and handle is not null`,
    );
    const known = new Map(registered.map(({ participantId, handle, id }) => [`${participantId} ${handle}`, id]));
    expect(registered.length).toBe(known.size);
    expect(
      ledger.entities.filter(({ participantId, handle, id }) => known.get(`${participantId} ${handle}`) !== id),
    ).toEqual([]);
  });

  it("have the last that they said of somebody", async () => {
    for (const { participantId, handle, email } of after.ledger.emails.values())
      expect(await ownFactsOf(world, { id: participantId }, handle)).toMatchObject({ email });
  });

  it("have every run that they asked for, once, and none is in limbo", async () => {
    // Who asks under another key while a run is still pending is told of that very run.
    expect(await amiss("verification", [...new Set(after.ledger.runs)])).toEqual([]);
    expect((await keysOf("requestVerification")).toSorted()).toEqual(after.ledger.runs.toSorted());
    expect(
      await world.app.store.rows(
        "select status, count(*) as n from verification group by status having status in ('PENDING', 'WEBHOOK_PENDING')",
      ),
    ).toEqual([]);
  });

  it("heard exactly the log of their view, in order, across everything that happened", async () => {
    for (const { party, heard, fault } of after.followers) {
      expect(fault()).toBeNull();
      expect(cursorsOf(heard)).toEqual(cursorsOf(await logOf(party)));
      expect(heard.map(({ previousCursor }) => previousCursor)).toEqual([null, ...cursorsOf(heard).slice(0, -1)]);
    }
  });

  it("leave an installation in which whatever is derived is what it is derived from", () => {
    expect({ ...audit, out: audit.code === 0 ? "" : audit.out }).toEqual({ code: 0, out: "", err: audit.err });
  });

  it("were hit: processes were killed, the database went twice, and nobody else died but for want of it", () => {
    expect(after.restarts).toEqual(["IN_ORDER", "BY_A_CRASH"]);
    expect(after.kills.length).toBeGreaterThanOrEqual(2);
    const deaths = [...after.processes.gateways, ...after.processes.workers].flatMap((one) => one.deaths);
    expect(
      deaths.filter(({ err }) => err.trim() !== "The database cannot be reached right now: try again in a moment."),
    ).toEqual([]);
  });
});
