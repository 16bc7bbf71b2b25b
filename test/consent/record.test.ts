import { consentStatus, consentedKinds } from "../../src/consent/consent.js";
import { recordConsent, type RecordConsent } from "../../src/consent/record.js";
import { SUB_PRODUCT_KINDS } from "../../src/attestation/sub-product.js";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { plusMs } from "../../src/kernel/instant.js";
import { NOON } from "../support/app.js";
import { factsIn } from "../support/asked.js";
import {
  JUN,
  actorOf,
  countOf,
  givenNetwork,
  givenRegistered,
  givenWorld,
  type Party,
  type World,
} from "../support/given.js";
import { refusedTrace, traced } from "../support/trace.js";

const consent = ({ network }: World, over: Partial<RecordConsent> = {}): RecordConsent => ({
  networkId: network,
  handle: "ada",
  purpose: "account opening",
  subjectConsented: true,
  ...over,
});

const recording = (party: Party, input: RecordConsent) => party.commit((write) => recordConsent(write, input));

describe("recordConsent", () => {
  it("stores what was allowed and until when, and says so in the log", async () => {
    await using world = await givenWorld();
    const entityId = await givenRegistered(world.fintech);
    const expiresAt = plusMs(NOON, 1);
    const input = consent(world, {
      purpose: "  account opening ",
      kinds: ["LIVENESS_REVIEW", "ADDRESS_CAPTURE"],
      expiresAt,
    });
    const { result: id, changed } = await traced(world, () => recording(world.fintech, input));
    expect(changed.toSorted()).toEqual(["consent", "due_moment", "event"]);
    expect(await world.app.store.rows("select * from consent")).toEqual([
      {
        id,
        entity_id: entityId,
        participant_id: world.fintech.id,
        network_id: world.network,
        purpose: "account opening",
        kinds: "LIVENESS_REVIEW ADDRESS_CAPTURE",
        granted_at: NOON,
        expires_at: expiresAt,
        withdrawn_at: null,
      },
    ]);
    expect((await factsIn(world.app.store.rows)).at(-1)).toMatchObject({
      participantId: world.fintech.id,
      type: "CONSENT_GRANTED",
      subjectId: id,
    });
  });

  const TERMS = { kinds: ["LIVENESS_REVIEW", "ADDRESS_CAPTURE"], expiresAt: plusMs(NOON, 60_000) } as const;

  it.each<readonly [what: string, over: Partial<RecordConsent>, again: Partial<RecordConsent>]>([
    ["without kinds and end", {}, {}],
    ["with kinds and an end", TERMS, TERMS],
    ["in other words for the same", TERMS, { ...TERMS, purpose: " account opening ", kinds: TERMS.kinds.toReversed() }],
  ])("answers the consent that stands, and tells nothing, where the same is recorded again %s", async (_what, over, again) => {
    await using world = await givenWorld();
    await givenRegistered(world.fintech);
    const first = await recording(world.fintech, consent(world, over));
    world.time.advance(1_000);
    const { result, changed } = await traced(world, () => recording(world.fintech, consent(world, again)));
    expect([result, changed]).toEqual([first, []]);
  });

  it.each<readonly [what: string, over: Partial<RecordConsent>]>([
    ["purpose", { purpose: "lending" }],
    ["end", { expiresAt: plusMs(NOON, 60_001) }],
    ["end, which is none", { expiresAt: null }],
    ["choice of kinds", { kinds: ["LIVENESS_REVIEW"] }],
    ["choice of kinds, which is all", { kinds: null }],
    ["subject", { handle: "jun" }],
  ])("records one more of another %s", async (_what, over) => {
    await using world = await givenWorld();
    await givenRegistered(world.fintech);
    await givenRegistered(world.fintech, { ...JUN, handle: "jun" });
    const first = await recording(world.fintech, consent(world, TERMS));
    expect(await recording(world.fintech, consent(world, { ...TERMS, ...over }))).not.toBe(first);
    expect(await countOf(world, "consent")).toBe(2);
  });

  it("records one more for another network, and for another participant", async () => {
    await using world = await givenWorld();
    const { bank, fintech } = world;
    for (const party of [bank, fintech]) await givenRegistered(party);
    const other = await givenNetwork(world, "Other", [[fintech, "QUERIER"]]);
    await recording(fintech, consent(world));
    await recording(fintech, consent(world, { networkId: other }));
    await recording(bank, consent(world));
    expect(await countOf(world, "consent")).toBe(3);
  });

  it("records one more once that has been withdrawn, and none with an end that has passed", async () => {
    await using world = await givenWorld();
    await givenRegistered(world.fintech);
    const first = await recording(world.fintech, consent(world));
    await world.fintech.commit((write) => withdrawConsent(write, { consentId: first }));
    expect(await recording(world.fintech, consent(world))).not.toBe(first);
    await recording(world.fintech, consent(world, TERMS));
    world.time.advance(60_000);
    const refused = await refusedTrace(world, () => recording(world.fintech, consent(world, TERMS)));
    expect(refused).toEqual({ code: "BAD_USER_INPUT", paths: ["input.expiresAt"], changed: [] });
  });

  it("takes every kind", async () => {
    await using world = await givenWorld();
    await givenRegistered(world.fintech);
    await recording(world.fintech, consent(world, { kinds: SUB_PRODUCT_KINDS }));
    const [row] = await world.app.store.rows<{ kinds: string }>("select kinds from consent");
    expect(consentedKinds(row!)).toEqual(new Set(SUB_PRODUCT_KINDS));
  });

  it.each<readonly [what: string, over: Partial<RecordConsent>, paths: readonly string[]]>([
    ["the subject did not consent", { subjectConsented: false }, ["input.subjectConsented"]],
    ["the purpose is blank", { purpose: " " }, ["input.purpose"]],
    ["the purpose is too long", { purpose: "p".repeat(201) }, ["input.purpose"]],
    ["the purpose hides a control character", { purpose: "account\u2028opening" }, ["input.purpose"]],
    ["no kind is named", { kinds: [] }, ["input.kinds"]],
    ["a kind is named twice", { kinds: ["LIVENESS_REVIEW", "LIVENESS_REVIEW"] }, ["input.kinds"]],
    ["it ends now", { expiresAt: NOON }, ["input.expiresAt"]],
    [
      "everything is wrong",
      { purpose: "", kinds: [], expiresAt: plusMs(NOON, -1), subjectConsented: false },
      ["input.purpose", "input.kinds", "input.expiresAt", "input.subjectConsented"],
    ],
  ])("is refused when %s", async (_what, over, paths) => {
    await using world = await givenWorld();
    await givenRegistered(world.fintech);
    expect(await refusedTrace(world, () => recording(world.fintech, consent(world, over)))).toEqual({
      code: "BAD_USER_INPUT",
      paths,
      changed: [],
    });
  });

  it.each<readonly [string, (world: World) => Party, string]>([
    ["a member that is no querier", ({ vendor }) => vendor, "FORBIDDEN"],
    ["a participant outside the network, as if that did not exist", ({ stranger }) => stranger, "NOT_FOUND"],
  ])("is refused to %s", async (_who, party, code) => {
    await using world = await givenWorld();
    await givenRegistered(party(world));
    expect(await refusedTrace(world, () => recording(party(world), consent(world)))).toEqual({
      code,
      paths: ["input.networkId"],
      changed: [],
    });
  });

  it.each(["nobody", "ADA", ""])("is refused for a handle that the caller does not have: %j", async (handle) => {
    await using world = await givenWorld();
    await givenRegistered(world.fintech);
    const refused = await refusedTrace(world, () => recording(world.fintech, consent(world, { handle })));
    expect(refused).toEqual({ code: "NOT_FOUND", paths: ["input.handle"], changed: [] });
  });

  it("is refused for a handle of another participant's, though the network knows the person", async () => {
    await using world = await givenWorld();
    await givenRegistered(world.bank, { handle: "theirs" });
    const refused = await refusedTrace(world, () => recording(world.fintech, consent(world, { handle: "theirs" })));
    expect(refused).toEqual({ code: "NOT_FOUND", paths: ["input.handle"], changed: [] });
  });

  it("is refused without the scope", async () => {
    await using world = await givenWorld();
    await givenRegistered(world.fintech);
    const commit = world.app.commitAs(actorOf(world.fintech.id, ["furnish", "policies"]));
    expect(await refusedTrace(world, () => commit((write) => recordConsent(write, consent(world))))).toEqual({
      code: "FORBIDDEN",
      paths: [],
      changed: [],
    });
  });
});

describe("consentStatus", () => {
  const later = plusMs(NOON, 1);

  it.each([
    [null, null, "ACTIVE"],
    [null, later, "ACTIVE"],
    [null, NOON, "EXPIRED"],
    [NOON, null, "WITHDRAWN"],
    [NOON, NOON, "WITHDRAWN"],
  ] as const)("of one withdrawn at %s that ends at %s is, at noon, %s", (withdrawnAt, expiresAt, status) => {
    expect(consentStatus({ withdrawnAt, expiresAt }, NOON)).toBe(status);
  });
});

describe("consentedKinds", () => {
  it("is every kind where none is named", () => {
    expect(consentedKinds({ kinds: "" })).toBeNull();
  });
});
