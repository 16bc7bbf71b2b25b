import { registerBusiness } from "../../src/entity/register.js";
import { linkMember } from "../../src/business/link.js";
import { requestVerification, type RequestVerification } from "../../src/verification/request.js";
import type { Commit } from "../../src/kernel/reader.js";
import type { RunStatus } from "../../src/verification/status.js";
import { ADA, JUN, business, countOf, givenRegistered, givenWorld, type World } from "../support/given.js";
import { agrees, answering, scripted, workedBy } from "../support/scripted.js";
import { refusedTrace, traced } from "../support/trace.js";
import * as verify from "../support/verify.js";

const { givenApproval, givenRequested, givenStatus, movesOf, runOf, withoutRight, workOn } = verify;

const request = ({ app }: World, commit: Commit, input: Partial<RequestVerification> = {}) =>
  commit((write) =>
    requestVerification(write, { levels: app.config.levels, iss: app.config.issuer }, { handle: "ada", ...input }),
  );

const FAILS = scripted({ ask: () => answering({ verdict: "FAILED" }) });
const PASSES = scripted({ ask: agrees() });

async function givenAda(): Promise<World> {
  const world = await givenWorld();
  await givenRegistered(world.fintech);
  return world;
}

const givenBusiness = ({ fintech }: World, businessType: "llc" | "trust" = "llc") =>
  fintech.commit((write) => registerBusiness(write, business({ businessType })));

describe("requestVerification", () => {
  it("opens a run at the first level that fits, and leaves the rest to a worker", async () => {
    await using world = await givenAda();
    const { result, changed } = await traced(world, () => request(world, world.fintech.commit));
    expect(changed).toEqual(["event", "standing", "verification", "verification_work"]);
    expect(result.replayed).toBe(false);
    const run = await runOf(world, result.verificationId);
    expect(run).toMatchObject({ status: "PENDING", kycLevel: "KYC-STANDARD", attempt: 1, parentVerificationId: null });
    expect(await workOn(world, run.id)).toMatchObject({ step: "ASK", dueAt: world.time.clock(), lease: null });
    expect(await movesOf(world, world.fintech)).toEqual([{ subjectId: run.id, from: "UNVERIFIED", to: "PENDING" }]);
  });

  it("asks about what was registered at that moment, whatever is amended before the answer", async () => {
    await using world = await givenAda();
    await request(world, world.fintech.commit);
    await givenRegistered(world.fintech, { lastName: "Okafor" });
    const provider = scripted();
    await workedBy(world, provider);
    expect(provider.asked.map(({ subject }) => subject.facts)).toMatchObject([{ lastName: ADA.lastName }]);
  });

  it.each<RunStatus>([
    "PENDING",
    "WEBHOOK_PENDING",
    "DOCUMENTS_RECEIVED",
  ])("answers the run that is under way while it is %s, and changes nothing", async (status) => {
    await using world = await givenAda();
    const id = await givenRequested(world, world.fintech);
    await givenStatus(world.fintech, id, status);
    const { result, changed } = await traced(world, () => request(world, world.fintech.commit));
    expect([result, changed]).toEqual([{ verificationId: id, replayed: true }, []]);
  });

  it("opens another at another level meanwhile", async () => {
    await using world = await givenAda();
    await givenApproval(world, world.fintech, "DOC_KYC", true);
    await request(world, world.fintech.commit);
    expect(await request(world, world.fintech.commit, { kycLevel: "DOC_KYC" })).toMatchObject({ replayed: false });
    expect(await countOf(world, "verification")).toBe(2);
  });

  it.each([
    [undefined],
    ["monday"],
  ])("opens one run for 50 identical requests at once, with the key %s", async (idempotencyKey) => {
    await using world = await givenAda();
    const input = idempotencyKey ? { idempotencyKey } : {};
    const all = await Promise.all(Array.from({ length: 50 }, () => request(world, world.fintech.commit, input)));
    expect(new Set(all.map(({ verificationId }) => verificationId)).size).toBe(1);
    expect(all.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(await countOf(world, "verification")).toBe(1);
    expect(await countOf(world, "verification_work")).toBe(1);
  });

  it("answers the same key with the same run, even after it has ended", async () => {
    await using world = await givenAda();
    const first = await request(world, world.fintech.commit, { idempotencyKey: "monday" });
    await workedBy(world, FAILS);
    const { result, changed } = await traced(world, () =>
      request(world, world.fintech.commit, { idempotencyKey: "monday" }),
    );
    expect([result, changed]).toEqual([{ ...first, replayed: true }, []]);
  });

  it("refuses the same key with another body", async () => {
    await using world = await givenAda();
    await givenRegistered(world.fintech, { ...JUN, handle: "jun" });
    await request(world, world.fintech.commit, { idempotencyKey: "monday" });
    const trace = await refusedTrace(world, () =>
      request(world, world.fintech.commit, { handle: "jun", idempotencyKey: "monday" }),
    );
    expect(trace).toMatchObject({ code: "IDEMPOTENCY_CONFLICT", changed: [] });
  });

  it("counts attempts, names the one before, and refuses a third", async () => {
    await using world = await givenAda();
    const first = await givenRequested(world, world.fintech);
    await workedBy(world, FAILS);
    const second = await givenRequested(world, world.fintech);
    await workedBy(world, FAILS);
    expect(await runOf(world, second)).toMatchObject({ attempt: 2, parentVerificationId: first });
    expect(await refusedTrace(world, () => request(world, world.fintech.commit))).toEqual({
      code: "CONFLICT",
      paths: ["input.kycLevel"],
      changed: [],
    });
  });

  it("counts anew after a pass", async () => {
    await using world = await givenAda();
    for (const provider of [FAILS, PASSES, FAILS]) {
      await request(world, world.fintech.commit);
      await workedBy(world, provider);
      world.time.advance(1_000);
    }
    const attempts = await world.app.store.rows("select attempt from verification order by id");
    expect(attempts).toEqual([{ attempt: 1 }, { attempt: 2 }, { attempt: 1 }]);
    const last = await givenRequested(world, world.fintech);
    expect(await runOf(world, last)).toMatchObject({ attempt: 2 });
  });

  it("counts each level, and each participant, apart", async () => {
    await using world = await givenAda();
    await givenRegistered(world.bank);
    await givenApproval(world, world.fintech, "DOC_KYC", true);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await request(world, world.fintech.commit);
      await workedBy(world, FAILS);
    }
    const other = await givenRequested(world, world.fintech, { kycLevel: "DOC_KYC" });
    const theirs = await givenRequested(world, world.bank);
    expect([(await runOf(world, other)).attempt, (await runOf(world, theirs)).attempt]).toEqual([1, 1]);
  });

  it.each([
    "DOC_KYC",
    "GOLD",
    "' or 1=1 --",
  ])("refuses a level that is not approved, or that nobody knows: %s", async (kycLevel) => {
    await using world = await givenAda();
    expect(await refusedTrace(world, () => request(world, world.fintech.commit, { kycLevel }))).toEqual({
      code: "FORBIDDEN",
      paths: ["input.kycLevel"],
      changed: [],
    });
  });

  it("takes a level that was given by name, and refuses an open one that was taken", async () => {
    await using world = await givenAda();
    await givenApproval(world, world.fintech, "DOC_KYC", true);
    await givenApproval(world, world.fintech, "KYC-STANDARD", false);
    expect((await runOf(world, await givenRequested(world, world.fintech))).kycLevel).toBe("DOC_KYC");
    const trace = await refusedTrace(world, () => request(world, world.fintech.commit, { kycLevel: "KYC-STANDARD" }));
    expect(trace).toMatchObject({ code: "FORBIDDEN", changed: [] });
    await givenRegistered(world.bank);
    expect((await runOf(world, await givenRequested(world, world.bank))).kycLevel).toBe("KYC-STANDARD");
  });

  it("refuses a level for the other type of entity", async () => {
    await using world = await givenAda();
    await givenBusiness(world);
    const wrong = { code: "BAD_USER_INPUT", paths: ["input.kycLevel"], changed: [] };
    const asked = (input: Partial<RequestVerification>) =>
      refusedTrace(world, () => request(world, world.fintech.commit, input));
    expect(await asked({ kycLevel: "KYB-STANDARD" })).toEqual(wrong);
    expect(await asked({ handle: "alder", kycLevel: "KYC-STANDARD" })).toEqual(wrong);
  });

  it("refuses a level for businesses of another type", async () => {
    await using world = await givenAda();
    await givenApproval(world, world.fintech, "KYB-LITE", true);
    await givenBusiness(world);
    const input = { handle: "alder", kycLevel: "KYB-LITE" };
    expect(await refusedTrace(world, () => request(world, world.fintech.commit, input))).toMatchObject({
      code: "BAD_USER_INPUT",
      paths: ["input.kycLevel"],
    });
  });

  it("asks at the lighter level, without an officer, for a business of its type that is approved for it", async () => {
    await using world = await givenAda();
    await givenApproval(world, world.fintech, "KYB-LITE", true);
    await givenBusiness(world, "trust");
    const id = await givenRequested(world, world.fintech, { handle: "alder" });
    expect((await runOf(world, id)).kycLevel).toBe("KYB-LITE");
  });

  it("refuses a business without the officer that the level asks for", async () => {
    await using world = await givenAda();
    await givenBusiness(world);
    const link = (role: "CONTROLLING_OFFICER" | "ADMINISTRATOR") =>
      world.fintech.commit((write) => linkMember(write, { businessHandle: "alder", memberHandle: "ada", role }));
    await link("ADMINISTRATOR");
    expect(await refusedTrace(world, () => request(world, world.fintech.commit, { handle: "alder" }))).toEqual({
      code: "CONFLICT",
      paths: ["input.handle"],
      changed: [],
    });
    await link("CONTROLLING_OFFICER");
    expect(await request(world, world.fintech.commit, { handle: "alder" })).toMatchObject({ replayed: false });
  });

  it("does not find the handle of somebody else, nor one that nobody uses", async () => {
    await using world = await givenAda();
    const nothing = { code: "NOT_FOUND", paths: ["input.handle"], changed: [] };
    expect(await refusedTrace(world, () => request(world, world.stranger.commit))).toEqual(nothing);
    expect(await refusedTrace(world, () => request(world, world.stranger.commit, { handle: "nobody" }))).toEqual(
      nothing,
    );
  });

  it("reports every fault at once, and changes nothing", async () => {
    await using world = await givenAda();
    const input = { handle: "no handle", kycLevel: "", maxPrice: "-1" };
    expect(await refusedTrace(world, () => request(world, world.fintech.commit, input))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["input.handle", "input.kycLevel", "input.maxPrice"],
      changed: [],
    });
  });

  it.each(["0.1.2", "1e3", "NaN", "-0.01", " 1", ""])("refuses the price %j", async (maxPrice) => {
    await using world = await givenAda();
    const trace = await refusedTrace(world, () => request(world, world.fintech.commit, { maxPrice }));
    expect(trace).toEqual({ code: "BAD_USER_INPUT", paths: ["input.maxPrice"], changed: [] });
  });

  it("refuses a key without the scope, and a client token, even about the entity itself", async () => {
    await using world = await givenWorld();
    const entityId = await givenRegistered(world.fintech);
    const others = ["entities", "review", "furnish", "query", "policies", "analyse", "admin"] as const;
    for (const commit of withoutRight(world, world.fintech, entityId, others))
      expect(await refusedTrace(world, () => request(world, commit))).toEqual({
        code: "FORBIDDEN",
        paths: [],
        changed: [],
      });
  });
});
