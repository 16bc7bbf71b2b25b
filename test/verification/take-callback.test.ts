import { OPERATOR } from "../../src/kernel/actor.js";
import { plusMs } from "../../src/kernel/instant.js";
import type { Id } from "../../src/kernel/id.js";
import type { Evidence, Finding, ProviderMessage } from "../../src/verification/provider.js";
import { forgetCallbacks } from "../../src/verification/forget-callbacks.js";
import { takeCallback } from "../../src/verification/take-callback.js";
import type { RunStatus } from "../../src/verification/status.js";
import { ADA, ADDRESS, givenRegistered, givenWorld, type World } from "../support/given.js";
import { CALLBACK, agrees, evidence, scripted, workedBy } from "../support/scripted.js";
import { traced } from "../support/trace.js";
import { DAY_MS, givenErased, givenRequested, givenStatus, movesOf, runOf, workOn } from "../support/verify.js";

/** What a source says that knows Ada as she is registered. */
const ADA_FOUND: Finding = {
  source: "credit_bureau",
  firstName: ADA.firstName,
  lastName: ADA.lastName,
  dateOfBirth: ADA.dateOfBirth,
  taxNumber: ADA.socialSecurityNumber.replaceAll("-", ""),
  address: ADDRESS,
};

interface Waiting extends World {
  readonly id: Id<"ver">;
  readonly entityId: Id<"ent">;
}

/** Ada's run, which its provider will call back about. */
async function givenWaiting(): Promise<Waiting> {
  const world = await givenWorld();
  const entityId = await givenRegistered(world.fintech);
  const id = await givenRequested(world, world.fintech);
  await workedBy(world, scripted({ ask: () => CALLBACK }));
  return { ...world, id, entityId };
}

const messageOf = ({ id, time }: Waiting, over: Partial<ProviderMessage> = {}): ProviderMessage => ({
  provider: "scripted",
  messageId: "msg_1",
  at: time.clock(),
  verificationId: id,
  evidence: evidence({ findings: [ADA_FOUND] }),
  ...over,
});

const take = ({ app }: World, message: ProviderMessage) => takeCallback(app.commitAs, app.config.levels, message);

const saying = (verdict: Evidence["verdict"]): Partial<ProviderMessage> => ({ evidence: evidence({ verdict }) });

const IGNORED = { result: { taken: false }, changed: [] };

describe("takeCallback", () => {
  it("takes in what the provider found, and ends the wait", async () => {
    await using world = await givenWaiting();
    expect((await runOf(world, world.id)).status).toBe("WEBHOOK_PENDING");
    world.time.advance(1_000);
    expect(await take(world, messageOf(world))).toEqual({ taken: true });
    expect(await runOf(world, world.id)).toMatchObject({
      status: "PASSED",
      provider: "scripted",
      providerReference: "scripted",
      score: "1.00",
      answeredAt: world.time.clock(),
    });
    expect(await workOn(world, world.id)).toBeNull();
    expect((await movesOf(world, world.fintech)).map(({ to }) => to)).toEqual(["PENDING", "WEBHOOK_PENDING", "PASSED"]);
  });

  it.each([
    "FAILED",
    "REVIEW",
    "DOCUMENTS_REQUIRED",
  ] as const)("takes the provider at its word: %s", async (verdict) => {
    await using world = await givenWaiting();
    await take(world, messageOf(world, saying(verdict)));
    expect((await runOf(world, world.id)).status).toBe(verdict);
  });

  it("takes the same message once, whatever it repeats", async () => {
    await using world = await givenWaiting();
    await take(world, messageOf(world, saying("REVIEW")));
    world.time.advance(1_000);
    expect(await traced(world, () => take(world, messageOf(world, saying("PASSED"))))).toEqual(IGNORED);
  });

  it("takes one of many deliveries of the same message at once", async () => {
    await using world = await givenWaiting();
    const taken = await Promise.all(Array.from({ length: 20 }, () => take(world, messageOf(world))));
    expect(taken.filter((one) => one.taken)).toHaveLength(1);
    expect(await movesOf(world, world.fintech)).toHaveLength(3);
  });

  it("lets what is older than what was taken change nothing but that it is known", async () => {
    await using world = await givenWaiting();
    const before = world.time.clock();
    world.time.advance(60_000);
    await take(world, messageOf(world, saying("REVIEW")));
    const late = messageOf(world, { messageId: "msg_0", at: before, ...saying("FAILED") });
    const { result, changed } = await traced(world, () => take(world, late));
    expect([result, changed]).toEqual([{ taken: false }, ["callback"]]);
  });

  it.each<[RunStatus, "REVIEW" | "PASSED"]>([
    ["PASSED", "REVIEW"],
    ["FAILED", "PASSED"],
    ["DOCUMENTS_REQUIRED", "PASSED"],
    ["DOCUMENTS_RECEIVED", "REVIEW"],
  ])("lets a run that is %s be, whatever comes late: %s", async (status, verdict) => {
    await using world = await givenWaiting();
    await givenStatus(world.fintech, world.id, status);
    const { result, changed } = await traced(world, () => take(world, messageOf(world, saying(verdict))));
    expect([result, changed]).toEqual([{ taken: false }, ["callback"]]);
  });

  it("saves a run that was given up for silence", async () => {
    await using world = await givenWaiting();
    world.time.advance(3_600_000);
    await workedBy(world, scripted());
    expect(await runOf(world, world.id)).toMatchObject({ status: "REVIEW", reasons: '["PROVIDER_SILENT"]' });
    await take(world, messageOf(world));
    expect(await runOf(world, world.id)).toMatchObject({ status: "PASSED", reasons: "[]" });
  });

  it("lets nobody speak but the provider that was asked", async () => {
    await using world = await givenWaiting();
    expect(await traced(world, () => take(world, messageOf(world, { provider: "another" })))).toEqual(IGNORED);
  });

  it.each(["ver_00000000000000000007777777", "", "' or 1=1 --"])("knows no run %j", async (verificationId) => {
    await using world = await givenWaiting();
    expect(await traced(world, () => take(world, messageOf(world, { verificationId })))).toEqual(IGNORED);
  });

  it("takes what comes before the worker has noted that it asked, and drops what the worker then says", async () => {
    await using world = await givenWorld();
    const entityId = await givenRegistered(world.fintech);
    const id = await givenRequested(world, world.fintech);
    const waiting = { ...world, id, entityId };
    const hasty = scripted({
      ask: async () => {
        expect(await take(world, messageOf(waiting))).toEqual({ taken: true });
        return CALLBACK;
      },
    });
    await workedBy(world, hasty);
    expect(await runOf(world, id)).toMatchObject({ status: "PASSED", provider: "scripted" });
    expect(await workOn(world, id)).toBeNull();
  });

  it("goes by the provider's clock where that is ahead, and furnishes nothing that is yet to come", async () => {
    await using world = await givenWorld();
    const entityId = await givenRegistered(world.bank);
    const id = await givenRequested(world, world.bank);
    await workedBy(world, scripted({ ask: () => CALLBACK }));
    const waiting = { ...world, id, entityId };
    const ahead = plusMs(world.time.clock(), 240_000);
    await take(world, messageOf(waiting, { at: ahead, ...saying("REVIEW") }));
    const again = messageOf(waiting, { messageId: "msg_2", at: ahead });
    expect(await take(world, again)).toEqual({ taken: false });
    expect(await take(world, { ...again, messageId: "msg_3", at: plusMs(ahead, 1) })).toEqual({ taken: true });
    expect((await runOf(world, id)).status).toBe("PASSED");
    const performed = await world.app.store.rows(`select distinct performed_at as at from attestation`);
    expect(performed).toEqual([{ at: world.time.clock() }]);
  });

  it("remembers messages for days, and not for ever", async () => {
    await using world = await givenWaiting();
    await take(world, messageOf(world, saying("REVIEW")));
    world.time.advance(2 * DAY_MS + 1);
    await take(world, messageOf(world, { messageId: "msg_2", ...saying("REVIEW") }));
    expect(await world.app.commitAs(OPERATOR)(forgetCallbacks)).toBe(1);
    expect(await world.app.store.rows("select message_id as id from callback")).toEqual([{ id: "msg_2" }]);
  });

  it("judges nobody who was erased", async () => {
    await using world = await givenWaiting();
    await givenErased(world, world.entityId);
    expect(await take(world, messageOf(world))).toEqual({ taken: false });
    expect((await runOf(world, world.id)).status).toBe("WEBHOOK_PENDING");
  });

  it("makes what passed into attestations of the one who asked", async () => {
    await using world = await givenWorld();
    const entityId = await givenRegistered(world.bank);
    const id = await givenRequested(world, world.bank);
    await workedBy(world, scripted({ ask: () => CALLBACK }));
    await take(world, messageOf({ ...world, id, entityId }));
    const furnished = await world.app.store.rows("select distinct furnisher_id as by from attestation");
    expect(furnished).toEqual([{ by: world.bank.id }]);
  });

  it("does not stand in the way of the next attempt", async () => {
    await using world = await givenWaiting();
    await take(world, messageOf(world, saying("FAILED")));
    const second = await givenRequested(world, world.fintech);
    await workedBy(world, scripted({ ask: agrees() }));
    await take(world, messageOf(world, { messageId: "msg_3", ...saying("FAILED") }));
    expect([(await runOf(world, world.id)).status, (await runOf(world, second)).status]).toEqual(["FAILED", "PASSED"]);
  });
});
