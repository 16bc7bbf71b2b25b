import { submitBase64 } from "../../src/document/submit-base64.js";
import { Registration } from "../../src/entity/entity.js";
import { plusMs } from "../../src/kernel/instant.js";
import { LEASE_MS, doWork, retryAt, type Workplace } from "../../src/verification/do-work.js";
import type { Inquiry } from "../../src/verification/provider.js";
import { NOON } from "../support/app.js";
import { ADA, JUN, countOf, givenRegistered, givenWorld, type World } from "../support/given.js";
import * as provider from "../support/scripted.js";
import { DAY_MS, givenErased, givenRequested, movesOf, runOf, workOn } from "../support/verify.js";

const { CALLBACK, UNSTOPPED, agreeing, agrees, answering, evidence, scripted, workedBy, workplaceOf } = provider;

interface Asked extends World {
  readonly id: Awaited<ReturnType<typeof givenRequested>>;
  readonly entityId: Awaited<ReturnType<typeof givenRegistered>>;
}

/** Ada's run, which nobody has worked on. */
async function givenAsked(): Promise<Asked> {
  const world = await givenWorld();
  const entityId = await givenRegistered(world.fintech);
  return { ...world, entityId, id: await givenRequested(world, world.fintech) };
}

/** The same with a second one, about Jun. */
async function givenTwo(): Promise<Asked & { readonly other: Asked["id"]; readonly jun: Asked["entityId"] }> {
  const world = await givenAsked();
  const jun = await givenRegistered(world.fintech, { ...JUN, handle: "jun" });
  return { ...world, jun, other: await givenRequested(world, world.fintech, { handle: "jun" }) };
}

const faultless: Partial<Workplace> = { onFault: () => undefined };
const unreachable = () => {
  throw new Error("unreachable");
};

const statusOf = async (world: World, id: string): Promise<string> => (await runOf(world, id)).status;

describe("doWork", () => {
  it("asks, judges, and keeps what was found", async () => {
    await using world = await givenAsked();
    world.time.advance(5_000);
    expect(await workedBy(world, scripted())).toBe(1);
    const run = await runOf(world, world.id);
    expect(run).toMatchObject({
      status: "PASSED",
      provider: "scripted",
      providerReference: "scripted",
      answeredAt: NOON,
      updatedAt: world.time.clock(),
      score: "1.00",
      dueAt: null,
    });
    expect(JSON.parse(run.tags)).toEqual(["KYC Name Match", "KYC SSN Match", "KYC DOB Match", "KYC Address Match"]);
    expect(await countOf(world, "verification_check")).toBe(4);
    expect(await workOn(world, world.id)).toBeNull();
  });

  it("asks by what was registered, under the id by which the same question is known again", async () => {
    await using world = await givenAsked();
    const asked = scripted();
    await workedBy(world, asked);
    expect(asked.asked).toMatchObject([
      {
        verificationId: world.id,
        kycLevel: "KYC-STANDARD",
        attempt: 1,
        requestedAt: NOON,
        subject: { entityType: "INDIVIDUAL", facts: { firstName: ADA.firstName, socialSecurityNumber: "212550101" } },
        documents: [],
      },
    ]);
  });

  it("finds nothing to do where nothing is due", async () => {
    await using world = await givenAsked();
    await workedBy(world, scripted());
    expect(await doWork(workplaceOf(world, scripted()), 25, UNSTOPPED)).toBe(0);
  });

  it("does as much at once as it was told to", async () => {
    await using world = await givenTwo();
    const place = workplaceOf(world, scripted());
    expect([await doWork(place, 1, UNSTOPPED), await doWork(place, 1, UNSTOPPED)]).toEqual([1, 1]);
    expect(await doWork(place, 1, UNSTOPPED)).toBe(0);
  });

  it("hands the provider the signal by which it is stopped", async () => {
    await using world = await givenAsked();
    const { signal } = new AbortController();
    const seen: AbortSignal[] = [];
    const watching = scripted({
      ask: (inquiry, given) => {
        seen.push(given);
        return agrees()(inquiry);
      },
    });
    await doWork(workplaceOf(world, watching), 25, signal);
    expect(seen).toEqual([signal]);
  });

  it("lets the provider's verdict make ours worse, never better", async () => {
    await using world = await givenTwo();
    const verdicts = { [world.id]: "REVIEW", [world.other]: "PASSED" } as const;
    const wrong = { taxNumber: "987654321" };
    await workedBy(
      world,
      scripted({
        ask: (inquiry) =>
          answering({
            findings: [agreeing(inquiry, inquiry.verificationId === world.other ? wrong : {})],
            verdict: verdicts[inquiry.verificationId]!,
          }),
      }),
    );
    expect([await statusOf(world, world.id), await statusOf(world, world.other)]).toEqual(["REVIEW", "FAILED"]);
  });

  it("gives up on a person that was erased, and on a level that is configured no more", async () => {
    await using world = await givenTwo();
    await givenErased(world, world.entityId);
    await workedBy(world, scripted(), { levels: [] });
    expect(await runOf(world, world.id)).toMatchObject({ status: "REVIEW", reasons: '["ENTITY_ERASED"]' });
    expect(await runOf(world, world.other)).toMatchObject({ status: "REVIEW", reasons: '["LEVEL_UNKNOWN"]' });
  });

  it("leaves everything to people where there is no provider", async () => {
    await using world = await givenAsked();
    await workedBy(world, null);
    expect(await runOf(world, world.id)).toMatchObject({
      status: "REVIEW",
      reasons: '["NO_PROVIDER"]',
      provider: null,
    });
  });

  it("shows what a provider has so far while it takes its time", async () => {
    await using world = await givenAsked();
    const some = (inquiry: Inquiry) => evidence({ findings: [agreeing(inquiry, { address: null })] });
    await workedBy(
      world,
      scripted({ ask: (inquiry) => ({ kind: "AGAIN", afterMs: 1_000, reference: "r1", evidence: some(inquiry) }) }),
    );
    const run = await runOf(world, world.id);
    expect([run.status, run.providerReference, JSON.parse(run.tags)]).toEqual([
      "PENDING",
      "r1",
      ["KYC Name Match", "KYC SSN Match", "KYC DOB Match", "Address Not Verified"],
    ]);
    expect(await workOn(world, world.id)).toMatchObject({ step: "ASK", dueAt: plusMs(NOON, 1_000), tries: 0 });
    expect(await countOf(world, "attestation")).toBe(0);
    world.time.advance(1_000);
    await workedBy(world, scripted());
    expect(JSON.parse((await runOf(world, world.id)).tags)).toContain("KYC Address Match");
  });
});

describe("a lease", () => {
  it("keeps others off what is being done, and ends with whoever died", async () => {
    await using world = await givenAsked();
    const place = workplaceOf(world, scripted());
    const dying = scripted({ ask: () => new Promise(() => undefined) });
    void doWork(workplaceOf(world, dying), 25, UNSTOPPED);
    while (dying.asked.length === 0) await new Promise(setImmediate);
    expect(await doWork(place, 25, UNSTOPPED)).toBe(0);
    world.time.advance(LEASE_MS - 1);
    expect(await doWork(place, 25, UNSTOPPED)).toBe(0);
    world.time.advance(1);
    const second = scripted();
    expect(await workedBy(world, second)).toBe(1);
    expect(second.asked).toEqual(dying.asked);
    expect(await statusOf(world, world.id)).toBe("PASSED");
  });

  it("that has ended makes what its holder then says count for nothing", async () => {
    await using world = await givenAsked();
    const slow = scripted({
      ask: async (inquiry) => {
        world.time.advance(LEASE_MS);
        await workedBy(world, scripted({ ask: () => answering({ verdict: "REVIEW" }) }));
        return agrees()(inquiry);
      },
    });
    await doWork(workplaceOf(world, slow), 25, UNSTOPPED);
    expect(await statusOf(world, world.id)).toBe("REVIEW");
    expect((await movesOf(world, world.fintech)).map(({ to }) => to)).toEqual(["PENDING", "REVIEW"]);
    expect(await workOn(world, world.id)).toMatchObject({ step: "WARN" });
  });

  it("lets one of two workers who come at the same moment settle each run", async () => {
    await using world = await givenTwo();
    const providers = [scripted(), scripted()];
    const did = await Promise.all(providers.map((one) => doWork(workplaceOf(world, one), 25, UNSTOPPED)));
    expect(did.reduce((all, one) => all + one)).toBe(2);
    expect(providers.flatMap(({ asked }) => asked)).toHaveLength(2);
    expect((await movesOf(world, world.fintech)).filter(({ to }) => to === "PASSED")).toHaveLength(2);
  });
});

describe("a provider that cannot be reached", () => {
  it.each([
    [1, 1_000, 2_000],
    [2, 2_000, 4_000],
    [3, 4_000, 8_000],
    [7, 64_000, 128_000],
    [20, 450_000, 900_000],
  ])("is asked again after failure %i at a moment between %i and %i milliseconds", (tries, least, most) => {
    expect(retryAt(NOON, tries, 0)).toBe(plusMs(NOON, least));
    expect(retryAt(NOON, tries, 0.5)).toBe(plusMs(NOON, (least + most) / 2));
    expect(retryAt(NOON, tries, 0.999_999) <= plusMs(NOON, most)).toBe(true);
  });

  it("is asked again ever later, the same, until it can", async () => {
    await using world = await givenAsked();
    const down = scripted({ ask: unreachable });
    for (const [tries, waitMs] of [
      [1, 1_000],
      [2, 2_000],
      [3, 4_000],
    ] as const) {
      await workedBy(world, down, faultless);
      expect(await workOn(world, world.id)).toMatchObject({
        tries,
        dueAt: plusMs(world.time.clock(), waitMs),
        lease: null,
      });
      world.time.advance(waitMs);
    }
    const up = scripted();
    await workedBy(world, up);
    expect(up.asked).toEqual(down.asked.slice(0, 1));
    expect(await statusOf(world, world.id)).toBe("PASSED");
  });

  it("is given up after fourteen failures: people look", async () => {
    await using world = await givenAsked();
    const down = scripted({ ask: unreachable });
    for (let day = 0; day < 20; day += 1) {
      await workedBy(world, down, faultless);
      world.time.advance(DAY_MS / 24);
    }
    expect(down.asked).toHaveLength(14);
    expect(await runOf(world, world.id)).toMatchObject({ status: "REVIEW", reasons: '["PROVIDER_UNAVAILABLE"]' });
  });

  it("is told of, without a word about whom it was asked", async () => {
    await using world = await givenAsked();
    const leaking = scripted({
      ask: ({ subject }) => {
        throw new SyntaxError(`Unexpected token in ${JSON.stringify(subject.facts)}`);
      },
    });
    await workedBy(world, leaking, { onFault: world.app.workplace.onFault });
    const log = world.logged.join("\n");
    expect(log).toContain(world.id);
    for (const secret of [ADA.firstName, ADA.lastName, "212550101", ADA.dateOfBirth]) expect(log).not.toContain(secret);
  });
});

describe("a provider that stays silent", () => {
  it("after it said that it would call back becomes a review at that moment, not before", async () => {
    await using world = await givenAsked();
    await workedBy(world, scripted({ ask: () => CALLBACK }));
    world.time.advance(3_599_999);
    expect(await workedBy(world, scripted())).toBe(0);
    world.time.advance(1);
    await workedBy(world, scripted());
    expect(await runOf(world, world.id)).toMatchObject({ status: "REVIEW", reasons: '["PROVIDER_SILENT"]' });
  });

  it("by asking for more time for ever becomes a review after a week", async () => {
    await using world = await givenAsked();
    const stalling = scripted({ ask: () => ({ kind: "AGAIN", afterMs: DAY_MS, reference: null, evidence: null }) });
    for (let day = 0; day < 7; day += 1) {
      await workedBy(world, stalling);
      expect(await statusOf(world, world.id)).toBe("PENDING");
      world.time.advance(DAY_MS);
    }
    await workedBy(world, stalling);
    expect(await runOf(world, world.id)).toMatchObject({ status: "REVIEW", reasons: '["PROVIDER_SILENT"]' });
  });
});

describe("documents", () => {
  /** Ada's run, which a document has come in for. */
  async function givenReceived(): Promise<Asked> {
    const world = await givenAsked();
    await workedBy(world, scripted({ ask: () => answering({ verdict: "DOCUMENTS_REQUIRED" }) }));
    await submitted(world);
    return world;
  }

  const submitted = ({ app, fintech, id }: Asked, page = "one") =>
    submitBase64(fintech.commit, app.documents, {
      verificationId: id,
      documentType: "id_passport",
      filename: "passport.pdf",
      mimeType: "application/pdf",
      contentBase64: Buffer.from(`%PDF-1.7 ${page}`).toString("base64"),
    });

  it("are left to staff by a provider that judges none, and by nobody at all", async () => {
    for (const nobody of [scripted(), null]) {
      await using world = await givenReceived();
      await workedBy(world, nobody);
      expect(await statusOf(world, world.id)).toBe("DOCUMENTS_RECEIVED");
      expect(await workOn(world, world.id)).toBeNull();
    }
  });

  it.each([
    "PASSED",
    "FAILED",
    "DOCUMENTS_REQUIRED",
  ] as const)("are judged by a provider that does, so long after the last of them: %s", async (verdict) => {
    await using world = await givenReceived();
    const judging = scripted({ judge: () => ({ verdict }), judgesDocumentsAfterMs: 5_000 });
    world.time.advance(4_000);
    await submitted(world, "two");
    world.time.advance(4_999);
    await workedBy(world, judging);
    expect(await statusOf(world, world.id)).toBe("DOCUMENTS_RECEIVED");
    world.time.advance(1);
    await workedBy(world, judging);
    expect(await statusOf(world, world.id)).toBe(verdict);
  });

  it("are left to staff where the provider cannot tell", async () => {
    await using world = await givenReceived();
    await workedBy(world, scripted({ judge: () => null, judgesDocumentsAfterMs: 0 }));
    expect(await statusOf(world, world.id)).toBe("DOCUMENTS_RECEIVED");
    expect(await workOn(world, world.id)).toBeNull();
  });

  it("are left to staff where the provider cannot be reached for long", async () => {
    await using world = await givenReceived();
    const down = scripted({ judge: unreachable, judgesDocumentsAfterMs: 0 });
    for (let round = 0; round < 20; round += 1) {
      await workedBy(world, down, faultless);
      world.time.advance(DAY_MS / 24);
    }
    expect(await statusOf(world, world.id)).toBe("DOCUMENTS_RECEIVED");
    expect(await workOn(world, world.id)).toBeNull();
  });
});

describe("a run that cannot be worked on", () => {
  it("for what its provider says holds up no other of the same moment", async () => {
    await using world = await givenTwo();
    const faults: string[] = [];
    const poisoned = scripted({
      ask: (inquiry) =>
        inquiry.verificationId === world.id
          ? { kind: "EVIDENCE", evidence: { ...evidence(), findings: null as never }, reference: null, at: NOON }
          : agrees()(inquiry),
    });
    await workedBy(world, poisoned, { onFault: (id) => void faults.push(id) });
    expect([await statusOf(world, world.id), await statusOf(world, world.other)]).toEqual(["PENDING", "PASSED"]);
    expect(faults).toEqual([world.id]);
    expect(await workOn(world, world.id)).toMatchObject({ tries: 1, lease: null });
  });

  it("for what is stored about it holds up no other of the same moment", async () => {
    await using world = await givenTwo();
    await world.fintech.commit((write) =>
      write.em.nativeUpdate(Registration, { entityId: world.entityId }, { sealedFacts: "v1.spoilt" }),
    );
    await workedBy(world, scripted(), faultless).catch(() => 0);
    expect(await statusOf(world, world.other)).toBe("PASSED");
  });

  it("becomes a review in the end", async () => {
    await using world = await givenAsked();
    const poison = scripted({
      ask: () => ({
        kind: "EVIDENCE",
        evidence: { ...evidence(), findings: null as never },
        reference: null,
        at: NOON,
      }),
    });
    for (let round = 0; round < 20; round += 1) {
      await workedBy(world, poison, faultless);
      world.time.advance(DAY_MS / 24);
    }
    expect(await runOf(world, world.id)).toMatchObject({ status: "REVIEW", reasons: '["NOT_SETTLED"]' });
  });
});
