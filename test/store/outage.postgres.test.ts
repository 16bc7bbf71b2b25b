import { createApp } from "../../src/app.js";
import { BEGINNING } from "../../src/client/create-attestry-client.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { Failure } from "../../src/kernel/failure.js";
import { randomId } from "../../src/kernel/id.js";
import { systemClock } from "../../src/kernel/instant.js";
import { keepTime } from "../../src/moment/keep-time.js";
import { createParticipant } from "../../src/network/create.js";
import { keepWorking } from "../../src/verification/keep-working.js";
import { requestVerification } from "../../src/verification/request.js";
import { cursorsOf, givenPeople, givenPerson, logOf, quickClient } from "../client/told.js";
import { givenDesk, SECRETS } from "../command/attestry.js";
import { givenCutLine } from "../support/cut-line.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import { countOf, furnishedOnce, record } from "../support/given.js";
import { connect, listen, refusedWith } from "../support/listen.js";
import { givenOwnPostgres, type OwnPostgres } from "../support/own-postgres.js";
import { refusal } from "../support/refusal.js";
import { until } from "../support/soon.js";
import { openEvents } from "../support/sse.js";

const SETUP_MS = 60_000;

/** How long a database that is back may go unnoticed. */
const BACK_MS = 5_000;

/** One event of a result. */
const eventIn = (result: unknown) =>
  (result as { data: { events: { cursor: string; previousCursor: string | null } } }).data.events;

/** What a failure tells besides its code. */
const detailsOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof Failure ? error.details : error),
  );

const FOLLOW = "subscription { events { cursor previousCursor type } }";

describe("while the database is away", () => {
  let server: OwnPostgres;
  let gateway: Gateway;
  beforeAll(async () => {
    server = await givenOwnPostgres();
    gateway = await givenGateway({ at: server.url, clock: systemClock, newId: randomId });
  }, SETUP_MS);
  afterAll(async () => {
    await gateway?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  }, SETUP_MS);

  /** Takes the database away, does something, and brings it back, whatever becomes of that. */
  const during = async <Result>(
    how: Parameters<OwnPostgres["halt"]>[0],
    work: () => Promise<Result>,
  ): Promise<Result> => {
    await server.halt(how);
    try {
      return await work();
    } finally {
      await server.resume();
    }
  };

  const statusOf = async (path: string): Promise<number> => (await fetch(`${gateway.url}${path}`)).status;

  const isReady = async (): Promise<boolean> => (await statusOf("/ready")) === 200;

  const isBack = (): Promise<void> => until(isReady, () => "the gateway to be ready again", BACK_MS);

  const person = (number: number, party = gateway.bank) => givenPerson(party, number);

  it.each([
    "IN_ORDER",
    "BY_A_CRASH",
  ] as const)("reads and writes say so, and work again when it is back: %s", async (how) => {
    const { app, bank } = gateway;
    const found = await during(how, async () => {
      const read = await refusal(app.store.rows("select 1"));
      const write = await refusal(givenPerson(bank, 1));
      return [read.code, write.code, await detailsOf(app.store.rows("select 1"))];
    });
    expect(found).toEqual(["SERVICE_UNAVAILABLE", "SERVICE_UNAVAILABLE", { retryAfterMs: 1_000 }]);
    expect(await app.store.rows("select 1 as one")).toEqual([{ one: 1 }]);
    expect(await givenPerson(bank, 1)).toMatch(/^ent_/);
  });

  it("a gateway is alive, not ready, and ready again without being started anew", async () => {
    expect([await statusOf("/health"), await statusOf("/ready")]).toEqual([200, 200]);
    const answers = await during("BY_A_CRASH", async () => [await statusOf("/health"), await statusOf("/ready")]);
    expect(answers).toEqual([200, 503]);
    await isBack();
  });

  it("what is refused before it runs is refused with 503 and when to come back, and nobody is taken for a stranger", async () => {
    const asked = await during("IN_ORDER", async () => {
      const headers = { authorization: `Bearer ${gateway.bank.token}`, "content-type": "application/json" };
      const body = JSON.stringify({ query: "{ viewer { participant { id } } }" });
      const graphql = await fetch(`${gateway.url}/graphql`, { method: "POST", headers, body });
      const upload = await fetch(`${gateway.url}/furnish?network=${gateway.network}&key=k`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/x-ndjson" },
        body: "{}\n",
      });
      const document = await fetch(`${gateway.url}/documents/doc_1?reason=why`, { headers });
      const keys = await fetch(`${gateway.url}/.well-known/jwks.json`);
      return Promise.all(
        [graphql, upload, document, keys].map(async (answer) => {
          const { errors } = (await answer.json()) as { errors: { extensions: object }[] };
          return [answer.status, answer.headers.get("retry-after"), errors[0]?.extensions];
        }),
      );
    });
    const extensions = { code: "SERVICE_UNAVAILABLE", retryAfterMs: 1_000 };
    expect(asked).toEqual(Array.from({ length: 4 }, () => [503, "1", extensions]));
  });

  it("a socket that is opened is told to come back, and not that its credential is wrong", async () => {
    const { code } = await during("IN_ORDER", async () => {
      const client = await connect(gateway);
      client.send({ type: "connection_init", payload: { authorization: `Bearer ${gateway.bank.token}` } });
      return client.closed();
    });
    expect(code).toBe(1013);
  });

  it("a subscription on an open socket is refused, and the socket is kept for the next", async () => {
    await using client = await listen(gateway, gateway.bank.token);
    const { code } = await during("BY_A_CRASH", async () => {
      client.subscribe("1", 'subscription { checkKyc(handle: "nobody") { success } }');
      return refusedWith(await client.next())[0]!;
    });
    expect(code).toBe("SERVICE_UNAVAILABLE");
    await isBack();
    client.subscribe("2", FOLLOW);
    await client.quiet();
  });

  it.each(["IN_ORDER", "BY_A_CRASH"] as const)("a stream is silent, goes on, and has lost nothing: %s", async (how) => {
    const { bank } = gateway;
    await using socket = await listen(gateway, bank.token);
    await using events = await openEvents(gateway, FOLLOW, { token: bank.token });
    socket.subscribe("1", FOLLOW);
    await events.nextPiece();
    await socket.quiet();
    const from = how === "IN_ORDER" ? 100 : 200;
    const before = (await logOf(bank)).length;
    await givenPeople(bank, from, from + 2);
    await during(how, async () => {
      await refusal(person(from + 50));
    });
    await givenPeople(bank, from + 3, from + 5);
    const log = (await logOf(bank)).slice(before);
    const bySocket = (await socket.nexts(log.length)).map(({ payload }) => eventIn(payload));
    const bySse: object[] = [];
    while (bySse.length < log.length) bySse.push(eventIn(JSON.parse((await events.next())!.data!)));
    expect([log.length, cursorsOf(bySocket)]).toEqual([6, cursorsOf(log)]);
    expect(bySse).toEqual(bySocket);
    expect(bySocket.slice(1).map(({ previousCursor }) => previousCursor)).toEqual(cursorsOf(bySocket).slice(0, -1));
    expect(socket.waiting()).toEqual([]);
  });

  it("a client that follows comes through, whenever it connects", async () => {
    const { url, bank } = gateway;
    const retries: string[] = [];
    const client = quickClient({ url, token: bank.token, onRetry: ({ cause }) => void retries.push(cause) });
    const stream = client.events({ after: BEGINNING });
    const { first } = await during("IN_ORDER", async () => {
      const begun = stream.next();
      await until(
        () => retries.length > 2,
        () => "some tries",
      );
      return { first: begun };
    });
    const log = await logOf(bank);
    const heard = [(await first).value!];
    while (heard.length < log.length) heard.push((await stream.next()).value!);
    await stream.return();
    expect(cursorsOf(heard)).toEqual(cursorsOf(log));
  });

  it("what was being written is not there when it was cut before it was committed", async () => {
    const { app } = gateway;
    const before = await countOf(gateway, "participant");
    const outcome = await refusal(
      app
        .commitAs(OPERATOR)(async (write) => {
          await createParticipant(write, "Cut");
          await write.flush();
          await server.halt("BY_A_CRASH");
        })
        .finally(server.resume),
    );
    expect(outcome.code).toBe("SERVICE_UNAVAILABLE");
    expect(await countOf(gateway, "participant")).toBe(before);
  });

  it("what was cut amid a statement of the mapper's is an outage too", async () => {
    const { app } = gateway;
    const { code } = await refusal(
      app
        .commitAs(OPERATOR)(async (write) => {
          await createParticipant(write, "Cut");
          await server.halt("BY_A_CRASH");
          await write.flush();
        })
        .finally(server.resume),
    );
    expect(code).toBe("SERVICE_UNAVAILABLE");
  });

  it("another gateway is heard again when it is back, by its bell", async () => {
    await using other = await createApp({ ...gateway.app.config, logLevel: "silent" });
    let rings = 0;
    const deaf = await other.store.hear(() => void (rings += 1));
    await until(
      () => rings > 0,
      () => "it to listen",
    );
    await during("BY_A_CRASH", async () => undefined);
    rings = 0;
    await until(
      () => rings > 0,
      () => "it to listen again",
      BACK_MS,
    );
    rings = 0;
    await person(300);
    await until(
      () => rings > 0,
      () => "the bell",
      BACK_MS,
    );
    await deaf();
  });

  it("time is kept and work is done again when it is back", async () => {
    const { app, bank } = gateway;
    await person(400);
    const stop = new AbortController();
    const working = Promise.all([
      keepWorking(app.workplace, { limit: 5, idleMs: 50 }, stop.signal),
      keepTime(app.time, stop.signal),
    ]);
    await during("BY_A_CRASH", async () => {
      await until(
        () => gateway.logged.some((line) => line.includes('"time"')),
        () => "it to be noticed",
      );
    });
    await bank.commit((write) =>
      requestVerification(write, { levels: app.config.levels, iss: app.config.issuer }, { handle: "person-400" }),
    );
    await until(
      async () => (await app.store.rows("select 1 from verification where status = 'REVIEW'")).length === 1,
      () => "the run to be given to people, since nobody is configured to check",
      BACK_MS,
    );
    stop.abort();
    await working;
  });

  it(
    "commands end with one line that says so",
    async () => {
      using desk = givenDesk({ ...SECRETS, DATABASE_URL: server.url });
      const commands = [["start"], ["migrate"], ["key", "list", "par_1"]];
      const ended = await during("IN_ORDER", () => Promise.all(commands.map((command) => desk.run(...command))));
      const one = { code: 1, out: "", err: "The database cannot be reached right now: try again in a moment.\n" };
      expect(ended).toEqual(commands.map(() => one));
    },
    SETUP_MS,
  );

  it("what was committed, but never acknowledged, is said to be in doubt, and is found by its key", async () => {
    await using line = await givenCutLine(server.url);
    await using app = await createApp({ ...gateway.app.config, databaseUrl: line.url, logLevel: "silent" });
    const vendor = { ...gateway.vendor, commit: app.commitAs(gateway.vendor.actor) };
    const input = { networkIds: [gateway.network], records: [record()], idempotencyKey: "in-doubt" };
    line.cutNextAnswerTo("commit");
    const { code, message } = await refusal(furnishedOnce(vendor, input));
    expect([code, message]).toEqual(["SERVICE_UNAVAILABLE", expect.stringContaining("the same idempotency key")]);
    expect((await furnishedOnce(vendor, input)).replayed).toBe(true);
    expect(await countOf(gateway, "submission")).toBe(1);
  });
});
