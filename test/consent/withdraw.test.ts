import { certificateStatus } from "../../src/certificate/certificate.js";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { NOON } from "../support/app.js";
import { certificateOf, coverage, factsIn, givenReady, queried, query, type Ready } from "../support/asked.js";
import { actorOf, givenConsent, type Party } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { refusedTrace, traced } from "../support/trace.js";

const withdrawing = (party: Party, consentId: string) => party.commit((write) => withdrawConsent(write, { consentId }));

describe("withdrawConsent", () => {
  it("ends the consent, so that the very next query under it is refused", async () => {
    await using world = await givenReady();
    const { fintech, consentId, ask } = world;
    await withdrawing(fintech, consentId);
    for (const asking of [query, coverage])
      expect(await refusal(asking(fintech, ask))).toMatchObject({ code: "BAD_USER_INPUT", paths: ["input.consentId"] });
  });

  it("says so in the log", async () => {
    await using world = await givenReady();
    const { changed } = await traced(world, () => withdrawing(world.fintech, world.consentId));
    expect(changed.toSorted()).toEqual(["consent", "event"]);
    expect((await factsIn(world.app.store.rows)).at(-1)).toMatchObject({
      participantId: world.fintech.id,
      type: "CONSENT_WITHDRAWN",
      subjectId: world.consentId,
    });
  });

  it("revokes the certificates that were issued under it, and tells of each", async () => {
    await using world = await givenReady();
    const { certificate } = await queried(world.fintech, world.ask);
    await withdrawing(world.fintech, world.consentId);
    const fallen = await certificateOf(world.app.store.rows, certificate!.id);
    expect(certificateStatus(fallen, NOON)).toBe("REVOKED");
    expect(fallen).toEqual({ ...certificate, revokedAt: NOON, revokedReason: "The subject withdrew the consent." });
    expect((await factsIn(world.app.store.rows)).slice(-2)).toEqual([
      expect.objectContaining({ type: "CONSENT_WITHDRAWN" }),
      {
        participantId: world.fintech.id,
        type: "CERTIFICATE_STATUS_CHANGED",
        subjectId: certificate!.id,
        fromStatus: "VALID",
        toStatus: "REVOKED",
        reason: "The subject withdrew the consent.",
      },
    ]);
  });

  it("leaves alone what was issued under another consent", async () => {
    await using world = await givenReady();
    const other = await givenConsent(world.fintech, world.network, { purpose: "lending" });
    const { certificate } = await queried(world.fintech, { ...world.ask, consentId: other });
    await withdrawing(world.fintech, world.consentId);
    expect(await certificateOf(world.app.store.rows, certificate!.id)).toEqual(certificate);
    expect((await queried(world.fintech, { ...world.ask, consentId: other })).event.outcome).toBe("ISSUED");
  });

  it("is the same again, and later: nothing changes", async () => {
    await using world = await givenReady();
    await query(world.fintech, world.ask);
    await withdrawing(world.fintech, world.consentId);
    world.time.advance(60_000);
    const { result, changed } = await traced(world, () => withdrawing(world.fintech, world.consentId));
    expect(result).toBe(world.consentId);
    expect(changed).toEqual([]);
  });

  it.each<readonly [string, (world: Ready) => Party]>([
    ["the furnisher", ({ vendor }) => vendor],
    ["the governor", ({ bank }) => bank],
    ["a stranger", ({ stranger }) => stranger],
  ])("is refused to %s, as if the consent did not exist", async (_who, party) => {
    await using world = await givenReady();
    expect(await refusedTrace(world, () => withdrawing(party(world), world.consentId))).toEqual({
      code: "NOT_FOUND",
      paths: ["input.consentId"],
      changed: [],
    });
  });

  it.each([
    "con_00000000000000000000009999",
    "",
    "ada",
  ])("is refused for an id that names no consent: %j", async (id) => {
    await using world = await givenReady([]);
    expect(await refusedTrace(world, () => withdrawing(world.fintech, id))).toEqual({
      code: "NOT_FOUND",
      paths: ["input.consentId"],
      changed: [],
    });
  });

  it("is refused without the scope", async () => {
    await using world = await givenReady([]);
    const commit = world.app.commitAs(actorOf(world.fintech.id, ["furnish"]));
    const work = () => commit((write) => withdrawConsent(write, { consentId: world.consentId }));
    expect(await refusedTrace(world, work)).toEqual({ code: "FORBIDDEN", paths: [], changed: [] });
  });
});
