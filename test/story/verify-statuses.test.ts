import { OPERATOR } from "../../src/kernel/actor.js";
import { approveLevel } from "../../src/verification/approve.js";
import { SHIPPED_LEVELS } from "../../src/verification/level.js";
import { callerOf, type Caller } from "../support/caller.js";
import type { Gateway } from "../support/gateway.js";
import { JUN } from "../support/given.js";
import type { Due, KycCheck } from "../support/verify-operation.js";
import { DAY_MS, daysPass, givenSandboxGateway, worked } from "../support/verify.js";

const codes = (due: readonly Due[]): string[] => due.map(({ code }) => code);

/** An answer as far as a story tells of it. */
const told = ({ success, message, verificationStatus, verificationHistory, documentsRequired, entity }: KycCheck) => ({
  success,
  message,
  verificationStatus,
  history: verificationHistory.map(({ status }) => status),
  documentsRequired: documentsRequired.length,
  due: codes(entity.requirements.currentlyDue),
  pastDue: codes(entity.requirements.pastDue),
  pending: codes(entity.requirements.pendingVerification),
});

/** What a story ends in, besides the status itself. */
type Expected = Omit<ReturnType<typeof told>, "verificationStatus">;

const quiet: Omit<Expected, "message"> = {
  success: false,
  history: [],
  documentsRequired: 0,
  due: [],
  pastDue: [],
  pending: [],
};

type Story = readonly [status: string, story: (telling: Telling) => Promise<unknown>, expected: Expected];

interface Telling {
  readonly gateway: Gateway;
  readonly caller: Caller;
}

/** A gateway and the fintech at it. */
async function given(): Promise<Telling & AsyncDisposable> {
  const gateway = await givenSandboxGateway();
  return {
    gateway,
    caller: callerOf(gateway, gateway.fintech.token),
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

/** A person of that last name, for whom a run was asked for and what is due was done. */
async function ran({ gateway, caller }: Telling, lastName: string): Promise<string> {
  await caller.person({ lastName });
  const { verification } = await caller.request("ada");
  await worked(gateway);
  return verification.id;
}

const AGAIN = "CORRECT_DETAILS";

const INDIVIDUAL: readonly Story[] = [
  [
    "UNVERIFIED",
    ({ caller }) => caller.person(),
    { ...quiet, message: "ID verification was not requested for ada.", due: ["REQUEST_VERIFICATION"] },
  ],
  [
    "PENDING",
    async ({ caller }) => {
      await caller.person();
      await caller.request("ada");
    },
    { ...quiet, message: "ada is pending ID verification.", history: ["PENDING"], pending: ["CHECKING"] },
  ],
  [
    "WEBHOOK_PENDING",
    (telling) => ran(telling, "Webhook"),
    { ...quiet, message: "ada is pending ID verification.", history: ["WEBHOOK_PENDING"], pending: ["CHECKING"] },
  ],
  [
    "PASSED",
    (telling) => ran(telling, "Moreno"),
    { ...quiet, success: true, message: "ada has passed ID verification!", history: ["PASSED"] },
  ],
  [
    "FAILED",
    (telling) => ran(telling, "Fail"),
    {
      ...quiet,
      message: "ada has failed ID verification.",
      history: ["FAILED"],
      documentsRequired: 1,
      due: ["DOCUMENT_NAME", AGAIN],
    },
  ],
  [
    "REVIEW",
    (telling) => ran(telling, "Review"),
    {
      ...quiet,
      message: "ada is in review for ID verification.",
      history: ["REVIEW"],
      documentsRequired: 1,
      due: ["DOCUMENT_IDENTITY", AGAIN],
    },
  ],
  [
    "DOCUMENTS_REQUIRED",
    (telling) => ran(telling, "documents_required"),
    {
      ...quiet,
      message: "Documents are required for the ID verification of ada.",
      history: ["DOCUMENTS_REQUIRED"],
      documentsRequired: 1,
      due: ["DOCUMENT_IDENTITY", AGAIN],
    },
  ],
  [
    "DOCUMENTS_RECEIVED",
    async (telling) => telling.caller.submit(await ran(telling, "documents_required")),
    {
      ...quiet,
      message: "Documents were received for the ID verification of ada.",
      history: ["DOCUMENTS_RECEIVED"],
      pending: ["DOCUMENT_REVIEW"],
    },
  ],
];

describe("what checkKyc says of a person", () => {
  it.each(INDIVIDUAL)("is %s, with all that follows from it", async (verificationStatus, story, expected) => {
    await using telling = await given();
    await story(telling);
    const answer = await telling.caller.check("ada");
    expect(told(answer)).toEqual({ ...expected, verificationStatus });
    expect(answer.entity.verificationStatus).toBe(verificationStatus);
    expect(answer.validKycLevels).toEqual(["KYC-STANDARD"]);
  });
});

/** A company with its officer, for both of whom what is asked for was done; null asks for nothing. */
async function company(
  { gateway, caller }: Telling,
  legalName: string | null,
  officer: string | null,
): Promise<string> {
  await caller.person({ lastName: officer ?? "Moreno" });
  await caller.business({ legalName: legalName ?? "Alder Works LLC" });
  await caller.link("alder", "ada", "CONTROLLING_OFFICER", { details: "CEO" });
  if (officer) await caller.request("ada");
  const run = legalName ? (await caller.request("alder")).verification.id : "";
  await worked(gateway);
  return run;
}

const CERTIFY = "CERTIFICATION";
const MEMBER = "MEMBER_VERIFICATION";

const BUSINESS: readonly Story[] = [
  [
    "UNVERIFIED",
    (telling) => company(telling, null, "Moreno"),
    {
      ...quiet,
      message: "ID verification was not requested for alder.",
      due: ["REQUEST_VERIFICATION", CERTIFY],
    },
  ],
  [
    "PENDING",
    async (telling) => {
      await company(telling, null, "Moreno");
      await telling.caller.request("alder");
    },
    {
      ...quiet,
      message: "alder is pending ID verification.",
      history: ["PENDING"],
      due: [CERTIFY],
      pending: ["CHECKING"],
    },
  ],
  [
    "WEBHOOK_PENDING",
    (telling) => company(telling, "Webhook", "Moreno"),
    {
      ...quiet,
      message: "alder is pending ID verification.",
      history: ["WEBHOOK_PENDING"],
      due: [CERTIFY],
      pending: ["CHECKING"],
    },
  ],
  [
    "PASSED",
    (telling) => company(telling, "Alder Works LLC", "Moreno"),
    { ...quiet, success: true, message: "alder has passed ID verification!", history: ["PASSED"], due: [CERTIFY] },
  ],
  [
    "FAILED",
    (telling) => company(telling, "Fail", "Moreno"),
    {
      ...quiet,
      message: "alder has failed ID verification.",
      history: ["FAILED"],
      documentsRequired: 1,
      due: ["DOCUMENT_NAME", AGAIN, CERTIFY],
    },
  ],
  [
    "REVIEW",
    (telling) => company(telling, "Review", "Moreno"),
    {
      ...quiet,
      message: "alder is in review for ID verification.",
      history: ["REVIEW"],
      documentsRequired: 1,
      due: ["DOCUMENT_IDENTITY", AGAIN, CERTIFY],
    },
  ],
  [
    "DOCUMENTS_REQUIRED",
    (telling) => company(telling, "documents_required", "Moreno"),
    {
      ...quiet,
      message: "Documents are required for the ID verification of alder.",
      history: ["DOCUMENTS_REQUIRED"],
      documentsRequired: 1,
      due: ["DOCUMENT_IDENTITY", AGAIN, CERTIFY],
    },
  ],
  [
    "DOCUMENTS_RECEIVED",
    async (telling) =>
      telling.caller.submit(await company(telling, "documents_required", "Moreno"), {
        documentType: "doc_business_license",
      }),
    {
      ...quiet,
      message: "Documents were received for the ID verification of alder.",
      history: ["DOCUMENTS_RECEIVED"],
      due: [CERTIFY],
      pending: ["DOCUMENT_REVIEW"],
    },
  ],
  [
    "MEMBER_FAILED",
    (telling) => company(telling, "Alder Works LLC", "Fail"),
    {
      ...quiet,
      message: "A member of alder has failed ID verification.",
      history: ["PASSED"],
      due: [CERTIFY, MEMBER],
    },
  ],
  [
    "MEMBER_REVIEW",
    (telling) => company(telling, "Alder Works LLC", "Review"),
    {
      ...quiet,
      message: "A member of alder is in review for ID verification.",
      history: ["PASSED"],
      due: [CERTIFY, MEMBER],
    },
  ],
  [
    "MEMBER_UNVERIFIED",
    (telling) => company(telling, "Alder Works LLC", null),
    {
      ...quiet,
      message: "ID verification was not requested for a member of alder.",
      history: ["PASSED"],
      due: [CERTIFY, MEMBER],
    },
  ],
  [
    "MEMBER_PENDING",
    (telling) => company(telling, "Alder Works LLC", "Webhook"),
    {
      ...quiet,
      message: "A member of alder is pending ID verification.",
      history: ["PASSED"],
      due: [CERTIFY, MEMBER],
    },
  ],
];

describe("what checkKyc says of a business", () => {
  it.each(BUSINESS)("is %s, with all that follows from it", async (verificationStatus, story, expected) => {
    await using telling = await given();
    await story(telling);
    const answer = await telling.caller.check("alder");
    expect(told(answer)).toEqual({ ...expected, verificationStatus });
    expect(answer.entity.verificationStatus).toBe(verificationStatus);
    expect(answer.validKycLevels).toEqual(["KYB-STANDARD"]);
  });
});

const statuses = ["VERIFICATION_STATUS_CHANGED"];
const path = async ({ caller }: Telling): Promise<(string | undefined)[]> =>
  (await caller.events(statuses)).map(({ to }) => to);

describe("a run whose documents came in", () => {
  it("passes two minutes after the last of them, and not before", async () => {
    await using telling = await given();
    const { gateway, caller } = telling;
    const id = await ran(telling, "documents_required");
    await caller.submit(id);
    gateway.time.advance(60_000);
    await caller.submit(id, { filename: "back.pdf", contentBase64: Buffer.from("%PDF-1.7 back").toString("base64") });
    gateway.time.advance(119_999);
    await worked(gateway);
    expect((await caller.check("ada")).verificationStatus).toBe("DOCUMENTS_RECEIVED");
    gateway.time.advance(1);
    await worked(gateway);
    expect((await caller.check("ada")).success).toBe(true);
    expect(await path(telling)).toEqual(["PENDING", "DOCUMENTS_REQUIRED", "DOCUMENTS_RECEIVED", "PASSED"]);
  });

  it.each(["Fail", "Review"])("passes as well where it was %s before", async (lastName) => {
    await using telling = await given();
    const id = await ran(telling, lastName);
    await telling.caller.submit(id);
    telling.gateway.time.advance(120_000);
    await worked(telling.gateway);
    expect((await telling.caller.check("ada")).success).toBe(true);
  });

  it("fails where the documents prove nothing, and still takes others", async () => {
    await using telling = await given();
    const id = await ran(telling, "Fraud");
    await telling.caller.submit(id);
    telling.gateway.time.advance(120_000);
    await worked(telling.gateway);
    const answer = await telling.caller.check("ada");
    expect([answer.verificationStatus, answer.documentsRequired]).toEqual(["FAILED", [{ id }]]);
  });
});

describe("a run that nobody acts upon", () => {
  it.each([
    "Review",
    "documents_required",
  ])("is warned of at 7 days and at 1, and fails after 30: %s", async (lastName) => {
    await using telling = await given();
    const { gateway, caller } = telling;
    const id = await ran(telling, lastName);
    const { deadline } = (await caller.check("ada")).entity.requirements;
    expect(deadline).toBe("2026-04-01T12:00:00.000Z");
    const warnings = async () => (await caller.events(["VERIFICATION_DEADLINE_NEAR"])).map((event) => event.daysLeft);
    await daysPass(gateway, 22);
    expect(await warnings()).toEqual([]);
    await daysPass(gateway, 1);
    expect(await warnings()).toEqual([7]);
    await daysPass(gateway, 5);
    expect(await warnings()).toEqual([7]);
    await daysPass(gateway, 1);
    expect(await warnings()).toEqual([7, 1]);
    gateway.time.advance(DAY_MS - 1);
    await worked(gateway);
    expect((await caller.check("ada")).verificationStatus).not.toBe("FAILED");
    gateway.time.advance(1);
    await worked(gateway);
    const answer = await caller.check("ada");
    expect(answer.verificationStatus).toBe("FAILED");
    expect(answer.verificationHistory).toMatchObject([{ id, reasons: ["DEADLINE_PASSED"] }]);
    expect(codes(answer.entity.requirements.pastDue)).toEqual(["DOCUMENT_IDENTITY", AGAIN]);
    expect(answer.entity.requirements.currentlyDue).toEqual([]);
  });

  it("counts as an attempt once its time is over", async () => {
    await using telling = await given();
    await ran(telling, "Review");
    await daysPass(telling.gateway, 30);
    expect((await telling.caller.request("ada")).verification.attempt).toBe(2);
  });
});

describe("the status of an entity", () => {
  it("is pending only while nothing else is known", async () => {
    await using telling = await given();
    const { gateway, caller } = telling;
    await ran(telling, "Fail");
    await caller.person({ lastName: "Webhook" });
    await caller.request("ada");
    expect((await caller.check("ada")).verificationStatus).toBe("FAILED");
    await worked(gateway);
    const answer = await caller.check("ada");
    expect([answer.verificationStatus, answer.verificationHistory.map(({ status }) => status)]).toEqual([
      "FAILED",
      ["WEBHOOK_PENDING", "FAILED"],
    ]);
  });

  it("is, at a level, that of the runs at the level alone", async () => {
    await using telling = await given();
    const { gateway, caller } = telling;
    await gateway.app.commitAs(OPERATOR)((write) =>
      approveLevel(write, SHIPPED_LEVELS, { participantId: gateway.fintech.id, kycLevel: "DOC_KYC", approved: true }),
    );
    await ran(telling, "Fail");
    await caller.request("ada", { kycLevel: "DOC_KYC" });
    await worked(gateway);
    const by = async (kycLevel?: string) => {
      const { verificationStatus, verificationHistory } = await caller.check("ada", kycLevel);
      return [verificationStatus, verificationHistory.map((run) => run.kycLevel)];
    };
    expect(await by()).toEqual(["DOCUMENTS_REQUIRED", ["DOC_KYC", "KYC-STANDARD"]]);
    expect(await by("KYC-STANDARD")).toEqual(["FAILED", ["KYC-STANDARD"]]);
    expect(await by("DOC_KYC")).toEqual(["DOCUMENTS_REQUIRED", ["DOC_KYC"]]);
    expect(await by("KYB-STANDARD")).toEqual(["UNVERIFIED", []]);
  });

  it("of a business at a level is as well that of its members by all of theirs", async () => {
    await using telling = await given();
    await company(telling, "Alder Works LLC", "Fail");
    expect((await telling.caller.check("alder", "KYB-STANDARD")).verificationStatus).toBe("MEMBER_FAILED");
    expect((await telling.caller.check("alder", "KYB-LITE")).verificationStatus).toBe("UNVERIFIED");
  });

  it("goes up a chain of three businesses, and is told of each", async () => {
    await using telling = await given();
    const { gateway, caller } = telling;
    await caller.person();
    await caller.person({ ...JUN, handle: "jun" });
    const names = ["alder", "birch", "cedar"] as const;
    const ids = new Map<string, string>();
    for (const [place, handle] of names.entries()) {
      ids.set(await caller.business({ handle, legalName: `${handle} Company LLC`, ein: `12-345678${place}` }), handle);
      await caller.link(handle, "jun", "CONTROLLING_OFFICER");
    }
    await caller.link("alder", "birch", "BENEFICIAL_OWNER", { ownershipStake: "60" });
    await caller.link("birch", "cedar", "BENEFICIAL_OWNER", { ownershipStake: "60" });
    await caller.link("cedar", "ada", "BENEFICIAL_OWNER", { ownershipStake: "60" });
    for (const handle of [...names, "jun"]) await caller.request(handle);
    await worked(gateway);
    const all = () => Promise.all(names.map(async (handle) => (await caller.check(handle)).verificationStatus));
    expect(await all()).toEqual(["MEMBER_UNVERIFIED", "MEMBER_UNVERIFIED", "MEMBER_UNVERIFIED"]);
    await caller.request("ada");
    expect(await all()).toEqual(["MEMBER_PENDING", "MEMBER_PENDING", "MEMBER_PENDING"]);
    await worked(gateway);
    expect(await all()).toEqual(["PASSED", "PASSED", "PASSED"]);
    const changes = await caller.events(["ENTITY_STATUS_CHANGED"]);
    const last = changes.filter(({ entity, to }) => ids.has(entity!.id) && to === "PASSED");
    expect(last.map(({ entity, from }) => [ids.get(entity!.id), from]).toSorted()).toEqual(
      names.map((handle) => [handle, "MEMBER_PENDING"]),
    );
  });
});
