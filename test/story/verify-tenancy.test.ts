import { ask, data, refusalOf } from "../support/ask.js";
import { callerOf, tinyPdf, type Caller } from "../support/caller.js";
import type { Gateway } from "../support/gateway.js";
import { CLIENT_TOKEN, operation, type Given } from "../support/operation.js";
import { changedBy } from "../support/stored.js";
import * as operations from "../support/verify-operation.js";
import { givenSandboxGateway, worked } from "../support/verify.js";

interface Told {
  readonly gateway: Gateway;
  readonly caller: Caller;
  /** Of what the fintech holds, by prefix. */
  readonly ids: Readonly<Record<"ver" | "doc" | "mem" | "crt", string>>;
  readonly certificationToken: string;
}

const TOKENS = operation<{ entity: { members: readonly { certificationToken: string | null }[] } }>(
  `{ entity(handle: "alder") { ... on Business { members(role: BENEFICIAL_OWNER) { certificationToken } } } }`,
);

/** The fintech's Ada, who is in review with a document handed in, and the certified company that she owns. */
async function givenEverything(): Promise<Told & AsyncDisposable> {
  const gateway = await givenSandboxGateway();
  const { token } = gateway.fintech;
  const caller = callerOf(gateway, token);
  await caller.person({ lastName: "Fraud" });
  await caller.business();
  await caller.link("alder", "ada", "CONTROLLING_OFFICER", { details: "CEO" });
  const mem = await caller.link("alder", "ada", "BENEFICIAL_OWNER", { ownershipStake: "60" });
  await caller.link("alder", "ada", "ADMINISTRATOR");
  const [member] = (await data(gateway, token, TOKENS)).entity.members;
  const { certificationToken } = member!;
  const owner = { businessHandle: "alder", memberHandle: "ada", certificationToken: certificationToken! };
  await data(gateway, token, operations.CERTIFY_OWNER, { input: owner });
  const { certifyBusiness } = await data(gateway, token, operations.CERTIFY, { input: { businessHandle: "alder" } });
  const ver = (await caller.request("ada")).verification.id;
  await caller.request("alder");
  await worked(gateway);
  const doc = await caller.submit(ver, { filename: "secret-name.pdf" });
  const ids = { ver, doc, mem, crt: certifyBusiness.certification.id };
  return {
    gateway,
    caller,
    ids,
    certificationToken: certificationToken!,
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

const KINDS = ["ver", "doc", "mem", "crt"] as const;

/** An id of the same kind that names nothing. */
const nobodys = (id: string): string => `${id.slice(0, id.lastIndexOf("_"))}_${"7777777".padStart(26, "0")}`;

const NODE = operation(`query ($id: ID!) { node(id: $id) { __typename id } }`);
const NODES = operation(`query ($id: ID!) { nodes(ids: [$id]) { __typename id } }`);
const VERIFICATION = operation(`query ($id: ID!) { verification(id: $id) { id status } }`);

/** As whom strangers ask: one in no network of the fintech's, and one who knows Ada as well, in the same network. */
const OTHERS = ["stranger", "bank"] as const;

/** The bank knows the same Ada and the same company, under handles of its own. */
async function givenKnown({ gateway }: Told): Promise<Caller> {
  const bank = callerOf(gateway, gateway.bank.token);
  await bank.person({ handle: "customer" });
  await bank.business({ handle: "client" });
  return bank;
}

describe("an id of somebody else", () => {
  it.each(
    KINDS.flatMap((kind) => OTHERS.map((who) => [kind, who] as const)),
  )("is, as %s, nothing to the %s", async (kind, who) => {
    await using told = await givenEverything();
    const { gateway, ids } = told;
    if (who === "bank") await givenKnown(told);
    for (const document of kind === "ver" ? [NODE, NODES, VERIFICATION] : [NODE, NODES]) {
      const about = (id: string) => ask(gateway, gateway[who].token, document, { id });
      const theirs = await about(ids[kind]);
      expect(theirs).toEqual(await about(nobodys(ids[kind])));
      expect(theirs.errors).toBeUndefined();
      expect(Object.values(theirs.data!).flat()).toEqual([null]);
    }
  });

  it("is found by whoever it belongs to", async () => {
    await using told = await givenEverything();
    const { gateway, ids } = told;
    const types = await Promise.all(
      KINDS.map(async (kind) => (await ask(gateway, gateway.fintech.token, NODE, { id: ids[kind] })).data),
    );
    expect(types).toMatchObject(
      ["Verification", "Document", "Member", "Certification"].map((__typename) => ({ node: { __typename } })),
    );
  });

  const MUTATIONS = [
    ["reviewVerification", operations.REVIEW, (id: string) => ({ verificationId: id, outcome: "PASSED" })],
    [
      "submitDocument",
      operations.SUBMIT_DOCUMENT,
      (id: string) => ({
        verificationId: id,
        documentType: "id_passport",
        filename: "a.pdf",
        mimeType: "application/pdf",
        contentBase64: tinyPdf(),
      }),
    ],
  ] as const;

  it.each(MUTATIONS)("is refused in %s as if it named nothing", async (_verb, document, input) => {
    await using told = await givenEverything();
    const { gateway, ids } = told;
    await givenKnown(told);
    for (const who of OTHERS) {
      const tried = (id: string) =>
        changedBy(gateway.app, () => ask<unknown, Given>(gateway, gateway[who].token, document, { input: input(id) }));
      const theirs = await tried(ids.ver);
      expect(theirs).toEqual(await tried(nobodys(ids.ver)));
      expect(theirs.changed).toEqual([]);
      expect(refusalOf(theirs.result)).toEqual({ code: "NOT_FOUND", paths: ["input.verificationId"] });
    }
  });

  it("is refused over plain HTTP, too: a document to read, a run to send one for", async () => {
    await using told = await givenEverything();
    const { gateway, ids } = told;
    const headers = { authorization: `Bearer ${gateway.stranger.token}` };
    const read = (id: string) => fetch(`${gateway.url}/documents/${id}?reason=curiosity`, { headers });
    const answers = await Promise.all([read(ids.doc), read(nobodys(ids.doc))]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    const [theirs, nothing] = await Promise.all(answers.map((answer) => answer.text()));
    expect(theirs).toBe(nothing);
  });

  it.each([
    ["requestVerification", operations.REQUEST, { handle: "ada" }],
    ["linkMember", operations.LINK, { businessHandle: "alder", memberHandle: "ada", role: "ADMINISTRATOR" }],
    ["unlinkMember", operations.UNLINK, { businessHandle: "alder", memberHandle: "ada", role: "ADMINISTRATOR" }],
    ["certifyBusiness", operations.CERTIFY, { businessHandle: "alder" }],
    [
      "certifyBeneficialOwner",
      operations.CERTIFY_OWNER,
      { businessHandle: "alder", memberHandle: "ada", certificationToken: "x" },
    ],
  ] as const)("nor does %s know a handle of somebody else", async (_verb, document, input) => {
    await using told = await givenEverything();
    const { gateway } = told;
    const { result, changed } = await changedBy(gateway.app, () =>
      ask<unknown, Given>(gateway, gateway.stranger.token, document, { input }),
    );
    expect([refusalOf(result).code, changed]).toEqual(["NOT_FOUND", []]);
  });
});

describe("two participants that verify one person", () => {
  const SEEN = operation<{
    entity: {
      id: string;
      verificationStatus: string;
      verifications: { totalCount: number; edges: readonly { node: { id: string; tags: readonly string[] } }[] };
      memberships: readonly { id: string }[];
      requirements: { currentlyDue: readonly { code: string }[] };
    };
    verifications: { totalCount: number };
  }>(`query ($handle: String!) {
    entity(handle: $handle) {
      id verificationStatus memberships { id }
      verifications { totalCount edges { node { id tags documents { id } } } }
      requirements { currentlyDue { code } }
    }
    verifications { totalCount }
  }`);

  it("see nothing of each other's runs, tags, members, documents and standing", async () => {
    await using told = await givenEverything();
    const { gateway, caller } = told;
    const bank = await givenKnown(told);
    const seen = (handle: string, token: string) => data(gateway, token, SEEN, { handle });
    const mine = await seen("ada", gateway.fintech.token);
    const before = await seen("customer", gateway.bank.token);
    expect(before.entity.id).toBe(mine.entity.id);
    expect(before).toEqual({
      entity: {
        id: mine.entity.id,
        verificationStatus: "UNVERIFIED",
        memberships: [],
        verifications: { totalCount: 0, edges: [] },
        requirements: { currentlyDue: [{ code: "REQUEST_VERIFICATION" }] },
      },
      verifications: { totalCount: 0 },
    });
    await bank.request("customer");
    await worked(gateway);
    const after = await seen("customer", gateway.bank.token);
    expect([after.entity.verificationStatus, after.entity.verifications.totalCount]).toEqual(["PASSED", 1]);
    expect(await seen("ada", gateway.fintech.token)).toEqual(mine);
    expect((await caller.check("ada")).verificationStatus).toBe("DOCUMENTS_RECEIVED");
  });

  it("see nothing of each other's business", async () => {
    await using told = await givenEverything();
    await givenKnown(told);
    const { gateway } = told;
    const document = operation(`{ entity(handle: "client") { ... on Business {
      verificationStatus certificationStatus members { id } certificationHistory { id } beneficialOwners { percentage }
      verifications { totalCount }
    } } }`);
    expect((await ask(gateway, gateway.bank.token, document)).data).toEqual({
      entity: {
        verificationStatus: "UNVERIFIED",
        certificationStatus: "CERTIFICATION_PENDING",
        members: [],
        certificationHistory: [],
        beneficialOwners: [],
        verifications: { totalCount: 0 },
      },
    });
  });

  it("are told nothing of what happens at the other", async () => {
    await using told = await givenEverything();
    const { gateway, caller, ids } = told;
    await givenKnown(told);
    const events = operation<{ events: { edges: readonly { node: { type: string } }[] } }>(
      `{ events(first: 100) { edges { node { type } } } }`,
    );
    const heard = async () =>
      (await data(gateway, gateway.bank.token, events)).events.edges.map(({ node }) => node.type);
    const before = await heard();
    expect(before).toEqual(["ENTITY_REGISTERED", "ENTITY_REGISTERED"]);
    await caller.review(ids.ver, "PASSED");
    await caller.link("alder", "ada", "BENEFICIAL_OWNER", { ownershipStake: "1" }).catch(() => "");
    expect(await heard()).toEqual(before);
  });

  it("keep their attempts apart", async () => {
    await using told = await givenEverything();
    const bank = await givenKnown(told);
    expect((await bank.request("customer")).verification).toMatchObject({ attempt: 1, status: "PENDING" });
  });
});

/** Everything that verification shows, asked by whoever holds a token for one entity. */
const AS_CLIENT = operation<{ checkKyc: { entity: Record<string, unknown> } }>(`query ($handle: String!) {
  checkKyc(handle: $handle) {
    success message verificationStatus
    documentsRequired { id }
    verificationHistory { ${operations.RUN} requirements { currentlyDue { code publicMessage staffMessage } } }
    entity {
      requirements {
        currentlyDue { code publicMessage staffMessage acceptableDocuments }
        pastDue { staffMessage } pendingVerification { code publicMessage staffMessage }
      }
      memberships { role details certificationToken verificationRequired }
    }
  }
}`);

/** A token for one entity of the fintech's. */
const clientToken = async ({ gateway }: Told, handle: string): Promise<string> =>
  (await data(gateway, gateway.fintech.token, CLIENT_TOKEN, { input: { handle } })).createClientToken.token;

const STAFF_WORDS = /fraud|denied|mismatch|not verified|KYC \w+ Match|secret reason/i;

describe("a client token", () => {
  it("sees status, requirements and words for the person, and nothing that is for staff", async () => {
    await using told = await givenEverything();
    const { gateway, ids, caller } = told;
    await caller.review(ids.ver, "FAILED", ["secret reason"]);
    const answer = await ask(gateway, await clientToken(told, "ada"), AS_CLIENT, { handle: "ada" });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({
      checkKyc: {
        success: false,
        verificationStatus: "FAILED",
        documentsRequired: [{ id: ids.ver }],
        verificationHistory: [{ id: ids.ver, tags: [], reasons: [], score: null, checks: [] }],
        entity: {
          requirements: { currentlyDue: [{ code: "DOCUMENT_IDENTITY", staffMessage: null }, { staffMessage: null }] },
        },
      },
    });
    const text = JSON.stringify(answer.data);
    expect(text.match(STAFF_WORDS)).toBeNull();
    expect(text).not.toContain(told.certificationToken);
    const staff = await ask(gateway, gateway.fintech.token, AS_CLIENT, { handle: "ada" });
    expect(JSON.stringify(staff.data)).toMatch(/Denied Fraud.*secret reason/);
  });

  it("of a business sees its members and no token by which to certify them", async () => {
    await using told = await givenEverything();
    const { gateway } = told;
    const document = operation(`{ entity(handle: "alder") { verificationStatus
      ... on Business { members { role certificationToken verificationStatus verification { id tags } } } } }`);
    const answer = await ask(gateway, await clientToken(told, "alder"), document);
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({
      entity: { members: [{ certificationToken: null }, { certificationToken: null }, { certificationToken: null }] },
    });
    expect(JSON.stringify(answer.data)).not.toMatch(STAFF_WORDS);
  });

  it("opens one entity: neither another's runs and documents nor any list of them", async () => {
    await using told = await givenEverything();
    const { gateway, ids, caller } = told;
    await caller.person({ handle: "jun", firstName: "Jun", socialSecurityNumber: "212-55-0102" });
    await caller.request("jun");
    await worked(gateway);
    const token = await clientToken(told, "jun");
    for (const kind of KINDS) {
      const about = (id: string) => ask(gateway, token, NODE, { id });
      expect((await about(ids[kind])).data).toEqual({ node: null });
    }
    const list = operation(`{ verifications { totalCount } entities { totalCount } }`);
    expect((await ask(gateway, token, list)).data).toEqual({
      verifications: { totalCount: 1 },
      entities: { totalCount: 1 },
    });
    const other = await ask(gateway, token, operations.CHECK_KYC, { handle: "ada" });
    expect(refusalOf(other)).toEqual({ code: "NOT_FOUND", paths: ["handle"] });
  });

  it("of a person sees of a business of that person's no other owner, and not how the others stand", async () => {
    await using told = await givenEverything();
    const { gateway, caller } = told;
    await caller.person({ handle: "jun", firstName: "Jun", lastName: "Okafor", socialSecurityNumber: "212-55-0102" });
    await caller.link("alder", "jun", "BENEFICIAL_OWNER", { ownershipStake: "30" });
    const document = operation(`{ entity(handle: "jun") { memberships { business {
      displayName members { entity { displayName } } beneficialOwners { percentage person { displayName } }
      verifications { totalCount } certificationHistory { id } verificationStatus
      requirements { currentlyDue { code entity { displayName } } }
      identity { ein address { line1 } }
    } } } }`);
    const answer = await ask(gateway, await clientToken(told, "jun"), document);
    expect(JSON.stringify(answer)).not.toContain("Ada");
    expect(JSON.stringify(answer)).not.toContain("MEMBER_");
  });

  it.each([
    ["requestVerification", operations.REQUEST, { handle: "ada" }],
    ["reviewVerification", operations.REVIEW, { verificationId: "ver", outcome: "PASSED" }],
    ["linkMember", operations.LINK, { businessHandle: "alder", memberHandle: "ada", role: "ADMINISTRATOR" }],
    ["certifyBusiness", operations.CERTIFY, { businessHandle: "alder" }],
    [
      "submitDocument",
      operations.SUBMIT_DOCUMENT,
      {
        verificationId: "ver",
        documentType: "id_passport",
        filename: "a.pdf",
        mimeType: "application/pdf",
        contentBase64: tinyPdf(),
      },
    ],
  ] as const)("does nothing: %s is refused", async (_verb, document, input) => {
    await using told = await givenEverything();
    const { gateway, ids } = told;
    const token = await clientToken(told, "ada");
    const given = "verificationId" in input ? { ...input, verificationId: ids.ver } : input;
    const { result, changed } = await changedBy(gateway.app, () =>
      ask<unknown, Given>(gateway, token, document, { input: given }),
    );
    expect([refusalOf(result).code, changed]).toEqual(["FORBIDDEN", []]);
  });
});
