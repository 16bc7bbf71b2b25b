import * as fc from "fast-check";
import { linkMember } from "../../src/business/link.js";
import { unlinkMember } from "../../src/business/unlink.js";
import { submitBase64 } from "../../src/document/submit-base64.js";
import { registerBusiness } from "../../src/entity/register.js";
import { Failure } from "../../src/kernel/failure.js";
import type { Id } from "../../src/kernel/id.js";
import { reviewVerification } from "../../src/verification/review.js";
import { takeCallback } from "../../src/verification/take-callback.js";
import { ADA, JUN, business, givenRegistered, givenWorld, type World } from "../support/given.js";
import { audited, faultsIn } from "../support/audited.js";
import { answering, CALLBACK, scripted, workedBy, type Scripted } from "../support/scripted.js";
import { givenRequested } from "../support/verify.js";

const HANDLES = ["ada", "jun", "alder", "birch"] as const;
const VERDICTS = ["PASSED", "FAILED", "REVIEW", "DOCUMENTS_REQUIRED"] as const;
const MOODS = [...VERDICTS, "CALLBACK", "AGAIN", "SILENT", "THROWS"] as const;

/** One thing that happens; `which` picks one of the runs that there are. */
type Happening =
  | { readonly kind: "request"; readonly handle: string }
  | { readonly kind: "work"; readonly mood: (typeof MOODS)[number] }
  | { readonly kind: "clock"; readonly ms: number }
  | { readonly kind: "document"; readonly which: number; readonly page: number }
  | { readonly kind: "review"; readonly which: number; readonly outcome: string }
  | {
      readonly kind: "callback";
      readonly which: number;
      readonly verdict: (typeof VERDICTS)[number];
      readonly message: number;
    }
  | { readonly kind: "amend"; readonly handle: "ada" | "jun"; readonly lastName: string }
  | { readonly kind: "link" | "unlink"; readonly business: string; readonly member: string };

const DAY_MS = 86_400_000;
const which = fc.nat({ max: 5 });
const verdict = fc.constantFrom(...VERDICTS);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("request"), handle: fc.constantFrom(...HANDLES) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("work"), mood: fc.constantFrom("PASSED", "PASSED", "PASSED", ...MOODS) }),
  },
  fc.record({ kind: fc.constant("clock"), ms: fc.constantFrom(1, 60_000, 3_600_000, DAY_MS, 8 * DAY_MS, 30 * DAY_MS) }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("document"), which, page: fc.nat({ max: 3 }) }) },
  fc.record({ kind: fc.constant("review"), which, outcome: verdict }),
  fc.record({ kind: fc.constant("callback"), which, verdict, message: fc.nat({ max: 5 }) }),
  fc.record({
    kind: fc.constant("amend"),
    handle: fc.constantFrom("ada", "jun"),
    lastName: fc.constantFrom("Moreno", "Okafor", "Alder"),
  }),
  fc.record({
    kind: fc.constantFrom("link", "unlink"),
    business: fc.constantFrom("alder", "birch"),
    member: fc.constantFrom(...HANDLES),
  }),
);

interface Scene extends World {
  readonly provider: Scripted;
  mood: (typeof MOODS)[number];
}

/** A world with two people and two businesses, and a provider of changing moods. */
async function givenScene(): Promise<Scene> {
  const world = await givenWorld();
  await givenRegistered(world.fintech, { ...ADA, handle: "ada" });
  await givenRegistered(world.fintech, { ...JUN, handle: "jun" });
  for (const [handle, ein] of [
    ["alder", "12-3456789"],
    ["birch", "12-3456780"],
  ] as const)
    await world.fintech.commit((write) =>
      registerBusiness(write, business({ handle, ein, businessType: "corporation" })),
    );
  for (const handle of ["alder", "birch"])
    await world.fintech.commit((write) =>
      linkMember(write, { businessHandle: handle, memberHandle: "ada", role: "CONTROLLING_OFFICER" }),
    );
  const scene: Scene = {
    ...world,
    mood: "PASSED",
    provider: scripted({
      ask: () => {
        if (scene.mood === "THROWS") throw new Error("unreachable");
        if (scene.mood === "CALLBACK") return CALLBACK;
        if (scene.mood === "AGAIN" || scene.mood === "SILENT")
          return { kind: "AGAIN", afterMs: scene.mood === "AGAIN" ? 1_000 : DAY_MS, reference: null, evidence: null };
        return answering({ verdict: scene.mood }, world.time.clock());
      },
      judge: () => (scene.mood === "PASSED" || scene.mood === "FAILED" ? { verdict: scene.mood } : null),
      judgesDocumentsAfterMs: 120_000,
    }),
  };
  return scene;
}

const runIds = async ({ app }: World): Promise<readonly Id<"ver">[]> =>
  (await app.store.rows<{ id: Id<"ver"> }>("select id from verification order by id")).map(({ id }) => id);

/** Does it; that somebody is refused is part of every history, and the work of workers never fails. */
async function happen(scene: Scene, what: Happening): Promise<void> {
  if (what.kind === "clock") return scene.time.advance(what.ms);
  if (what.kind === "work") {
    scene.mood = what.mood;
    await workedBy(scene, scene.provider, { onFault: () => undefined });
    return;
  }
  try {
    await act(scene, what, await runIds(scene));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}

async function act(
  { fintech, app, time, provider, ...rest }: Scene,
  what: Exclude<Happening, { kind: "clock" | "work" }>,
  ids: readonly Id<"ver">[],
): Promise<unknown> {
  const id = "which" in what ? ids[what.which % Math.max(ids.length, 1)] : undefined;
  if ("which" in what && !id) return;
  switch (what.kind) {
    case "request":
      return givenRequested({ app, time, ...rest }, fintech, { handle: what.handle });
    case "document":
      return submitBase64(fintech.commit, app.documents, {
        verificationId: id!,
        documentType: "id_passport",
        filename: "page.pdf",
        mimeType: "application/pdf",
        contentBase64: Buffer.from(`%PDF-1.7 page ${what.page}`).toString("base64"),
      });
    case "review":
      return fintech.commit((write) => reviewVerification(write, { verificationId: id!, outcome: what.outcome }));
    case "callback": {
      const answer = answering({ verdict: what.verdict });
      if (answer.kind !== "EVIDENCE") return;
      const message = {
        provider: provider.name,
        messageId: `msg-${what.message}`,
        at: time.clock(),
        verificationId: id!,
      };
      return takeCallback(app.commitAs, app.config.levels, { ...message, evidence: answer.evidence });
    }
    case "amend":
      return givenRegistered(fintech, {
        ...(what.handle === "ada" ? ADA : JUN),
        handle: what.handle,
        lastName: what.lastName,
      });
    case "link":
    case "unlink": {
      const link = { businessHandle: what.business, memberHandle: what.member, role: "BENEFICIAL_OWNER" as const };
      if (what.kind === "unlink") return fintech.commit((write) => unlinkMember(write, link));
      return fintech.commit((write) => linkMember(write, { ...link, ownershipStake: "25" }));
    }
  }
}

type State = string;

const BLAMED: readonly (readonly [State, readonly State[]])[] = [
  ["MEMBER_FAILED", ["FAILED"]],
  ["MEMBER_REVIEW", ["REVIEW", "DOCUMENTS_REQUIRED", "DOCUMENTS_RECEIVED"]],
  ["MEMBER_UNVERIFIED", ["UNVERIFIED"]],
  ["MEMBER_PENDING", ["PENDING", "WEBHOOK_PENDING"]],
];

/** What every entity has come to, computed anew from the runs and the links alone. */
async function recomputed({ app }: World): Promise<Map<string, State>> {
  const { rows } = app.store;
  const entities = await rows<{ id: string }>("select id from entity");
  const runs = await rows<{ entityId: string; status: State }>(
    `select entity_id as "entityId", status from verification order by requested_at, id`,
  );
  const links = await rows<{ businessId: string; entityId: string }>(
    `select business_id as "businessId", entity_id as "entityId" from member where unlinked_at is null and role <> 'ADMINISTRATOR'`,
  );
  const own = (id: string): State => {
    const mine = runs.filter(({ entityId }) => entityId === id).map(({ status }) => status);
    return mine.findLast((status) => !status.endsWith("PENDING")) ?? mine.at(-1) ?? "UNVERIFIED";
  };
  const below = (id: string, seen: Set<string> = new Set([id])): Set<string> => {
    for (const { businessId, entityId } of links)
      if (businessId === id && !seen.has(entityId)) below(entityId, seen.add(entityId));
    return seen;
  };
  const whole = (id: string): State => {
    if (own(id) !== "PASSED") return own(id);
    const others = [...below(id)].filter((one) => one !== id).map(own);
    return BLAMED.find(([, states]) => states.some((state) => others.includes(state)))?.[0] ?? "PASSED";
  };
  return new Map(entities.map(({ id }) => [id, whole(id)]));
}

/** What is kept of every entity. */
async function kept({ app }: World): Promise<Map<string, State>> {
  const entities = await app.store.rows<{ id: string; status: State }>(
    `select e.id, coalesce(s.status, 'UNVERIFIED') as status from entity e left join standing s on s.entity_id = e.id`,
  );
  return new Map(entities.map(({ id, status }) => [id, status]));
}

/** The path of each run and of each entity as the events tell it. */
async function chains({ app }: World): Promise<Map<string, readonly (readonly [State, State])[]>> {
  const events = await app.store.rows<{ subjectId: string; from: State; to: State }>(
    `select subject_id as "subjectId", from_status as "from", to_status as "to" from event
      where type in ('VERIFICATION_STATUS_CHANGED', 'ENTITY_STATUS_CHANGED') order by seq`,
  );
  return new Map(
    [...Map.groupBy(events, ({ subjectId }) => subjectId)].map(([id, each]) => [
      id,
      each.map(({ from, to }) => [from, to] as const),
    ]),
  );
}

async function judgeScene(scene: Scene): Promise<void> {
  expect(await kept(scene)).toEqual(await recomputed(scene));
  const now = new Map([
    ...(await kept(scene)),
    ...(await scene.app.store.rows<{ id: string; status: State }>("select id, status from verification")).map(
      ({ id, status }) => [id, status] as const,
    ),
  ]);
  for (const [id, steps] of await chains(scene)) {
    expect(steps.map(([from]) => from)).toEqual(["UNVERIFIED", ...steps.slice(0, -1).map(([, to]) => to)]);
    expect(steps.at(-1)![1]).toBe(now.get(id));
  }
  const left = [...(await chains(scene))].filter(([id]) => id.startsWith("ver_")).flatMap(([, steps]) => steps);
  expect(left.map(([from]) => from)).not.toContain("PASSED");
  expect(faultsIn(await audited(scene))).toEqual([]);
}

describe("whatever happens", () => {
  it("a standing is what the runs and links say, and every event goes on where the last one ended", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 15, maxLength: 40 }), async (history) => {
        await using scene = await givenScene();
        for (const what of history) {
          await happen(scene, what);
          expect(await kept(scene)).toEqual(await recomputed(scene));
        }
        await judgeScene(scene);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
