import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { createPolicy } from "../../src/policy/create.js";
import { ask, data, refusalOf } from "../support/ask.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import {
  ALL_KINDS,
  defaultPolicyOf,
  givenConsent,
  givenFurnished,
  givenRegistered,
  individual,
  JUN,
  record,
} from "../support/given.js";
import * as operations from "../support/operation.js";
import { changedBy } from "../support/stored.js";

const { operation } = operations;

/** An id of the same kind that names nothing. */
const nobodys = (id: string): string => `${id.slice(0, id.lastIndexOf("_"))}_${"7777777".padStart(26, "0")}`;

const NODE = operation<{ node: { __typename: string } | null }>(
  `query Node($id: ID!) { node(id: $id) { __typename id } }`,
);
const NODES = operation(`query Nodes($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }`);

/** One of everything: the vendor furnished about Ada, the fintech holds the rest. */
async function givenEverything(gateway: Gateway) {
  const { bank, vendor, fintech, network } = gateway;
  const [att] = (await givenFurnished(vendor, [network], [record(ALL_KINDS)])).values();
  const [submission] = await vendor.read.rows<{ id: string }>("select id from submission");
  const ent = await givenRegistered(fintech);
  const con = await givenConsent(fintech, network);
  const input = { consentId: con, networkIds: [network] };
  const { queryCertificate } = await data(gateway, fintech.token, operations.QUERY, { input });
  const requirements = [{ key: "liveness", kinds: ["LIVENESS_REVIEW"] as const }];
  const draft = await bank.commit((write) =>
    createPolicy(write, { networkId: network, name: "STRICT", product: "KYC", selection: "OLDEST", requirements }),
  );
  return {
    par: fintech.id,
    net: network,
    ent,
    att: att!,
    sub: submission!.id,
    con,
    pol: await defaultPolicyOf(gateway, network),
    draft,
    cert: queryCertificate.certificate!.id,
    qev: queryCertificate.queryEvent.id,
  };
}

type Everything = Awaited<ReturnType<typeof givenEverything>>;

/** The same question about the id of somebody else and about one that names nothing. */
async function bothAsked(
  gateway: Gateway,
  token: string,
  document: TypedDocumentNode<unknown>,
  variables: (id: string) => object,
  id: string,
) {
  const about = (one: string) => ask(gateway, token, document, variables(one) as Record<string, unknown>);
  return { theirs: await about(id), nobodys: await about(nobodys(id)) };
}

const KINDS: readonly (keyof Everything)[] = ["par", "net", "ent", "att", "sub", "con", "pol", "draft", "cert", "qev"];

describe("node and nodes", () => {
  it.each(KINDS)("answer a stranger about the %s of others as about an id that names nothing", async (kind) => {
    await using gateway = await givenGateway();
    const { [kind]: id } = await givenEverything(gateway);
    const { stranger } = gateway;
    const one = await bothAsked(gateway, stranger.token, NODE, (given) => ({ id: given }), id);
    expect(one.theirs).toEqual(one.nobodys);
    expect(one.theirs).toMatchObject({ data: { node: null }, status: 200 });
    expect(one.theirs.errors).toBeUndefined();
    const many = await bothAsked(gateway, stranger.token, NODES, (given) => ({ ids: [stranger.id, given] }), id);
    expect(many.theirs).toEqual(many.nobodys);
    expect(many.theirs.data).toEqual({ nodes: [{ __typename: "Participant", id: stranger.id }, null] });
  });

  it.each<keyof Everything>([
    "con",
    "cert",
    "qev",
  ])("answer a furnisher of the same network about the %s of a querier alike", async (kind) => {
    await using gateway = await givenGateway();
    const { [kind]: id } = await givenEverything(gateway);
    const answer = await bothAsked(gateway, gateway.vendor.token, NODE, (given) => ({ id: given }), id);
    expect(answer.theirs).toEqual(answer.nobodys);
    expect(answer.theirs).toMatchObject({ data: { node: null } });
  });

  it("answer a querier about the draft of a governor and the submission of a furnisher alike", async () => {
    await using gateway = await givenGateway();
    const { draft, sub } = await givenEverything(gateway);
    for (const id of [draft, sub]) {
      const answer = await bothAsked(gateway, gateway.fintech.token, NODE, (given) => ({ id: given }), id);
      expect(answer.theirs).toEqual(answer.nobodys);
      expect(answer.theirs).toMatchObject({ data: { node: null } });
    }
  });

  it("find each of them for whom it is", async () => {
    await using gateway = await givenGateway();
    const ids = await givenEverything(gateway);
    const { bank, vendor, fintech } = gateway;
    const types = {
      par: "Participant",
      net: "Network",
      ent: "Individual",
      att: "Attestation",
      con: "Consent",
      pol: "Policy",
      cert: "Certificate",
      qev: "QueryEvent",
    } as const;
    for (const [kind, type] of Object.entries(types)) {
      const id = ids[kind as keyof typeof types];
      expect((await data(gateway, fintech.token, NODE, { id })).node).toEqual({ __typename: type, id });
    }
    expect((await data(gateway, vendor.token, NODE, { id: ids.sub })).node).toEqual({
      __typename: "Submission",
      id: ids.sub,
    });
    expect((await data(gateway, bank.token, NODE, { id: ids.draft })).node).toEqual({
      __typename: "Policy",
      id: ids.draft,
    });
  });

  it.each([
    "",
    "cert",
    "cert_",
    "cert_x",
    "ent_zzzzzzzzzzzzzzzzzzzzzzzzzz",
    "' or 1=1 --",
    "\ud800",
    "key_00000000000000000000000001",
  ])("answer null to what is no id of a node: %j", async (id) => {
    await using gateway = await givenGateway();
    expect(await data(gateway, gateway.fintech.token, NODE, { id })).toEqual({ node: null });
  });
});

/** Every field that looks something up by an id, or by an id among other things. */
const LOOK_UPS: readonly (readonly [field: string, kind: keyof Everything, document: string])[] = [
  ["network", "net", "query ($id: ID!) { network(id: $id) { id name participants { id } } }"],
  ["policies", "net", "query ($id: ID!) { policies(networkId: $id) { id } }"],
  ["entity", "ent", "query ($id: ID!) { entity(id: $id) { id displayName } }"],
  ["attestation", "att", "query ($id: ID!) { attestation(id: $id) { id statement } }"],
  ["certificate", "cert", "query ($id: ID!) { certificate(id: $id) { id jws } }"],
  ["events", "ent", "query ($id: ID!) { events(entityIds: [$id]) { edges { cursor } } }"],
];

describe("a field that looks something up", () => {
  it.each(
    LOOK_UPS,
  )("answers a stranger in %s about the %s of others as about one that does not exist", async (field, kind, document) => {
    await using gateway = await givenGateway();
    const { [kind]: id } = await givenEverything(gateway);
    const { theirs, nobodys: nothings } = await bothAsked(
      gateway,
      gateway.stranger.token,
      operation(document),
      (given) => ({ id: given }),
      id,
    );
    expect(theirs).toEqual(nothings);
    const nothing = { policies: [], events: { edges: [] } }[field] ?? null;
    expect(theirs).toMatchObject({ status: 200, data: { [field]: nothing } });
    expect(theirs.errors).toBeUndefined();
  });

  it("does not find an entity by the handle of somebody else", async () => {
    await using gateway = await givenGateway();
    await givenEverything(gateway);
    const document = operation<{ entity: null }>(`query ($handle: String!) { entity(handle: $handle) { id } }`);
    const theirs = await ask(gateway, gateway.stranger.token, document, { handle: "ada" });
    expect(theirs).toEqual(await ask(gateway, gateway.stranger.token, document, { handle: "nobody" }));
    expect(theirs.data).toEqual({ entity: null });
  });
});

type Mutating = readonly [
  verb: string,
  document: TypedDocumentNode<unknown, operations.Given>,
  kind: keyof Everything,
  input: (id: string, gateway: Gateway, all: Everything) => object,
];

const MUTATIONS: readonly Mutating[] = [
  ["furnishKyc", operations.FURNISH, "net", (id) => ({ networkIds: [id], records: [record()] })],
  ["revokeAttestation", operations.REVOKE, "att", (id) => ({ attestationId: id, reason: "mine now" })],
  [
    "recordConsent",
    operations.RECORD_CONSENT,
    "net",
    (id) => ({ networkId: id, handle: "mine", purpose: "p", subjectConsented: true }),
  ],
  ["withdrawConsent", operations.WITHDRAW_CONSENT, "con", (id) => ({ consentId: id })],
  ["queryCertificate", operations.QUERY, "con", (id, _gateway, { net }) => ({ consentId: id, networkIds: [net] })],
  ["checkCoverage", operations.COVERAGE, "con", (id, _gateway, { net }) => ({ consentId: id, networkIds: [net] })],
  [
    "createPolicy",
    operations.CREATE_POLICY,
    "net",
    (id) => ({ networkId: id, name: "MINE", requirements: [{ key: "a", kinds: ["ADDRESS_CAPTURE"] }] }),
  ],
  ["publishPolicy", operations.PUBLISH_POLICY, "pol", (id) => ({ policyId: id })],
  ["publishPolicy of a draft", operations.PUBLISH_POLICY, "draft", (id) => ({ policyId: id, isDefault: true })],
];

/** A verb on the id of somebody else, and on one that names nothing: how each was answered, and what changed. */
async function tried(gateway: Gateway, token: string, all: Everything, [, document, kind, input]: Mutating) {
  const variables = (id: string) => ({ input: input(id, gateway, all) });
  const both = () => bothAsked(gateway, token, document as TypedDocumentNode<unknown>, variables, all[kind]);
  const { result, changed } = await changedBy(gateway.app, both);
  return { ...result, changed, refusal: refusalOf(result.theirs) };
}

/** As if nothing had that id: the same answer byte for byte, and no change. */
const asNothing = ({ nobodys: nothings }: Awaited<ReturnType<typeof tried>>) => ({
  theirs: nothings,
  nobodys: nothings,
  changed: [],
  refusal: { code: "NOT_FOUND", paths: [expect.stringMatching(/^input\.\w+(\[0\])?$/)] },
});

describe("a verb", () => {
  it.each(MUTATIONS)("refuses a stranger in %s as if nothing had that id", async (...mutating) => {
    await using gateway = await givenGateway();
    const all = await givenEverything(gateway);
    await givenRegistered(gateway.stranger, { ...JUN, handle: "mine" });
    const answers = await tried(gateway, gateway.stranger.token, all, mutating);
    expect(answers).toEqual(asNothing(answers));
  });

  it.each(
    MUTATIONS.filter(([verb]) =>
      ["withdrawConsent", "queryCertificate", "checkCoverage", "publishPolicy of a draft"].includes(verb),
    ),
  )("refuses a member of the same network in %s as if nothing had that id", async (...mutating) => {
    await using gateway = await givenGateway();
    const all = await givenEverything(gateway);
    const answers = await tried(gateway, gateway.vendor.token, all, mutating);
    expect(answers).toEqual(asNothing(answers));
  });

  it("does not let the holder of a certificate revoke an attestation in it", async () => {
    await using gateway = await givenGateway();
    const all = await givenEverything(gateway);
    const revoking = MUTATIONS.find(([verb]) => verb === "revokeAttestation")!;
    const answers = await tried(gateway, gateway.fintech.token, all, revoking);
    expect(answers).toEqual(asNothing(answers));
  });

  it("does not make a client token for the handle of somebody else", async () => {
    await using gateway = await givenGateway();
    await givenEverything(gateway);
    const asked = (handle: string) =>
      ask(gateway, gateway.stranger.token, operations.CLIENT_TOKEN, { input: { handle } });
    const theirs = await asked("ada");
    expect(theirs).toEqual(await asked("nobody"));
    expect(refusalOf(theirs)).toEqual({ code: "NOT_FOUND", paths: ["input.handle"] });
  });

  it("gives everybody the handle that somebody else uses, without touching it", async () => {
    await using gateway = await givenGateway();
    const { ent } = await givenEverything(gateway);
    const { registerIndividual } = await data(gateway, gateway.stranger.token, operations.REGISTER, {
      input: individual(JUN),
    });
    expect(registerIndividual).toMatchObject({ created: true, individual: { displayName: "Jun Okafor" } });
    expect(registerIndividual.individual.id).not.toBe(ent);
    const mine = await data(gateway, gateway.fintech.token, operations.REGISTER, { input: individual() });
    expect(mine.registerIndividual).toEqual({ created: false, individual: { id: ent, displayName: "Ada Moreno" } });
  });
});

describe("a cursor", () => {
  it("of somebody else's events is refused like an invented one", async () => {
    await using gateway = await givenGateway();
    await givenEverything(gateway);
    const [first] = (await data(gateway, gateway.fintech.token, operations.EVENTS, {})).events.edges;
    const after = (cursor: string) => ask(gateway, gateway.vendor.token, operations.EVENTS, { after: cursor });
    const theirs = await after(first!.node.cursor);
    expect(refusalOf(theirs).code).toBe("CURSOR_INVALID");
    expect(theirs).toEqual(await after("aW52ZW50ZWQ"));
  });

  it("of somebody else's certificates shows nothing of theirs", async () => {
    await using gateway = await givenGateway();
    await givenEverything(gateway);
    const document = operation<{
      certificates: { totalCount: number; edges: object[]; pageInfo: { endCursor: string } };
    }>(
      `query ($after: String) { certificates(after: $after) { totalCount edges { node { id } } pageInfo { endCursor } } }`,
    );
    const { certificates } = await data(gateway, gateway.fintech.token, document, {});
    const seen = await data(gateway, gateway.vendor.token, document, { after: certificates.pageInfo.endCursor });
    expect(seen.certificates).toMatchObject({ totalCount: 0, edges: [] });
  });
});
