import { JUN } from "../support/given.js";
import {
  codesOf as codes,
  givenCompanyRan as company,
  givenRan as ran,
  givenTelling,
  type Telling,
} from "../support/telling.js";
import { DAY_MS, daysPass, givenApproval, worked } from "../support/verify.js";

const statuses = ["VERIFICATION_STATUS_CHANGED"];
const path = async ({ caller }: Telling): Promise<(string | undefined)[]> =>
  (await caller.events(statuses)).map(({ to }) => to);

describe("a run whose documents came in", () => {
  it("passes two minutes after the last of them, and not before", async () => {
    await using telling = await givenTelling();
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
    await using telling = await givenTelling();
    const id = await ran(telling, lastName);
    await telling.caller.submit(id);
    telling.gateway.time.advance(120_000);
    await worked(telling.gateway);
    expect((await telling.caller.check("ada")).success).toBe(true);
  });

  it("fails where the documents prove nothing, and still takes others", async () => {
    await using telling = await givenTelling();
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
    await using telling = await givenTelling();
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
    expect(codes(answer.entity.requirements.pastDue)).toEqual(["DOCUMENT_IDENTITY", "CORRECT_DETAILS"]);
    expect(answer.entity.requirements.currentlyDue).toEqual([]);
  });

  it("counts as an attempt once its time is over", async () => {
    await using telling = await givenTelling();
    await ran(telling, "Review");
    await daysPass(telling.gateway, 30);
    expect((await telling.caller.request("ada")).verification.attempt).toBe(2);
  });
});

describe("the status of an entity", () => {
  it("is pending only while nothing else is known", async () => {
    await using telling = await givenTelling();
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
    await using telling = await givenTelling();
    const { gateway, caller } = telling;
    await givenApproval(gateway, gateway.fintech, "DOC_KYC", true);
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
    await using telling = await givenTelling();
    await company(telling, "Alder Works LLC", "Fail");
    expect((await telling.caller.check("alder", "KYB-STANDARD")).verificationStatus).toBe("MEMBER_FAILED");
    expect((await telling.caller.check("alder", "KYB-LITE")).verificationStatus).toBe("UNVERIFIED");
  });

  it("goes up a chain of three businesses, and is told of each", async () => {
    await using telling = await givenTelling();
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
    expect(new Map(last.map(({ entity, from }) => [ids.get(entity!.id), from]))).toEqual(
      new Map(names.map((handle) => [handle, "MEMBER_PENDING"])),
    );
  });
});

describe("a person that is amended after a pass", () => {
  /** What is due once Ada, who had passed, is registered anew with this. */
  async function dueAfter(telling: Telling, over: object): Promise<string[]> {
    await telling.caller.person({ phone: "503-555-0100", email: "ada@example.com" });
    await telling.caller.request("ada");
    await worked(telling.gateway);
    await telling.caller.person({ phone: "503-555-0100", email: "ada@example.com", ...over });
    return codes((await telling.caller.check("ada")).entity.requirements.currentlyDue);
  }

  it.each([
    ["first name", { firstName: "Adela" }],
    ["last name", { lastName: "Okafor" }],
    ["address", { address: { line1: "1 Birch Street", city: "Portland", state: "OR", postalCode: "97205" } }],
    ["birth date", { dateOfBirth: "1988-04-13" }],
    ["number", { socialSecurityNumber: "212-55-0108" }],
  ])("has to be verified again for another %s", async (_what, over) => {
    await using telling = await givenTelling();
    expect(await dueAfter(telling, over)).toEqual(["REVERIFICATION"]);
    expect((await telling.caller.request("ada")).verification.attempt).toBe(1);
    await worked(telling.gateway);
    expect((await telling.caller.check("ada")).entity.requirements.currentlyDue).toEqual([]);
  });

  it.each([
    ["telephone", { phone: "503-555-0199" }],
    ["e-mail address", { email: "moreno@example.com" }],
    ["nothing at all", {}],
  ])("has not, for another %s", async (_what, over) => {
    await using telling = await givenTelling();
    expect(await dueAfter(telling, over)).toEqual([]);
  });

  it("has not, once what had passed is registered again", async () => {
    await using telling = await givenTelling();
    expect(await dueAfter(telling, { lastName: "Okafor" })).toEqual(["REVERIFICATION"]);
    await telling.caller.person({ phone: "503-555-0100", email: "ada@example.com" });
    expect((await telling.caller.check("ada")).entity.requirements.currentlyDue).toEqual([]);
  });
});
