import { z } from "zod";
import { DOCUMENT_TYPES } from "../../src/document/document-type.js";
import { BUSINESS_TYPES } from "../../src/entity/facts.js";
import { SHIPPED_LEVELS, documentsFor, levelsFor, parseLevels } from "../../src/verification/level.js";
import { askedBy, tagsFor } from "../../src/verification/tag.js";
import type { CheckedElement } from "../../src/verification/verification.js";
import { approvedLevels } from "../../src/verification/approve.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { approveLevel } from "../../src/verification/approve.js";
import { givenWorld } from "../support/given.js";
import { refusedTrace } from "../support/trace.js";
import { givenApproval } from "../support/verify.js";

const SMALLEST = { name: "OWN", entityTypes: ["INDIVIDUAL"], checks: [{ element: "NAME", weight: 1 }] };

/** The paths at which configured levels are refused. */
function refused(levels: unknown): string[] {
  try {
    parseLevels(levels);
  } catch (error) {
    if (error instanceof z.ZodError) return error.issues.map(({ path }) => path.join("."));
    throw error;
  }
  throw new Error("It was not refused.");
}

describe("parseLevels", () => {
  it("fills in what need not be said", () => {
    expect(parseLevels([SMALLEST])).toEqual([
      {
        ...SMALLEST,
        checks: [{ element: "NAME", weight: 1, required: true }],
        businessTypes: null,
        open: true,
        policy: null,
        onMismatch: "FAILED",
        documents: {},
        attempts: 2,
        requiredRoles: [],
        furnishes: true,
      },
    ]);
  });

  it.each<[string, unknown, string[]]>([
    ["no level", [], [""]],
    ["no list", {}, [""]],
    ["51 levels", Array.from({ length: 51 }, (_, number) => ({ ...SMALLEST, name: `L${number}` })), [""]],
    ["a name twice", [SMALLEST, SMALLEST], [""]],
    ["a name with a space", [{ ...SMALLEST, name: "MY LEVEL" }], ["0.name"]],
    ["nobody whom it is for", [{ ...SMALLEST, entityTypes: [] }], ["0.entityTypes"]],
    ["another type of entity", [{ ...SMALLEST, entityTypes: ["DOG"] }], ["0.entityTypes.0"]],
    ["no check", [{ ...SMALLEST, checks: [] }], ["0.checks"]],
    ["an unknown element", [{ ...SMALLEST, checks: [{ element: "SHOE", weight: 1 }] }], ["0.checks.0.element"]],
    ["a weight below nothing", [{ ...SMALLEST, checks: [{ element: "NAME", weight: -1 }] }], ["0.checks.0.weight"]],
    [
      "an element that nobody has whom it is for",
      [{ ...SMALLEST, checks: [{ element: "EIN", weight: 1 }] }],
      ["0.checks.0.element"],
    ],
    ["a document that there is none of", [{ ...SMALLEST, documents: { NAME: ["id_moon"] } }], ["0.documents.NAME.0"]],
    ["no attempt", [{ ...SMALLEST, attempts: 0 }], ["0.attempts"]],
    ["half an attempt", [{ ...SMALLEST, attempts: 1.5 }], ["0.attempts"]],
    ["documents for an unknown element", [{ ...SMALLEST, documents: { SHOE: ["id_passport"] } }], ["0.documents"]],
    ["a field that there is not", [{ ...SMALLEST, price: "1" }], ["0"]],
    ["two faults", [{ ...SMALLEST, attempts: 99, onMismatch: "PASSED" }], ["0.onMismatch", "0.attempts"]],
  ])("refuses %s, and says where", (_what, levels, paths) => {
    expect(refused(levels).toSorted()).toEqual(paths.toSorted());
  });
});

describe("the shipped levels", () => {
  it("are the four of the specification", () => {
    expect(SHIPPED_LEVELS.map(({ name }) => name).toSorted()).toEqual([
      "DOC_KYC",
      "KYB-LITE",
      "KYB-STANDARD",
      "KYC-STANDARD",
    ]);
  });

  it("allow two attempts", () => {
    expect(SHIPPED_LEVELS.map(({ attempts }) => attempts)).toEqual([2, 2, 2, 2]);
  });

  it("name only documents that can be handed in", () => {
    const known = new Set<string>(DOCUMENT_TYPES.map(({ name }) => name));
    const named = SHIPPED_LEVELS.flatMap(({ documents }) => Object.values(documents).flat());
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it("name only policies that every network starts with", async () => {
    await using world = await givenWorld();
    const policies = await world.app.store.rows<{ name: string; product: string }>(
      "select name, product from policy where status = 'PUBLISHED'",
    );
    for (const { policy, entityTypes } of SHIPPED_LEVELS)
      expect(policies).toContainEqual({ name: policy, product: entityTypes[0] === "BUSINESS" ? "KYB" : "KYC" });
  });

  it("name documents, or documents of identity, for every element that they can refuse", () => {
    const without = SHIPPED_LEVELS.flatMap((level) =>
      level.checks
        .filter(({ required }) => required)
        .flatMap(({ element }) => level.entityTypes.flatMap((type) => tagsFor(type, element, "MISMATCH")))
        .filter(({ tag }) => documentsFor(level, askedBy(tag) as CheckedElement).length === 0)
        .map(({ tag }) => [level.name, tag]),
    );
    expect(without).toEqual([]);
  });
});

describe("levelsFor", () => {
  const names = (entityType: "INDIVIDUAL" | "BUSINESS", businessType: string | null = null) =>
    levelsFor(SHIPPED_LEVELS, entityType, businessType).map(({ name }) => name);

  it("offers a person levels for people, and no other", () => {
    expect(names("INDIVIDUAL")).toEqual(["KYC-STANDARD", "DOC_KYC"]);
  });

  it.each(BUSINESS_TYPES)("offers a %s what is for its type, the lighter first", (type) => {
    const light = ["sole_proprietorship", "trust", "unincorporated_association"].includes(type);
    expect(names("BUSINESS", type)).toEqual(light ? ["KYB-LITE", "KYB-STANDARD"] : ["KYB-STANDARD"]);
  });

  it("offers a business of no known type only what is for every type", () => {
    expect(names("BUSINESS")).toEqual(["KYB-STANDARD"]);
  });
});

describe("approvedLevels", () => {
  it("are the open ones, but for those taken from the participant, and those given to it", async () => {
    await using world = await givenWorld();
    const names = async ({ read }: typeof world.bank) =>
      (await approvedLevels(read, SHIPPED_LEVELS)).map(({ name }) => name);
    expect(await names(world.bank)).toEqual(["KYC-STANDARD", "KYB-STANDARD"]);
    await givenApproval(world, world.bank, "DOC_KYC", true);
    await givenApproval(world, world.bank, "KYB-STANDARD", false);
    expect(await names(world.bank)).toEqual(["KYC-STANDARD", "DOC_KYC"]);
    expect(await names(world.fintech)).toEqual(["KYC-STANDARD", "KYB-STANDARD"]);
    await givenApproval(world, world.bank, "DOC_KYC", false);
    expect(await names(world.bank)).toEqual(["KYC-STANDARD"]);
  });

  it("cannot be given where there is no such level, nor to whom there is not", async () => {
    await using world = await givenWorld();
    const approve = (kycLevel: string, participantId = world.bank.id) =>
      refusedTrace(world, () =>
        world.app.commitAs(OPERATOR)((write) =>
          approveLevel(write, SHIPPED_LEVELS, { participantId, kycLevel, approved: true }),
        ),
      );
    expect(await approve("GOLD")).toEqual({ code: "NOT_FOUND", paths: ["kycLevel"], changed: [] });
    const nobody = await approve("DOC_KYC", "par_00000000000000000007777777");
    expect(nobody).toEqual({ code: "NOT_FOUND", paths: ["participantId"], changed: [] });
  });
});
