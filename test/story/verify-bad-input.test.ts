import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { ask, refusalOf } from "../support/ask.js";
import { callerOf, tinyPdf, type Caller } from "../support/caller.js";
import type { Gateway } from "../support/gateway.js";
import { business, individual } from "../support/given.js";
import type { Given } from "../support/operation.js";
import { changedBy } from "../support/stored.js";
import * as operations from "../support/verify-operation.js";
import { givenSandboxGateway, worked } from "../support/verify.js";

/** A person and a company whose names and numbers occur nowhere but in what is sent. */
const MARKED = {
  handle: "marked",
  firstName: "Xanthippe",
  lastName: "Quillfeather",
  dateOfBirth: "1987-06-05",
  socialSecurityNumber: "219-48-7703",
};
const FIRM = { handle: "firm", legalName: "Quillfeather Holdings LLC", ein: "31-4159265" };
const TOKEN = "an-invented-token-that-nobody-was-shown";
const FILENAME = "xanthippes-passport.pdf";

const SECRETS = [
  "Xanthippe",
  "Quillfeather",
  "1987-06-05",
  "2008-03-03",
  "219-48-7703",
  "219487703",
  "48-7703",
  "31-4159265",
  "314159265",
  TOKEN,
  FILENAME,
  "000-48-7703",
  "07-4159265",
  tinyPdf("Quillfeather"),
];

interface Scene {
  readonly gateway: Gateway;
  readonly caller: Caller;
}

interface Refusal {
  readonly code: string;
  readonly paths: readonly string[];
  readonly status: number;
}

/** Sends it: how it was refused, what that changed, and what the answer or the log then tells of what was sent. */
async function refused({ gateway }: Scene, send: () => Promise<Refusal & { readonly text: string }>) {
  const { result, changed } = await changedBy(gateway.app, send);
  const { text, ...refusal } = result;
  const told = SECRETS.filter((secret) => (text + gateway.logged.join("\n")).includes(secret));
  return { ...refusal, changed, told };
}

const overGraphql =
  ({ gateway }: Scene, document: TypedDocumentNode<unknown, Given>, input: object) =>
  async () => {
    const answer = await ask(gateway, gateway.fintech.token, document, { input });
    return { ...refusalOf(answer), status: answer.status, text: JSON.stringify(answer) };
  };

/** A refusal as all must be: coded, with its paths, without any change, and silent about what was sent. */
const tidy = (code: string, paths: readonly string[], status = 200) => ({ code, paths, status, changed: [], told: [] });

/** A firm that Xanthippe controls and owns in part, and administers; everything registered and linked. */
async function givenFirm(): Promise<Scene & AsyncDisposable> {
  const gateway = await givenSandboxGateway();
  const caller = callerOf(gateway, gateway.fintech.token);
  await caller.person(MARKED);
  await caller.person({ handle: "ben", firstName: "Ben", socialSecurityNumber: "212-55-0104" });
  await caller.business({ ...FIRM, businessType: "llc" });
  await caller.business({ handle: "holding", legalName: "Holding LLC", ein: "31-4159266" });
  await caller.link("firm", "marked", "CONTROLLING_OFFICER");
  await caller.link("firm", "marked", "BENEFICIAL_OWNER", { ownershipStake: "66.7" });
  await caller.link("firm", "marked", "ADMINISTRATOR");
  return { gateway, caller, [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose]() };
}

const person = (over: object) => individual({ ...MARKED, ...over });
const member = (over: object) => ({ businessHandle: "firm", memberHandle: "ben", role: "BENEFICIAL_OWNER", ...over });

type Wrong = readonly [
  what: string,
  document: TypedDocumentNode<unknown, Given>,
  input: object,
  code: string,
  paths: readonly string[],
];

const NUMBER = ["input.socialSecurityNumber"];
const STAKE = ["input.ownershipStake"];
const BAD = "BAD_USER_INPUT";

const WRONG: readonly Wrong[] = [
  [
    "a person of 17 years and 364 days",
    operations.REGISTER,
    person({ dateOfBirth: "2008-03-03" }),
    BAD,
    ["input.dateOfBirth"],
  ],
  ["a number of area 000", operations.REGISTER, person({ socialSecurityNumber: "000-48-7703" }), BAD, NUMBER],
  ["a number of area 666", operations.REGISTER, person({ socialSecurityNumber: "666-48-7703" }), BAD, NUMBER],
  ["a number of area 900", operations.REGISTER, person({ socialSecurityNumber: "900-48-7703" }), BAD, NUMBER],
  ["a number of group 00", operations.REGISTER, person({ socialSecurityNumber: "219-00-7703" }), BAD, NUMBER],
  ["a number of serial 0000", operations.REGISTER, person({ socialSecurityNumber: "219-48-0000" }), BAD, NUMBER],
  [
    "an EIN of a prefix that is not assigned",
    operations.REGISTER_BUSINESS,
    business({ ...FIRM, ein: "07-4159265" }),
    BAD,
    ["input.ein"],
  ],
  ["a stake of 0", operations.LINK, member({ ownershipStake: "0" }), BAD, STAKE],
  ["a stake of less than nothing", operations.LINK, member({ ownershipStake: "-1" }), BAD, STAKE],
  ["a stake of 100.01", operations.LINK, member({ ownershipStake: "100.01" }), BAD, STAKE],
  ["an owner without a stake", operations.LINK, member({}), BAD, STAKE],
  [
    "a stake of a controlling officer",
    operations.LINK,
    member({ role: "CONTROLLING_OFFICER", ownershipStake: "10" }),
    BAD,
    STAKE,
  ],
  ["stakes of over 100 together", operations.LINK, member({ ownershipStake: "33.300001" }), BAD, STAKE],
  [
    "a business as controlling officer",
    operations.LINK,
    member({ memberHandle: "holding", role: "CONTROLLING_OFFICER" }),
    BAD,
    ["input.role"],
  ],
  [
    "a person as a business",
    operations.LINK,
    member({ businessHandle: "marked", ownershipStake: "10" }),
    BAD,
    ["input.businessHandle"],
  ],
  [
    "a member twice in a role",
    operations.LINK,
    member({ memberHandle: "marked", ownershipStake: "1" }),
    "CONFLICT",
    ["input.role"],
  ],
  [
    "the sole controlling officer unlinked",
    operations.UNLINK,
    member({ memberHandle: "marked", role: "CONTROLLING_OFFICER" }),
    "CONFLICT",
    ["input.memberHandle"],
  ],
  [
    "a token that nobody was shown",
    operations.CERTIFY_OWNER,
    { businessHandle: "firm", memberHandle: "marked", certificationToken: TOKEN },
    "CONFLICT",
    ["input.certificationToken"],
  ],
  [
    "a certifier who is no administrator",
    operations.CERTIFY,
    { businessHandle: "firm", administratorHandle: "ben" },
    "FORBIDDEN",
    ["input.administratorHandle"],
  ],
  [
    "a business whose owners are not certified",
    operations.CERTIFY,
    { businessHandle: "firm" },
    "CONFLICT",
    ["input.businessHandle"],
  ],
  [
    "a level that is not approved",
    operations.REQUEST,
    { handle: "marked", kycLevel: "DOC_KYC" },
    "FORBIDDEN",
    ["input.kycLevel"],
  ],
  [
    "a level for businesses",
    operations.REQUEST,
    { handle: "marked", kycLevel: "KYB-STANDARD" },
    BAD,
    ["input.kycLevel"],
  ],
  ["a handle that nobody uses", operations.REQUEST, { handle: "nobody" }, "NOT_FOUND", ["input.handle"]],
];

describe("what is sent wrongly", () => {
  it.each(
    WRONG,
  )("is refused by code and path, and changes nothing: %s", async (_what, document, input, code, paths) => {
    await using scene = await givenFirm();
    expect(await refused(scene, overGraphql(scene, document, input))).toEqual(tidy(code, paths));
  });

  it("is refused with every fault at once", async () => {
    await using scene = await givenFirm();
    const input = person({ dateOfBirth: "2008-03-03", socialSecurityNumber: "000-48-7703", firstName: " " });
    const all = ["input.firstName", "input.dateOfBirth", "input.socialSecurityNumber"];
    expect(await refused(scene, overGraphql(scene, operations.REGISTER, input))).toEqual(tidy(BAD, all));
  });
});

/** The token of the firm's owner, as it is shown now. */
async function shown({ caller }: Scene): Promise<string> {
  const answer = await caller.asks(
    `{ entity(handle: "firm") { ... on Business { members(role: BENEFICIAL_OWNER) { certificationToken } } } }`,
  );
  const { members } = answer.data!["entity"] as { members: readonly { certificationToken: string }[] };
  return members[0]!.certificationToken;
}

describe("a certification", () => {
  it("is refused by a token of what was shown before something changed", async () => {
    await using scene = await givenFirm();
    const certificationToken = await shown(scene);
    await scene.caller.person({ ...MARKED, lastName: "Quillfeather-Okafor" });
    const input = { businessHandle: "firm", memberHandle: "marked", certificationToken };
    expect(await refused(scene, overGraphql(scene, operations.CERTIFY_OWNER, input))).toEqual(
      tidy("CONFLICT", ["input.certificationToken"]),
    );
  });

  it("is refused where there is no administrator", async () => {
    await using scene = await givenFirm();
    await scene.caller.link("holding", "ben", "BENEFICIAL_OWNER", { ownershipStake: "50" });
    const refusal = await refused(scene, overGraphql(scene, operations.CERTIFY, { businessHandle: "holding" }));
    expect(refusal).toEqual(tidy(BAD, ["input.administratorHandle"]));
  });
});

/** The run of a person who needs documents. */
async function givenNeeding(scene: Scene): Promise<string> {
  await scene.caller.person({ ...MARKED, lastName: "documents_required" });
  const { verification } = await scene.caller.request("marked");
  await worked(scene.gateway);
  return verification.id;
}

const SAID = { documentType: "id_passport", filename: FILENAME, mimeType: "application/pdf" };
const PNG = Buffer.from("89504e470d0a1a0a", "hex").toString("base64");

describe("a document", () => {
  it.each([
    ["a PDF that is a photograph", { contentBase64: PNG }, ["input.mimeType"]],
    [
      "a PDF that is a page of the web",
      { contentBase64: Buffer.from("<html>").toString("base64") },
      ["input.mimeType"],
    ],
    ["a photograph that is a PDF", { mimeType: "image/png" }, ["input.mimeType"]],
    ["nothing", { contentBase64: "" }, ["input.contentBase64"]],
    ["no base64", { contentBase64: "Quillfeather!" }, ["input.contentBase64"]],
    ["a type that there is not", { documentType: "love_letter" }, ["input.documentType"]],
    ["a name with a path", { filename: `../${FILENAME}` }, ["input.filename"]],
    [
      "all wrong",
      { documentType: "x", filename: "", mimeType: "x" },
      ["input.documentType", "input.filename", "input.mimeType"],
    ],
  ])("is refused where it says one thing and is another: %s", async (_what, over, paths) => {
    await using scene = await givenFirm();
    const verificationId = await givenNeeding(scene);
    const input = { ...SAID, verificationId, contentBase64: tinyPdf("Quillfeather"), ...over };
    expect(await refused(scene, overGraphql(scene, operations.SUBMIT_DOCUMENT, input))).toEqual(tidy(BAD, paths));
  });

  it("is refused for a run that needs none", async () => {
    await using scene = await givenFirm();
    const { verification } = await scene.caller.request("marked");
    await worked(scene.gateway);
    const input = { ...SAID, verificationId: verification.id, contentBase64: tinyPdf("Quillfeather") };
    const refusal = await refused(scene, overGraphql(scene, operations.SUBMIT_DOCUMENT, input));
    expect(refusal).toEqual(tidy("ILLEGAL_TRANSITION", []));
  });

  it("of 21 MB is refused while it comes", async () => {
    await using scene = await givenFirm();
    const { gateway } = scene;
    const verificationId = await givenNeeding(scene);
    const send = async () => {
      const form = new FormData();
      const bytes = Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(21 * 1024 * 1024, "x")]);
      form.set("documentType", "id_passport");
      form.set("file", new File([bytes], FILENAME, { type: "application/pdf" }));
      const response = await fetch(`${gateway.url}/documents?verification=${verificationId}`, {
        method: "POST",
        headers: { authorization: `Bearer ${gateway.fintech.token}` },
        body: form,
      });
      const text = await response.text();
      return { ...refusalOf(JSON.parse(text) as Parameters<typeof refusalOf>[0]), status: response.status, text };
    };
    expect(await refused(scene, send)).toEqual(tidy(BAD, [], 413));
  }, 60_000);
});

describe("an attempt", () => {
  it("is refused the third time, and another level does not open it", async () => {
    await using scene = await givenFirm();
    const { caller, gateway } = scene;
    await caller.person({ ...MARKED, firstName: "Fail" });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await caller.request("marked");
      await worked(gateway);
    }
    const again = (over: object = {}) =>
      refused(scene, overGraphql(scene, operations.REQUEST, { handle: "marked", ...over }));
    expect(await again()).toEqual(tidy("CONFLICT", ["input.kycLevel"]));
    expect(await again({ idempotencyKey: "once-more" })).toEqual(tidy("CONFLICT", ["input.kycLevel"]));
    expect(await again({ kycLevel: "DOC_KYC" })).toEqual(tidy("FORBIDDEN", ["input.kycLevel"]));
  });
});
