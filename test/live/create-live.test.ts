import fc from "fast-check";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { append } from "../../src/event/append.js";
import { cursorOf } from "../../src/event/cursor.js";
import { OPERATOR, type Actor } from "../../src/kernel/actor.js";
import { removeRoles } from "../../src/network/create.js";
import { revokeKey } from "../../src/network/issue-key.js";
import { queried } from "../support/asked.js";
import {
  actorOf,
  clientOf,
  givenConsent,
  givenFurnished,
  givenKey,
  givenRegistered,
  JUN,
  record,
  type Party,
} from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { settled, until } from "../support/soon.js";
import { givenLive, kept, NOTHING, type WorldLive } from "./given-live.js";
import { listener, type Listener } from "./sink.js";

/** A result of the log's stream. */
interface Told {
  readonly data: { readonly events: { readonly cursor: string; readonly type: string } };
}

const EVENTS = `subscription ($after: String) { events(after: $after) { cursor previousCursor type } }`;
const CHECK = `subscription ($handle: String!) { checkKyc(handle: $handle) { verificationStatus } }`;
const CERTIFICATE = `subscription ($id: ID!) { certificate(id: $id) { status } }`;

const hears = (sink: Listener<unknown>, count: number): Promise<void> =>
  until(
    () => sink.heard.length >= count,
    () => `${count} results, and there are ${sink.heard.length}`,
  );

const happens = ({ id, commit }: Party, entityId: `ent_${string}` = "ent_1"): Promise<void> =>
  commit((write) => append(write, [{ type: "ENTITY_REGISTERED", participantId: id, entityId, subjectId: entityId }]));

/** The statements that reading the log and looking at credentials take, whoever is there. */
const isOwn = (sql: string): boolean => /from event e where/.test(sql);

describe("open", () => {
  it("puts together who asks the same with the same rights, wherever each begins", async () => {
    await using world = await givenLive();
    const { live, bank, subscribed } = world;
    await happens(bank);
    const leaves = await Promise.all(
      [null, cursorOf(world.app.vault, bank.id, 1), null].map((after) =>
        live.open(bank.actor, subscribed(EVENTS, { after }), listener()),
      ),
    );
    expect(live.held().groups).toBe(1);
    for (const leave of leaves) leave();
    expect(await kept(world)).toEqual(NOTHING);
  });

  it.each<readonly [string, (actor: Actor) => Actor]>([
    ["another key", (actor) => ({ ...actor, credentialId: "key_other" })],
    ["fewer scopes", (actor) => ({ ...actor, scopes: new Set(["query"] as const) })],
    ["a client token", ({ participantId }) => clientOf(participantId, "ent_1")],
  ])("keeps apart who comes with %s", async (_words, other) => {
    await using world = await givenLive();
    const { live, bank, subscribed } = world;
    await live.open(bank.actor, subscribed(EVENTS), listener());
    await live.open(other(bank.actor), subscribed(EVENTS), listener());
    expect(live.held().groups).toBe(2);
  });

  it("keeps apart the tokens that one key has made for different entities", async () => {
    await using world = await givenLive();
    const { live, bank, subscribed } = world;
    await live.open(clientOf(bank.id, "ent_1"), subscribed(EVENTS), listener());
    await live.open(clientOf(bank.id, "ent_2"), subscribed(EVENTS), listener());
    expect(live.held().groups).toBe(2);
  });

  it("keeps apart who asks for something else, in the words or in the variables", async () => {
    await using world = await givenLive();
    const { live, bank, subscribed } = world;
    const wide = `subscription ($types: [EventType!]) { events(types: $types) { cursor } }`;
    await live.open(bank.actor, subscribed(wide), listener());
    await live.open(bank.actor, subscribed(wide, { types: ["CONSENT_GRANTED"] }), listener());
    await live.open(bank.actor, subscribed(EVENTS), listener());
    expect(live.held().groups).toBe(3);
  });

  it("runs 200 who share a stream once for each event, and asks the database as often as for one", async () => {
    await using world = await givenLive();
    const { live, bank, subscribed, statements } = world;
    const costOf = async (sinks: readonly Listener<Told>[]): Promise<number> => {
      await settled();
      statements.length = 0;
      const before = sinks.map(({ heard }) => heard.length);
      await happens(bank);
      await Promise.all(sinks.map((sink, index) => hears(sink, before[index]! + 1)));
      return statements.filter(isOwn).length;
    };
    const sinks = [listener<Told>()];
    await live.open(bank.actor, subscribed(EVENTS), sinks[0]!);
    const ofOne = await costOf(sinks);
    for (let n = 1; n < 200; n += 1) {
      const sink = listener<Told>();
      await live.open(bank.actor, subscribed(EVENTS), sink);
      sinks.push(sink);
    }
    expect(await costOf(sinks)).toBe(ofOne);
    expect(ofOne).toBeGreaterThan(0);
  });

  it("is not stirred, with a client token, by what happens to anybody else", async () => {
    await using world = await givenLive();
    const { live, bank, subscribed, statements } = world;
    const sink = listener<Told>();
    await live.open(clientOf(bank.id, "ent_1"), subscribed(EVENTS), sink);
    await settled();
    statements.length = 0;
    await happens(bank, "ent_2");
    await until(
      () => statements.some((sql) => sql.includes("where seq > ? and seq <= ?")),
      () => "the event to be told",
    );
    await settled();
    expect(statements.filter(isOwn)).toEqual([]);
    await happens(bank, "ent_1");
    await hears(sink, 1);
    expect(sink.heard.length).toBe(1);
  });

  it("is refused before anything is kept, where it is not allowed, or there is nothing to follow", async () => {
    await using world = await givenLive();
    const { live, bank, fintech, subscribed } = world;
    const open = (actor: Actor, source: string, variables = {}) =>
      refusal(live.open(actor, subscribed(source, variables), listener())).then(({ code }) => code);
    expect(await open(actorOf(bank.id, ["admin"]), EVENTS)).toBe("FORBIDDEN");
    expect(await open(bank.actor, EVENTS, { after: "nonsense" })).toBe("CURSOR_INVALID");
    expect(await open(bank.actor, EVENTS, { after: cursorOf(world.app.vault, fintech.id, 1) })).toBe("CURSOR_INVALID");
    expect(await open(bank.actor, CHECK, { handle: "nobody" })).toBe("NOT_FOUND");
    expect(await open(bank.actor, CERTIFICATE, { id: "cert_1" })).toBe("NOT_FOUND");
    expect(await open(actorOf(bank.id, ["admin"]), CERTIFICATE, { id: "cert_1" })).toBe("FORBIDDEN");
    expect(await kept(world)).toEqual(NOTHING);
  });

  it("lets somebody in again after a refusal of the same question", async () => {
    await using world = await givenLive();
    const { live, fintech, subscribed } = world;
    expect(await refusal(live.open(fintech.actor, subscribed(CHECK, { handle: "ada" }), listener()))).toMatchObject({
      code: "NOT_FOUND",
    });
    await givenRegistered(fintech);
    const sink = listener();
    await live.open(fintech.actor, subscribed(CHECK, { handle: "ada" }), sink);
    await hears(sink, 1);
    expect(sink.heard).toEqual([{ data: { checkKyc: { verificationStatus: "UNVERIFIED" } } }]);
  });

  it("is left once: to leave again takes nobody else away", async () => {
    await using world = await givenLive();
    const { live, bank, subscribed } = world;
    const leave = await live.open(bank.actor, subscribed(EVENTS), listener());
    leave();
    const sink = listener<Told>();
    const leaveOther = await live.open(bank.actor, subscribed(EVENTS), sink);
    leave();
    expect(live.held()).toEqual({ groups: 1, interests: 1, credentials: 0 });
    await happens(bank);
    await hears(sink, 1);
    leaveOther();
    expect(live.held()).toEqual(NOTHING);
  });

  it("loses nobody, and keeps nobody, however those who share a stream come and go", async () => {
    await using world = await givenLive();
    const { live, bank, subscribed } = world;
    await givenRegistered(bank);
    const sources = [EVENTS, CHECK] as const;
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.record({ open: fc.constantFrom(0 as const, 1 as const) }) },
      { weight: 3, arbitrary: fc.record({ leave: fc.nat({ max: 3 }) }) },
      { weight: 4, arbitrary: fc.record({ ticks: fc.nat({ max: 12 }) }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const here: { which: 0 | 1; sink: Listener<unknown>; leave: Promise<() => void> }[] = [];
        const leaving: Promise<void>[] = [];
        for (const now of steps)
          if ("open" in now) {
            const sink = listener<unknown>();
            const variables = now.open === 1 ? { handle: "ada" } : {};
            here.push({
              which: now.open,
              sink,
              leave: live.open(bank.actor, subscribed(sources[now.open], variables), sink),
            });
          } else if ("leave" in now)
            for (const { leave } of here.splice(now.leave, 1)) leaving.push(leave.then((go) => go()));
          else for (let n = 0; n < now.ticks; n += 1) await Promise.resolve();
        await Promise.all([...leaving, ...here.map(({ leave }) => leave)]);
        const [entity] = await bank.read.rows<{ id: `ent_${string}` }>("select id from entity limit 1");
        await happens(bank, entity!.id);
        await Promise.all(here.map(({ sink }) => hears(sink, 1)));
        expect(live.held().groups).toBe(new Set(here.map(({ which }) => which)).size);
        for (const { leave } of here) (await leave)();
        expect(live.held()).toEqual(NOTHING);
      }),
      { numRuns: 200 },
    );
    expect(world.faults).toEqual([]);
  });

  it("ends nothing by itself when it is stopped, and tells nobody anything more", async () => {
    await using world = await givenLive();
    const { live, bank, subscribed } = world;
    const sink = listener<Told>();
    await live.open(bank.actor, subscribed(EVENTS), sink);
    // What a member missed before it came in is read by itself, and that is under way: here it has come in.
    await settled();
    await live.stop();
    await happens(bank);
    await settled();
    expect([sink.heard, sink.ended]).toEqual([[], []]);
  });
});

/** The fintech holds one certificate about Ada. */
async function givenCertificate(world: WorldLive) {
  const { vendor, fintech, network } = world;
  await givenFurnished(vendor, [network], [record()]);
  await givenRegistered(fintech);
  const consentId = await givenConsent(fintech, network);
  const { certificate } = await queried(fintech, { consentId, networkIds: [network], product: "KYC" });
  return { consentId, id: certificate!.id };
}

const status = (word: string): object => ({ data: { certificate: { status: word } } });

describe("endings", () => {
  it("show the certificate once more as it is, then say that the consent was withdrawn", async () => {
    await using world = await givenLive();
    const { live, fintech, subscribed } = world;
    const { consentId, id } = await givenCertificate(world);
    const sink = listener();
    await live.open(fintech.actor, subscribed(CERTIFICATE, { id }), sink);
    await hears(sink, 1);
    await fintech.commit((write) => withdrawConsent(write, { consentId }));
    await until(
      () => sink.ended.length > 0,
      () => "an end",
    );
    expect(sink.heard).toEqual([status("VALID"), status("REVOKED")]);
    expect(sink.ended[0]).toEqual({
      message: "The subject has withdrawn the consent.",
      extensions: { code: "FORBIDDEN", reason: "CONSENT_WITHDRAWN" },
    });
  });

  it("say that the role was removed, of which there is no event", async () => {
    await using world = await givenLive();
    const { live, fintech, network, subscribed } = world;
    const { id } = await givenCertificate(world);
    const sink = listener();
    await live.open(fintech.actor, subscribed(CERTIFICATE, { id }), sink);
    await hears(sink, 1);
    await world.app.commitAs(OPERATOR)((write) => removeRoles(write, network, fintech.id, ["QUERIER"]));
    await until(
      () => sink.ended.length > 0,
      () => "an end",
    );
    expect([sink.heard, sink.ended[0]]).toEqual([
      [status("VALID")],
      {
        message: "The role to query in the network was removed.",
        extensions: { code: "FORBIDDEN", reason: "ROLE_REMOVED" },
      },
    ]);
  });

  it("leave other certificates alone", async () => {
    await using world = await givenLive();
    const { live, vendor, fintech, network, subscribed } = world;
    const { consentId, id } = await givenCertificate(world);
    await givenFurnished(vendor, [network], [record(undefined, JUN)]);
    await givenRegistered(fintech, { ...JUN, handle: "jun" });
    const other = await givenConsent(fintech, network, { handle: "jun" });
    const { certificate } = await queried(fintech, { consentId: other, networkIds: [network], product: "KYC" });
    const [ended, stays] = [listener(), listener()];
    await live.open(fintech.actor, subscribed(CERTIFICATE, { id }), ended);
    await live.open(fintech.actor, subscribed(CERTIFICATE, { id: certificate!.id }), stays);
    await fintech.commit((write) => withdrawConsent(write, { consentId }));
    await until(
      () => ended.ended.length > 0,
      () => "an end",
    );
    expect([stays.ended, stays.heard]).toEqual([[], [status("VALID")]]);
  });

  it("are said of a key that was revoked before anything is told that happened after", async () => {
    await using world = await givenLive();
    const { live, bank, subscribed } = world;
    const { keyId } = await givenKey(world, bank, "query");
    const actor = { ...actorOf(bank.id, ["query"]), credentialId: keyId };
    const sink = listener<Told>();
    const leave = await live.open(actor, subscribed(EVENTS), sink);
    const reasons: string[] = [];
    live.attend(actor, ({ reason }) => {
      reasons.push(reason);
      leave();
    });
    await settled();
    await world.app.commitAs(OPERATOR)(async (write) => {
      await revokeKey(write, keyId);
      await append(write, [
        { type: "ENTITY_REGISTERED", participantId: bank.id, entityId: "ent_1", subjectId: "ent_1" },
      ]);
    });
    live.nudge();
    await until(
      () => reasons.length > 0,
      () => "an end",
    );
    await settled();
    expect([sink.heard, reasons]).toEqual([[], ["KEY_REVOKED"]]);
    expect(await kept(world)).toEqual(NOTHING);
  });
});
