import { revokeAttestation } from "../../src/attestation/revoke.js";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { append } from "../../src/event/append.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import type { Id } from "../../src/kernel/id.js";
import { grantRoles, removeRoles } from "../../src/network/create.js";
import { revokeKey } from "../../src/network/issue-key.js";
import { query } from "../support/asked.js";
import { ask, data } from "../support/ask.js";
import { eventOf, FOLLOW, readAll } from "../support/followed.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import { givenConsent, givenFurnished, givenKey, givenRegistered, record, type Party } from "../support/given.js";
import { dataOf, listen, refusedWith, type Client, type Message } from "../support/listen.js";
import { CLIENT_TOKEN } from "../support/operation.js";
import { soon } from "../support/soon.js";

/** A second, and what a busy machine takes besides. */
const WITHIN_MS = 1_500;

const CERTIFICATE = `subscription ($id: ID!) { certificate(id: $id) { status } }`;

/** The fintech holds a certificate about Ada, and follows it, and the log, on one socket. */
interface Following extends Gateway {
  readonly client: Client;
  readonly certificateId: Id<"cert">;
  readonly consentId: Id<"con">;
  readonly entityId: Id<"ent">;
  readonly review: Id<"att">;
  /** How much of the log there was before it was followed. */
  readonly before: number;
}

async function givenFollowing(token?: (gateway: Gateway) => Promise<string>): Promise<Following> {
  const gateway = await givenGateway();
  const { vendor, fintech, network } = gateway;
  const attestations = await givenFurnished(vendor, [network], [record()]);
  const entityId = await givenRegistered(fintech);
  const consentId = await givenConsent(fintech, network);
  await query(fintech, { consentId, networkIds: [network], product: "KYC" });
  const [certificate] = await fintech.read.rows<{ id: Id<"cert"> }>("select id from certificate");
  const certificateId = certificate!.id;
  const client = await listen(gateway, (await token?.(gateway)) ?? fintech.token);
  client.subscribe("certificate", CERTIFICATE, { id: certificateId });
  expect(dataOf(await client.next())).toEqual({ certificate: { status: "VALID" } });
  client.subscribe("log", FOLLOW);
  await client.quiet();
  const before = (await readAll(gateway, fintech.token)).length;
  const review = attestations.get("DOCUMENT_REVIEW")!;
  const dispose = async (): Promise<void> => {
    await client[Symbol.asyncDispose]();
    await gateway[Symbol.asyncDispose]();
  };
  return { ...gateway, client, certificateId, consentId, entityId, review, before, [Symbol.asyncDispose]: dispose };
}

/** The messages up to the one that ends a subscription, as they came on each. */
async function untilRefused(client: Client, id: string): Promise<Message[]> {
  const came = async (): Promise<Message[]> => {
    const all = [await client.next()];
    while (all.at(-1)!.type !== "error" || all.at(-1)!.id !== id) all.push(await client.next());
    return all;
  };
  return soon(came(), () => `the end of ${id}`, WITHIN_MS);
}

const on = (messages: readonly Message[], id: string): Message[] => messages.filter((message) => message.id === id);

/** Something that everybody may see: what comes before it in the log has been passed over by then. */
const witnessed = ({ id, commit }: Party, entityId: Id<"ent">): Promise<void> =>
  commit((write) => append(write, [{ type: "ENTITY_REGISTERED", participantId: id, entityId, subjectId: entityId }]));

const types = (events: readonly { type: string }[]): string[] => events.map(({ type }) => type);

describe("a consent that is withdrawn while its certificate is followed", () => {
  it("ends with the revocation and why, and nothing later about the certificate is told or read", async () => {
    await using world = await givenFollowing();
    const { fintech, client, certificateId, consentId, entityId, time, before } = world;
    await fintech.commit((write) => withdrawConsent(write, { consentId }));
    const came = await untilRefused(client, "certificate");
    const [shown, ended, ...more] = on(came, "certificate");
    expect([dataOf(shown!), refusedWith(ended!), more]).toEqual([
      { certificate: { status: "REVOKED" } },
      [{ code: "FORBIDDEN", reason: "CONSENT_WITHDRAWN", message: "The subject has withdrawn the consent." }],
      [],
    ]);
    time.advance(1);
    await fintech.commit((write) =>
      append(write, [
        {
          type: "CERTIFICATE_STATUS_CHANGED",
          participantId: fintech.id,
          entityId,
          subjectId: certificateId,
          from: "REVOKED",
          to: "DISPUTED",
          reason: "Long after.",
        },
      ]),
    );
    await witnessed(fintech, entityId);
    const told = on(came, "log").map(eventOf);
    while (told.length < 3) told.push(eventOf(await client.next()));
    expect(types(told)).toEqual(["CONSENT_WITHDRAWN", "CERTIFICATE_STATUS_CHANGED", "ENTITY_REGISTERED"]);
    expect(told[1]!.became).toBe("REVOKED");
    expect((await readAll(world, fintech.token)).slice(before)).toEqual(told);
    client.subscribe("again", CERTIFICATE, { id: certificateId });
    expect((await untilRefused(client, "again")).map(({ type }) => type)).toEqual(["next", "error"]);
  });
});

describe("a role that is removed while a certificate is followed", () => {
  it("ends it with why, and nothing about certificates there is told or read until the role is back", async () => {
    await using world = await givenFollowing();
    const { fintech, vendor, client, network, entityId, review, before } = world;
    await world.app.commitAs(OPERATOR)((write) => removeRoles(write, network, fintech.id, ["QUERIER"]));
    const came = await untilRefused(client, "certificate");
    expect([came.length, refusedWith(came[0]!)]).toEqual([
      1,
      [{ code: "FORBIDDEN", reason: "ROLE_REMOVED", message: "The role to query in the network was removed." }],
    ]);
    await vendor.commit((write) => revokeAttestation(write, { attestationId: review, reason: "By mistake." }));
    await witnessed(fintech, entityId);
    expect(types([eventOf(await client.next())])).toEqual(["ENTITY_REGISTERED"]);
    const without = types(await readAll(world, fintech.token));
    expect(without.filter((type) => type.startsWith("CERTIFICATE_"))).toEqual([]);
    await world.app.commitAs(OPERATOR)((write) => grantRoles(write, network, fintech.id, ["QUERIER"]));
    const back = await readAll(world, fintech.token);
    expect(types(back.slice(before))).toEqual(["CERTIFICATE_STATUS_CHANGED", "ENTITY_REGISTERED"]);
  });
});

/** Every subscription has been told why, and the connection is closed, with nothing else said. */
async function endsWith(client: Client, reason: string, message: string, code: number): Promise<void> {
  const [one, other] = await soon(client.nexts(2), () => "two words on why", WITHIN_MS);
  const words = [{ code: "UNAUTHENTICATED", reason, message }];
  expect(new Map([one!, other!].map((said) => [said.id, refusedWith(said)]))).toEqual(
    new Map([
      ["certificate", words],
      ["log", words],
    ]),
  );
  expect(await client.closed()).toEqual({ code, reason: message });
  expect(client.waiting()).toEqual([]);
}

describe("a key that is revoked while something is followed by it", () => {
  it("ends everything with why and closes the connection, and nothing that happens after is told or read", async () => {
    let keyId = "";
    await using world = await givenFollowing(async (gateway) => {
      const key = await givenKey(gateway, gateway.fintech, "query");
      keyId = key.keyId;
      return key.token;
    });
    const { fintech, vendor, client, entityId, review } = world;
    await using witness = await listen(world, fintech.token);
    witness.subscribe("log", FOLLOW);
    await witness.quiet();
    await world.app.commitAs(OPERATOR)((write) => revokeKey(write, keyId));
    await vendor.commit((write) => revokeAttestation(write, { attestationId: review, reason: "By mistake." }));
    await witnessed(fintech, entityId);
    await endsWith(client, "KEY_REVOKED", "The key behind this credential was revoked, or has expired.", 4403);
    expect(types((await witness.nexts(2)).map(eventOf))).toEqual(["CERTIFICATE_STATUS_CHANGED", "ENTITY_REGISTERED"]);
  });
});

describe("a client token that expires while something is followed by it", () => {
  it("ends everything with why and closes the connection, and nothing that happens after is told or read", async () => {
    let token = "";
    await using world = await givenFollowing(async (gateway) => {
      const input = { handle: "ada", ttlSeconds: 60 };
      token = (await data(gateway, gateway.fintech.token, CLIENT_TOKEN, { input })).createClientToken.token;
      return token;
    });
    const { fintech, vendor, client, entityId, review, time } = world;
    time.advance(59_999);
    await witnessed(fintech, entityId);
    expect(types([eventOf(await client.next())])).toEqual(["ENTITY_REGISTERED"]);
    time.advance(1);
    await vendor.commit((write) => revokeAttestation(write, { attestationId: review, reason: "By mistake." }));
    await witnessed(fintech, entityId);
    await endsWith(client, "TOKEN_EXPIRED", "The token has expired.", 4401);
    expect((await ask(world, token, `{ events { edges { cursor } } }`)).status).toBe(401);
  });
});
