import { registerBusiness } from "../../src/entity/register.js";
import type { Id } from "../../src/kernel/id.js";
import { SHIPPED_LEVELS } from "../../src/verification/level.js";
import type { Answer, Inquiry } from "../../src/verification/provider.js";
import { factsIn } from "../support/asked.js";
import * as given from "../support/given.js";
import { agreeing, agrees, answering, scripted, workedBy, type Script } from "../support/scripted.js";
import { givenApproval, givenRequested, runOf } from "../support/verify.js";

const { ADDRESS, business, countOf, givenNetwork, givenRegistered, givenWorld } = given;
type World = given.World;
type Party = given.Party;

interface Furnished {
  readonly kind: string;
  readonly furnisherId: string;
  readonly performedAt: string;
  readonly statement: string;
}

const attestations = ({ app }: World): Promise<Furnished[]> =>
  app.store.rows(
    `select kind, furnisher_id as "furnisherId", performed_at as "performedAt", statement from attestation order by kind, id`,
  );

const ask = (answer: (inquiry: Inquiry) => Answer): Script => ({ ask: answer });

/** The bank's run about Ada, answered so. */
async function ran(world: World, script: Script = {}, party: Party = world.bank): Promise<Id<"ver">> {
  await givenRegistered(party);
  const id = await givenRequested(world, party);
  await workedBy(world, scripted(script));
  return id;
}

const said = (furnished: readonly Furnished[], kind: string): Record<string, unknown> =>
  (JSON.parse(furnished.find((one) => one.kind === kind)!.statement) as { data: Record<string, unknown> }).data;

describe("furnishFindings", () => {
  it("makes what passed into attestations of the one who asked, in every network in which it furnishes", async () => {
    await using world = await givenWorld();
    const second = await givenNetwork(world, "Second", [[world.bank, "FURNISHER"]]);
    await givenNetwork(world, "Third", [[world.bank, "QUERIER"]]);
    await ran(world);
    expect(await attestations(world)).toMatchObject(
      ["ADDRESS_VERIFICATION", "IDENTITY_CORROBORATION"].map((kind) => ({ kind, furnisherId: world.bank.id })),
    );
    const shared = await world.app.store.rows<{ networkId: string }>(
      `select distinct network_id as "networkId" from attestation_network order by 1`,
    );
    expect(shared.map(({ networkId }) => networkId)).toEqual([world.network, second].toSorted());
    const told = await factsIn(world.app.store.rows, world.bank.id);
    expect(told.filter(({ type }) => type === "ATTESTATION_FURNISHED")).toHaveLength(2);
  });

  it("says which elements which sources confirmed, and nothing of what they are", async () => {
    await using world = await givenWorld();
    await ran(
      world,
      ask((inquiry) =>
        answering({
          findings: [
            agreeing(inquiry),
            agreeing(inquiry, {
              source: "public_records",
              dateOfBirth: null,
              address: { ...ADDRESS, line1: "99 Nowhere Road" },
            }),
            agreeing(inquiry, {
              source: "some_vendor",
              firstName: null,
              taxNumber: null,
              dateOfBirth: null,
              address: null,
            }),
          ],
        }),
      ),
    );
    const furnished = await attestations(world);
    expect(said(furnished, "IDENTITY_CORROBORATION")).toMatchObject({
      identityElementsCorroborated: ["ssn", "name", "dob", "address"],
      totalIdentityCorroborationSourcesConsulted: 3,
      identityCorroborationSourceCountFullMatch: 1,
      identityCorroborationSourceCountPartialMatch: 1,
      identityCorroborationSourceCountInconclusive: 1,
      identityCorroborationSourceCountNoMatch: 0,
    });
    expect(said(furnished, "ADDRESS_VERIFICATION")).toMatchObject({
      totalAddressSourcesConsulted: 2,
      addressSourceCountFullMatch: 1,
    });
    expect(JSON.stringify(furnished)).not.toMatch(/Moreno|212550101|Alder|1988/);
  });

  it("dates them from when the provider says it decided, never after now", async () => {
    await using world = await givenWorld();
    world.time.advance(60_000);
    await ran(
      world,
      ask((inquiry) => answering({ findings: [agreeing(inquiry)] }, "2026-03-02T12:00:30.000Z")),
    );
    const dates = (await attestations(world)).map(({ performedAt }) => performedAt);
    expect(dates).toEqual(["2026-03-02T12:00:30.000Z", "2026-03-02T12:00:30.000Z"]);
  });

  it.each([
    "FAILED",
    "REVIEW",
    "DOCUMENTS_REQUIRED",
  ] as const)("furnishes nothing about a run that ends %s", async (verdict) => {
    await using world = await givenWorld();
    const id = await ran(
      world,
      ask((inquiry) => answering({ findings: [agreeing(inquiry)], verdict })),
    );
    expect([(await runOf(world, id)).status, await countOf(world, "attestation")]).toEqual([verdict, 0]);
  });

  it("furnishes nothing where the provider was taken at its word: nobody found anything", async () => {
    await using world = await givenWorld();
    const id = await ran(
      world,
      ask(() => answering({ verdict: "PASSED" })),
    );
    expect([(await runOf(world, id)).status, await countOf(world, "attestation")]).toEqual(["PASSED", 0]);
  });

  it("furnishes nothing for a participant that is no furnisher", async () => {
    await using world = await givenWorld();
    const id = await ran(world, {}, world.fintech);
    expect([(await runOf(world, id)).status, await countOf(world, "attestation")]).toEqual(["PASSED", 0]);
  });

  it("furnishes nothing at a level that does not say so", async () => {
    await using world = await givenWorld();
    await givenRegistered(world.bank);
    const id = await givenRequested(world, world.bank);
    const levels = SHIPPED_LEVELS.map((level) => ({ ...level, furnishes: false }));
    await workedBy(world, scripted(), { levels });
    expect([(await runOf(world, id)).status, await countOf(world, "attestation")]).toEqual(["PASSED", 0]);
  });

  it("furnishes nothing about a person without a number: nobody else could find it", async () => {
    await using world = await givenWorld();
    await givenRegistered(world.bank, { socialSecurityNumber: null });
    const id = await givenRequested(world, world.bank);
    const levels = SHIPPED_LEVELS.map((level) => ({
      ...level,
      checks: level.checks.map((check) => ({ ...check, required: check.element === "NAME" })),
    }));
    await workedBy(world, scripted(), { levels });
    expect([(await runOf(world, id)).status, await countOf(world, "attestation")]).toEqual(["PASSED", 0]);
  });

  it("furnishes no address where no source has one", async () => {
    await using world = await givenWorld();
    await givenRegistered(world.bank);
    await givenRequested(world, world.bank);
    const levels = SHIPPED_LEVELS.map((level) => ({
      ...level,
      checks: level.checks.map((check) => ({ ...check, required: check.required && check.element !== "ADDRESS" })),
    }));
    await workedBy(world, scripted({ ask: agrees({ address: null }) }), { levels });
    expect((await attestations(world)).map(({ kind }) => kind)).toEqual(["IDENTITY_CORROBORATION"]);
  });

  it("speaks of each subject once where two runs about it end together", async () => {
    await using world = await givenWorld();
    await givenApproval(world, world.bank, "DOC_KYC", true);
    await givenRegistered(world.bank);
    const ids = [
      await givenRequested(world, world.bank),
      await givenRequested(world, world.bank, { kycLevel: "DOC_KYC" }),
    ];
    await workedBy(world, scripted());
    expect(await Promise.all(ids.map(async (id) => (await runOf(world, id)).status))).toEqual(["PASSED", "PASSED"]);
    expect([await countOf(world, "submission"), await countOf(world, "attestation")]).toEqual([1, 2]);
  });

  it("says of a business which registers know it, and that its number is right", async () => {
    await using world = await givenWorld();
    await givenApproval(world, world.bank, "KYB-LITE", true);
    await world.bank.commit((write) => registerBusiness(write, business({ businessType: "trust" })));
    await givenRequested(world, world.bank, { handle: "alder" });
    await workedBy(world, scripted());
    const furnished = await attestations(world);
    expect(furnished.map(({ kind }) => kind)).toEqual(["BUSINESS_IDENTITY_VERIFICATION"]);
    expect(said(furnished, "BUSINESS_IDENTITY_VERIFICATION")).toMatchObject({
      businessVerificationSources: ["secretary_of_state"],
      businessEntityType: "trust",
      taxIdentifierValidationResult: "match",
    });
  });
});
