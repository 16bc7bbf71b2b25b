import { Member, linkedAs, type MemberRole } from "../../src/business/member.js";
import type { Decimal } from "../../src/kernel/decimal.js";
import type { Id } from "../../src/kernel/id.js";
import { data } from "../support/ask.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import type { Party } from "../support/given.js";
import { fullScans } from "../support/plan.js";
import { givenBusiness, givenPerson } from "./company.js";

const DEPTH = 20;
const OWNERS = 900;
const STORY_MS = 60_000;

const BENEFICIAL_OWNERS = `query BeneficialOwners($handle: String!) {
  entity(handle: $handle) { ... on Business {
    displayName
    beneficialOwners(threshold: "10") {
      percentage
      person { handle displayName verificationStatus }
      paths { ownershipStake business { handle } entity { handle } }
    }
  } }
}`;

const CERTIFICATION = `query Certification($handle: String!) {
  entity(handle: $handle) { ... on Business {
    certificationStatus
    certificationHistory { id administrator { handle } beneficialOwnerCertifications { handle } }
    members(role: BENEFICIAL_OWNER) {
      id ownershipStake certificationToken verificationRequired beneficialOwnerCertificationStatus businessCertificationStatus
      entity { handle displayName }
    }
  } }
}`;

interface Owners {
  readonly entity: {
    readonly beneficialOwners: readonly {
      readonly percentage: string;
      readonly person: { readonly handle: string };
      readonly paths: readonly (readonly { readonly entity: { readonly handle: string } }[])[];
    }[];
  };
}

/** Who owns, what, and how many percent of it. */
type Stake = readonly [owner: string, business: string, stake: string];

/** Writes stakes as rows, past the verb, which would derive everything above anew for each of them. */
async function giveStakes(
  party: Party,
  stakes: readonly Stake[],
  role: MemberRole = "BENEFICIAL_OWNER",
): Promise<void> {
  const known = await party.read.rows<{ handle: string; id: Id<"ent"> }>(
    "select handle, entity_id as id from registration where participant_id = ?",
    [party.id],
  );
  const ids = new Map(known.map(({ handle, id }) => [handle, id]));
  await party.commit((write) =>
    write.insert(
      Member,
      stakes.map(([owner, business, stake]) => {
        const link = { participantId: party.id, businessId: ids.get(business)!, entityId: ids.get(owner)!, role };
        const ownershipStake = stake as Decimal;
        return { ...link, id: write.newId("mem"), linkedAs: linkedAs(link), ownershipStake, linkedAt: write.now };
      }),
    ),
  );
}

const layer = (depth: number): readonly string[] => [`left-${depth}`, `right-${depth}`];

/** Two holdings a layer, each owned by both of the next: a diamond over a diamond, and in the middle a layer that owns itself in part. */
function diamonds(): Stake[] {
  const stakes: Stake[] = layer(1).map((holding) => [holding, "deep", "50"]);
  for (let depth = 1; depth < DEPTH; depth += 1)
    for (const business of layer(depth)) {
      const inRing = depth === DEPTH / 2;
      for (const owner of layer(depth + 1)) stakes.push([owner, business, inRing ? "40" : "50"]);
      if (inRing) stakes.push([layer(depth).find((other) => other !== business)!, business, "20"]);
    }
  for (const business of layer(DEPTH)) stakes.push(["ann", business, "60"], ["ben", business, "40"]);
  return stakes;
}

/** One holding, one ring, two people: the same kinds of things, once. */
const SHALLOW: readonly Stake[] = [
  ["ann", "shallow", "60"],
  ["holding", "shallow", "40"],
  ["shallow", "holding", "10"],
  ["ben", "holding", "90"],
];

async function statementsOf(gateway: Gateway, document: string, handle: string): Promise<string[]> {
  await data(gateway, gateway.fintech.token, document, { handle });
  gateway.statements.length = 0;
  await data(gateway, gateway.fintech.token, document, { handle });
  // What does not wait for one another comes in any order.
  return gateway.statements.toSorted();
}

describe("beneficialOwners", () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await givenGateway();
    const { fintech } = gateway;
    const holdings = Array.from({ length: DEPTH }, (_, index) => layer(index + 1)).flat();
    for (const name of ["deep", "shallow", "holding", ...holdings]) await givenBusiness(fintech, name);
    for (const name of ["ann", "ben"]) await givenPerson(fintech, name);
    await giveStakes(fintech, [...diamonds(), ...SHALLOW]);
  }, STORY_MS);
  afterAll(() => gateway[Symbol.asyncDispose]());

  it(`takes as many statements through ${DEPTH} layers of diamonds around a ring as through one`, async () => {
    const shallow = await statementsOf(gateway, BENEFICIAL_OWNERS, "shallow");
    const deep = await statementsOf(gateway, BENEFICIAL_OWNERS, "deep");
    expect(deep).toEqual(shallow);
    expect(await fullScans(gateway.app, deep)).toEqual([]);
  });

  it("says exactly what a million chains come to, and shows a hundred of them for each person", async () => {
    const { entity } = await data<Owners, object>(gateway, gateway.fintech.token, BENEFICIAL_OWNERS, {
      handle: "deep",
    });
    const told = entity.beneficialOwners.map(({ percentage, person, paths }) => [
      person.handle,
      percentage,
      paths.length,
    ]);
    // Of what enters the ring at either of its two, 80 % leaves at once and a fifth of 80 % by way of the other: 96 %.
    expect(told).toEqual([
      ["ann", "57.6", 100],
      ["ben", "38.4", 100],
    ]);
    for (const { paths, person } of entity.beneficialOwners)
      for (const path of paths) {
        const names = path.map((member) => member.entity.handle);
        expect(names.at(-1)).toBe(person.handle);
        expect(new Set(names).size).toBe(names.length);
      }
  });
});

describe("the certification of a business", () => {
  it(`takes as many statements with ${OWNERS} owners as with two, within the ordinary limits`, async () => {
    await using gateway = await givenGateway();
    const { fintech } = gateway;
    const people = Array.from({ length: OWNERS }, (_, index) => `owner-${index}`);
    for (const name of ["two", "many"]) await givenBusiness(fintech, name);
    for (const name of people) await givenPerson(fintech, name);
    await giveStakes(fintech, [
      ...people.slice(0, 2).map((name): Stake => [name, "two", "0.1"]),
      ...people.map((name): Stake => [name, "many", "0.1"]),
    ]);
    const two = await statementsOf(gateway, CERTIFICATION, "two");
    const many = await statementsOf(gateway, CERTIFICATION, "many");
    expect(many).toEqual(two);
    expect(await fullScans(gateway.app, many)).toEqual([]);
  });
});
