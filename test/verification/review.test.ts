import type { Commit } from "../../src/kernel/reader.js";
import type { Id } from "../../src/kernel/id.js";
import { reviewVerification, type ReviewVerification } from "../../src/verification/review.js";
import type { Inquiry } from "../../src/verification/provider.js";
import type { RunStatus } from "../../src/verification/status.js";
import { countOf, givenRegistered, givenWorld, type World } from "../support/given.js";
import { agreeing, answering, scripted, workedBy } from "../support/scripted.js";
import { refusedTrace } from "../support/trace.js";
import { givenRequested, givenStatus, movesOf, runOf, standingIn, withoutRight, workOn } from "../support/verify.js";

interface Reviewed extends World {
  readonly id: Id<"ver">;
  readonly entityId: Id<"ent">;
}

async function givenIn(status: RunStatus): Promise<Reviewed> {
  const world = await givenWorld();
  const entityId = await givenRegistered(world.fintech);
  const id = await givenRequested(world, world.fintech);
  await givenStatus(world.fintech, id, status);
  return { ...world, id, entityId };
}

const review = (commit: Commit, verificationId: string, over: Partial<ReviewVerification> = {}) =>
  commit((write) => reviewVerification(write, { verificationId, outcome: "PASSED", ...over }));

describe("reviewVerification", () => {
  it.each([
    ["REVIEW", "PASSED"],
    ["REVIEW", "FAILED"],
    ["DOCUMENTS_RECEIVED", "PASSED"],
    ["DOCUMENTS_RECEIVED", "FAILED"],
    ["DOCUMENTS_RECEIVED", "DOCUMENTS_REQUIRED"],
  ] as const)("settles a run in %s as %s, with the reasons that staff gives", async (from, outcome) => {
    await using world = await givenIn(from);
    const { id, fintech, entityId } = world;
    await review(fintech.commit, id, { outcome, reasons: ["SELFIE_MATCHES", "seen by two"] });
    const run = await runOf(world, id);
    expect([run.status, run.reasons]).toEqual([outcome, '["SELFIE_MATCHES","seen by two"]']);
    expect((await movesOf(world, fintech)).at(-1)).toEqual({ subjectId: id, from, to: outcome });
    expect(await standingIn(world, fintech, entityId)).toBe(outcome);
  });

  it("waits another 30 days where other documents are wanted, and for nothing where it is settled", async () => {
    await using world = await givenIn("DOCUMENTS_RECEIVED");
    await review(world.fintech.commit, world.id, { outcome: "DOCUMENTS_REQUIRED" });
    expect(await runOf(world, world.id)).toMatchObject({ dueAt: "2026-04-01T12:00:00.000Z" });
    expect(await workOn(world, world.id)).toMatchObject({ step: "WARN" });
    await givenStatus(world.fintech, world.id, "REVIEW");
    await review(world.fintech.commit, world.id);
    expect((await runOf(world, world.id)).dueAt).toBeNull();
    expect(await workOn(world, world.id)).toBeNull();
  });

  it("keeps what the checks said", async () => {
    await using world = await givenWorld();
    await givenRegistered(world.fintech);
    const id = await givenRequested(world, world.fintech);
    const unsure = (inquiry: Inquiry) => answering({ findings: [agreeing(inquiry)], verdict: "REVIEW" });
    await workedBy(world, scripted({ ask: unsure }));
    await review(world.fintech.commit, id);
    const { tags, score } = await runOf(world, id);
    expect([JSON.parse(tags), score]).toEqual([
      ["KYC Name Match", "KYC SSN Match", "KYC DOB Match", "KYC Address Match"],
      "1.00",
    ]);
    expect(await countOf(world, "verification_check")).toBe(4);
  });

  it.each<RunStatus>([
    "PENDING",
    "WEBHOOK_PENDING",
    "PASSED",
    "FAILED",
    "DOCUMENTS_REQUIRED",
  ])("refuses a run that is %s", async (status) => {
    await using world = await givenIn(status);
    for (const outcome of ["PASSED", "FAILED", "DOCUMENTS_REQUIRED"])
      expect(await refusedTrace(world, () => review(world.fintech.commit, world.id, { outcome }))).toEqual({
        code: "ILLEGAL_TRANSITION",
        paths: [],
        changed: [],
      });
  });

  it("refuses to want documents of a run in REVIEW: the table has no way there", async () => {
    await using world = await givenIn("REVIEW");
    const outcome = "DOCUMENTS_REQUIRED";
    const trace = await refusedTrace(world, () => review(world.fintech.commit, world.id, { outcome }));
    expect(trace).toMatchObject({ code: "ILLEGAL_TRANSITION", changed: [] });
  });

  it.each([
    [{ outcome: "MEMBER_FAILED" }, ["input.outcome"]],
    [{ outcome: "PENDING" }, ["input.outcome"]],
    [{ reasons: Array.from({ length: 11 }, () => "one") }, ["input.reasons"]],
    [{ reasons: ["fine", "number 212-55-0101"] }, ["input.reasons[1]"]],
    [{ reasons: [" "] }, ["input.reasons[0]"]],
    [{ reasons: ["x".repeat(501)] }, ["input.reasons[0]"]],
    [{ outcome: "", reasons: ["", "two\nlines"] }, ["input.outcome", "input.reasons[0]", "input.reasons[1]"]],
  ])("refuses %j, with every fault, and changes nothing", async (over, paths) => {
    await using world = await givenIn("REVIEW");
    expect(await refusedTrace(world, () => review(world.fintech.commit, world.id, over))).toEqual({
      code: "BAD_USER_INPUT",
      paths,
      changed: [],
    });
  });

  it("does not find a run of somebody else, nor one that nobody has", async () => {
    await using world = await givenIn("REVIEW");
    const nothing = { code: "NOT_FOUND", paths: ["input.verificationId"], changed: [] };
    for (const id of [world.id, "ver_00000000000000000007777777", "con_1", ""])
      expect(await refusedTrace(world, () => review(world.stranger.commit, id))).toEqual(nothing);
  });

  it("refuses a key that may ask for runs but not settle them, and a client token", async () => {
    await using world = await givenIn("REVIEW");
    const others = ["entities", "verify", "furnish", "query", "policies", "analyse", "admin"] as const;
    for (const commit of withoutRight(world, world.fintech, world.entityId, others))
      expect(await refusedTrace(world, () => review(commit, world.id))).toMatchObject({
        code: "FORBIDDEN",
        changed: [],
      });
  });

  it("settles a run once, when two of the staff settle it at the same time", async () => {
    await using world = await givenIn("REVIEW");
    const outcomes = await Promise.allSettled(
      ["PASSED", "FAILED"].map((outcome) => review(world.fintech.commit, world.id, { outcome })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await movesOf(world, world.fintech)).toHaveLength(2);
  });
});
