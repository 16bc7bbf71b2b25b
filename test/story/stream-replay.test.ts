import { revokeAttestation } from "../../src/attestation/revoke.js";
import { queryCertificate } from "../../src/certificate/query.js";
import { recordConsent } from "../../src/consent/record.js";
import { append } from "../../src/event/append.js";
import { cursorOf } from "../../src/event/cursor.js";
import { grantRoles } from "../../src/network/create.js";
import type { Id } from "../../src/kernel/id.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { ISSUER } from "../support/asked.js";
import { ask, refusalOf } from "../support/ask.js";
import { cursors, eventOf, eventsOf, FOLLOW, readAll } from "../support/followed.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import { givenFurnished, givenParty, givenRegistered, record, type Party } from "../support/given.js";
import { listen, refusedWith, type Client } from "../support/listen.js";

/** So many events of one transaction, about this many entities in turn. */
const happen = ({ id, commit }: Party, count: number, entities = 1): Promise<void> =>
  commit((write) =>
    append(
      write,
      Array.from({ length: count }, (_, index) => {
        const entityId: Id<"ent"> = `ent_${index % entities}`;
        return { type: "ENTITY_REGISTERED" as const, participantId: id, entityId, subjectId: entityId };
      }),
    ),
  );

/** A client that follows a view, and certainly does. */
async function following(gateway: Gateway, { token }: Pick<Party, "token">, view: object = {}): Promise<Client> {
  const client = await listen(gateway, token);
  client.subscribe("1", FOLLOW, view);
  await client.quiet();
  return client;
}

describe("300 events of one transaction", () => {
  it("all arrive, one at a time by asking, by following from before, and by following since before", async () => {
    await using gateway = await givenGateway();
    const { bank } = gateway;
    await happen(bank, 1);
    const [start] = await readAll(gateway, bank.token);
    await using live = await following(gateway, bank);
    await happen(bank, 300);
    await using late = await listen(gateway, bank.token);
    late.subscribe("1", FOLLOW, { after: start!.cursor });
    const asked = await readAll(gateway, bank.token, { after: start!.cursor }, 1);
    expect(asked.length).toBe(300);
    expect(asked.map(({ previousCursor }) => previousCursor)).toEqual(cursors([start!, ...asked.slice(0, -1)]));
    expect(await eventsOf(live, 300)).toEqual(asked);
    expect(await eventsOf(late, 300)).toEqual(asked);
    await live.quiet();
    await late.quiet();
  });
});

/** So many certificates about Ada, each by a consent of its own, in two transactions. */
async function hold({ network }: Gateway, { commit }: Party, count: number): Promise<void> {
  const consents = await commit(async (write) => {
    const ids: Id<"con">[] = [];
    for (let n = 0; n < count; n += 1) {
      const granted = { networkId: network, handle: "ada", purpose: `purpose ${n}`, subjectConsented: true };
      ids.push(await recordConsent(write, granted));
    }
    return ids;
  });
  await commit(async (write) => {
    for (const consentId of consents)
      await queryCertificate(write, { consentId, networkIds: [network], product: "KYC" }, ISSUER);
  });
}

describe("an attestation behind a thousand certificates", () => {
  const QUERIERS = 40;
  const EACH = 25;

  it("tells each of forty queriers, when it is revoked, of exactly its own, each once", async () => {
    await using gateway = await givenGateway();
    const { vendor, network } = gateway;
    const attestations = await givenFurnished(vendor, [network], [record()]);
    const parties = await Promise.all(Array.from({ length: QUERIERS }, (_, n) => givenParty(gateway, `Querier ${n}`)));
    const held = new Map<Party, string[]>();
    for (const party of parties) {
      await gateway.app.commitAs(OPERATOR)((write) => grantRoles(write, network, party.id, ["QUERIER"]));
      await givenRegistered(party);
      await hold(gateway, party, EACH);
      const sql = "select id from certificate where participant_id = ? order by id";
      const rows = await party.read.rows<{ id: string }>(sql, [party.id]);
      held.set(
        party,
        rows.map(({ id }) => id),
      );
    }
    const types = { types: ["CERTIFICATE_STATUS_CHANGED"] };
    const before = new Map(
      await Promise.all(
        parties.map(async (party) => [party, (await readAll(gateway, party.token, types)).length] as const),
      ),
    );
    const clients = await Promise.all(parties.map((party) => following(gateway, party, types)));
    await vendor.commit((write) =>
      revokeAttestation(write, { attestationId: attestations.get("DOCUMENT_REVIEW")!, reason: "Taken by mistake." }),
    );
    for (const [index, party] of parties.entries()) {
      const heard = await eventsOf(clients[index]!, EACH);
      expect(heard.map(({ certificate, became }) => [certificate!.id, became])).toEqual(
        held.get(party)!.map((id) => [id, "REVOKED"]),
      );
      expect(heard).toEqual((await readAll(gateway, party.token, types)).slice(before.get(party)));
    }
    for (const client of clients) {
      await client.quiet();
      await client.end();
    }
  }, 120_000);
});

describe("a cursor", () => {
  const refused = async (client: Client, after: string) => {
    client.subscribe("refused", FOLLOW, { after });
    return refusedWith(await client.next()).map(({ code }) => code);
  };

  it("that is older than what is kept is told so, in a query and in a stream; the last one kept is not", async () => {
    await using gateway = await givenGateway();
    const { bank } = gateway;
    await happen(bank, 10);
    const all = await readAll(gateway, bank.token);
    await bank.commit((write) => write.rows("delete from event where seq <= 5"));
    await using client = await listen(gateway, bank.token);
    const READ = `query ($after: String) { events(after: $after) { edges { cursor } } }`;
    for (const { cursor } of all.slice(0, 4)) {
      expect(await refused(client, cursor)).toEqual(["CURSOR_EXPIRED"]);
      expect(refusalOf(await ask(gateway, bank.token, READ, { after: cursor })).code).toBe("CURSOR_EXPIRED");
    }
    client.subscribe("1", FOLLOW, { after: all[4]!.cursor });
    expect(cursors(await eventsOf(client, 5))).toEqual(cursors(all.slice(5)));
  });

  it("of somebody else, of nobody, or from the future is told so, alike in a query and in a stream", async () => {
    await using gateway = await givenGateway();
    const { bank, fintech, app } = gateway;
    await happen(bank, 3);
    await happen(fintech, 3);
    await using client = await listen(gateway, bank.token);
    const [foreign] = await readAll(gateway, fintech.token);
    const READ = `query ($after: String) { events(after: $after) { edges { cursor } } }`;
    for (const after of [foreign!.cursor, "", "nonsense", "AAAA".repeat(50), cursorOf(app.vault, bank.id, 7)]) {
      const answer = await ask(gateway, bank.token, READ, { after });
      client.subscribe("refused", FOLLOW, { after });
      const [told] = refusedWith(await client.next());
      expect([told!.code, told!.message]).toEqual(["CURSOR_INVALID", answer.errors![0]!.message]);
      expect(refusalOf(answer).code).toBe("CURSOR_INVALID");
    }
  });

  it("chains each event to the one before it in the filtered view, live as by asking", async () => {
    await using gateway = await givenGateway();
    const { bank, fintech } = gateway;
    const view = { types: ["ENTITY_REGISTERED"], entityIds: ["ent_1"] };
    await happen(bank, 30, 3);
    await using live = await following(gateway, bank, view);
    await happen(fintech, 5, 3);
    for (let n = 0; n < 5; n += 1) await happen(bank, 7, 3);
    const asked = await readAll(gateway, bank.token, view, 4);
    const before = 10;
    const heard = await eventsOf(live, asked.length - before);
    expect(heard).toEqual(asked.slice(before));
    expect(asked.map(({ previousCursor }) => previousCursor)).toEqual([null, ...cursors(asked).slice(0, -1)]);
    for (const place of [0, 7, 12]) {
      await using resumed = await listen(gateway, bank.token);
      resumed.subscribe("1", FOLLOW, { ...view, after: asked[place]!.cursor });
      const [first, ...rest] = await resumed.nexts(asked.length - place - 1);
      expect([first!, ...rest].map(eventOf)).toEqual(asked.slice(place + 1));
    }
  });
});
