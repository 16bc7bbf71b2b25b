import { certifyBeneficialOwner } from "../../src/business/certify-owner.js";
import { certifyBusiness } from "../../src/business/certify-business.js";
import {
  certificationStatus,
  needsCertification,
  Certification,
  OwnerCertification,
} from "../../src/business/certification.js";
import { readRolls } from "../../src/business/read-rolls.js";
import { statusOfMember, statusOfOwner } from "../../src/business/roll.js";
import { BUSINESS_TYPES } from "../../src/entity/facts.js";
import { registerIndividual } from "../../src/entity/register.js";
import { plusDays } from "../../src/kernel/instant.js";
import { columns } from "../../src/kernel/table.js";
import { NOON } from "../support/app.js";
import { audited, faultsIn } from "../support/audited.js";
import { clientOf, countOf, individual } from "../support/given.js";
import { refusedTrace, traced } from "../support/trace.js";
import {
  certify,
  certifyOwner,
  certifyOwners,
  givenBusiness,
  givenCertified,
  givenCompany,
  givenOwned,
  givenPerson,
  link,
  own,
  rollOf,
  statusOf,
  told,
  tokenOf,
  unlink,
  type Company,
} from "./company.js";

const EXEMPT = ["sole_proprietorship", "trust", "unincorporated_association", "public_corporation"] as const;

const ownerCertifications = ({ app }: Company) =>
  app.store.rows<OwnerCertification>(`select ${columns(OwnerCertification, "c")} from owner_certification c`);

describe("needsCertification", () => {
  it("is so of every type but four, and of a business of which no type is known", () => {
    expect(BUSINESS_TYPES.filter((type) => !needsCertification(type))).toEqual([...EXEMPT]);
    expect(needsCertification(null)).toBe(true);
  });
});

describe("certificationStatus", () => {
  const last = { contentFingerprint: "now", expiresAfter: null };

  it.each([
    ["as it was certified", "llc", last, "CERTIFIED"],
    ["never certified", "llc", null, "CERTIFICATION_PENDING"],
    ["other than it was certified", "llc", { ...last, contentFingerprint: "then" }, "CERTIFICATION_PENDING"],
    ["opened again", "llc", { ...last, expiresAfter: plusDays(NOON, 30) }, "CERTIFICATION_PENDING"],
    ["of a type that needs none", "trust", null, "CERTIFICATION_NOT_REQUIRED"],
    ["of such a type by now", "trust", last, "CERTIFICATION_NOT_REQUIRED"],
  ] as const)("of a business %s is told", (_what, type, certification, status) => {
    expect(certificationStatus(type, certification, "now")).toBe(status);
  });
});

describe("certificationToken", () => {
  it("is there for beneficial owners alone, and for each another", async () => {
    await using world = await givenOwned();
    const tokens = [...(await rollOf(world)).members.values()].map(({ role, token }) => [role, token !== null]);
    expect(tokens).toEqual([
      ["BENEFICIAL_OWNER", true],
      ["BENEFICIAL_OWNER", true],
      ["ADMINISTRATOR", false],
    ]);
    expect(await tokenOf(world, world.annOwns)).not.toBe(await tokenOf(world, world.benOwns));
  });

  it("changes with the facts that are shown of the owner, and not with anybody else's", async () => {
    await using world = await givenOwned();
    const before = await tokenOf(world, world.annOwns);
    await givenPerson(world.bank, "ann");
    await link(world.fintech, "company", "ben", "CONTROLLING_OFFICER");
    expect(await tokenOf(world, world.annOwns)).toBe(before);
    await renamed(world);
    expect(await tokenOf(world, world.annOwns)).not.toBe(before);
  });

  it("changes with the stake", async () => {
    await using world = await givenOwned();
    const before = await tokenOf(world, world.annOwns);
    await unlink(world.fintech, "company", "ann", "BENEFICIAL_OWNER");
    expect(await tokenOf(world, await own(world.fintech, "company", "ann", "59"))).not.toBe(before);
  });
});

/** Ann under another family name. */
const renamed = ({ fintech }: Company) =>
  fintech.commit((write) =>
    registerIndividual(
      write,
      individual({ handle: "ann", firstName: "ann", lastName: "Newman", socialSecurityNumber: null }),
    ),
  );

describe("certifyBeneficialOwner", () => {
  it("certifies one owner as shown, by the only administrator", async () => {
    await using world = await givenOwned();
    const token = await tokenOf(world, world.annOwns);
    expect(await certifyOwner(world, "ann", token)).toBe(world.annOwns);
    expect(await ownerCertifications(world)).toEqual([
      { memberId: world.annOwns, token, administratorId: world.cid, certifiedAt: NOON },
    ]);
    const roll = await rollOf(world);
    expect(statusOfOwner(roll, world.annOwns)).toBe("CERTIFIED");
    expect(statusOfOwner(roll, world.benOwns)).toBe("CERTIFICATION_PENDING");
    expect(statusOfMember(roll, world.annOwns)).toBe("CERTIFICATION_PENDING");
  });

  it("certifies a business that owns, too", async () => {
    await using world = await givenCompany();
    await givenBusiness(world.fintech, "holding");
    await link(world.fintech, "company", "cid", "ADMINISTRATOR");
    const owns = await own(world.fintech, "company", "holding", "60");
    expect(await certifyOwner(world, "holding", await tokenOf(world, owns))).toBe(owns);
  });

  it("is undone by what changes of the owner, and done anew with the new token", async () => {
    await using world = await givenOwned();
    await certifyOwner(world, "ann", await tokenOf(world, world.annOwns));
    await renamed(world);
    expect(statusOfOwner(await rollOf(world), world.annOwns)).toBe("CERTIFICATION_PENDING");
    await certifyOwner(world, "ann", await tokenOf(world, world.annOwns));
    expect(statusOfOwner(await rollOf(world), world.annOwns)).toBe("CERTIFIED");
    expect(await ownerCertifications(world)).toHaveLength(1);
  });

  it("refuses a stale token", async () => {
    await using world = await givenOwned();
    const token = await tokenOf(world, world.annOwns);
    await renamed(world);
    expect(await refusedTrace(world, () => certifyOwner(world, "ann", token))).toEqual({
      code: "CONFLICT",
      paths: ["input.certificationToken"],
      changed: [],
    });
  });

  it("refuses the token of another owner, and what is none", async () => {
    await using world = await givenOwned();
    const others = await tokenOf(world, world.benOwns);
    for (const token of [others, "", "ü".repeat(32), `${others}0`])
      expect((await refusedTrace(world, () => certifyOwner(world, "ann", token))).code).toBe("CONFLICT");
  });

  it("does not find whoever owns nothing", async () => {
    await using world = await givenOwned();
    const token = await tokenOf(world, world.annOwns);
    expect(await refusedTrace(world, () => certifyOwner(world, "cid", token))).toEqual({
      code: "NOT_FOUND",
      paths: ["input.memberHandle"],
      changed: [],
    });
  });

  it("refuses without an administrator", async () => {
    await using world = await givenOwned();
    const token = await tokenOf(world, world.annOwns);
    await unlink(world.fintech, "company", "cid", "ADMINISTRATOR");
    expect(await refusedTrace(world, () => certifyOwner(world, "ann", token))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["input.administratorHandle"],
      changed: [],
    });
  });

  it("asks which of several administrators certifies, and takes the one that is named", async () => {
    await using world = await givenOwned();
    const token = await tokenOf(world, world.annOwns);
    await link(world.fintech, "company", "ben", "ADMINISTRATOR");
    expect(await refusedTrace(world, () => certifyOwner(world, "ann", token))).toEqual({
      code: "BAD_USER_INPUT",
      paths: ["input.administratorHandle"],
      changed: [],
    });
    await certifyOwner(world, "ann", token, "ben");
    expect(await ownerCertifications(world)).toMatchObject([{ administratorId: world.ben }]);
  });

  it.each([
    ["is no administrator", "ann", "FORBIDDEN"],
    ["is nobody", "zoe", "NOT_FOUND"],
  ])("refuses an administrator who %s", async (_what, administrator, code) => {
    await using world = await givenOwned();
    const token = await tokenOf(world, world.annOwns);
    expect(await refusedTrace(world, () => certifyOwner(world, "ann", token, administrator))).toEqual({
      code,
      paths: ["input.administratorHandle"],
      changed: [],
    });
  });

  it("does not take the administrator of another business", async () => {
    await using world = await givenOwned();
    await givenBusiness(world.fintech, "holding");
    await link(world.fintech, "holding", "ben", "ADMINISTRATOR");
    const token = await tokenOf(world, world.annOwns);
    expect((await refusedTrace(world, () => certifyOwner(world, "ann", token, "ben"))).code).toBe("FORBIDDEN");
  });

  it("is refused to a client token", async () => {
    await using world = await givenOwned();
    const commit = world.app.commitAs(clientOf(world.fintech.id, world.company));
    const input = {
      businessHandle: "company",
      memberHandle: "ann",
      certificationToken: await tokenOf(world, world.annOwns),
    };
    const asked = () => commit((write) => certifyBeneficialOwner(write, input));
    expect((await refusedTrace(world, asked)).code).toBe("FORBIDDEN");
  });
});

describe("certifyBusiness", () => {
  it("states that all owners are right, once each has been certified, and says so", async () => {
    await using world = await givenOwned();
    await certifyOwners(world);
    expect(await statusOf(world)).toBe("CERTIFICATION_PENDING");
    expect(await told(world, world.fintech, () => certify(world))).toEqual([
      ["CERTIFICATION_CHANGED", world.company, "CERTIFICATION_PENDING", "CERTIFIED"],
    ]);
    const [row] = await world.app.store.rows<Certification>(
      `select ${columns(Certification, "c")} from certification c`,
    );
    expect(row).toMatchObject({
      participantId: world.fintech.id,
      businessId: world.company,
      administratorId: world.cid,
      owners: JSON.stringify([world.ann, world.ben]),
      createdAt: NOON,
      expiresAfter: null,
    });
    const roll = await rollOf(world);
    expect(await statusOf(world)).toBe("CERTIFIED");
    expect([...roll.members.keys()].map((id) => statusOfMember(roll, id))).toEqual([
      "CERTIFIED",
      "CERTIFIED",
      "CERTIFICATION_NOT_REQUIRED",
    ]);
  });

  it("answers the statement that stands while nothing has changed", async () => {
    await using world = await givenCertified();
    const { result, changed } = await traced(world, () => certify(world));
    expect([result, changed]).toEqual([world.certification, []]);
  });

  it("refuses while an owner is not certified as shown now, and names those", async () => {
    await using world = await givenOwned();
    await certifyOwner(world, "ann", await tokenOf(world, world.annOwns));
    expect(await refusedTrace(world, () => certify(world))).toEqual({
      code: "CONFLICT",
      paths: ["input.businessHandle"],
      changed: [],
    });
    await expect(certify(world)).rejects.toMatchObject({
      details: {
        validationDetails: [{ message: `Has an owner who is not certified as shown now: ${world.benOwns}.` }],
      },
    });
  });

  it("refuses once what is shown of a certified owner has changed", async () => {
    await using world = await givenOwned();
    await certifyOwners(world);
    await renamed(world);
    expect((await refusedTrace(world, () => certify(world))).code).toBe("CONFLICT");
  });

  it("states that there are no owners where there are none", async () => {
    await using world = await givenCompany("non_profit");
    await link(world.fintech, "company", "cid", "ADMINISTRATOR");
    await certify(world);
    expect(await statusOf(world)).toBe("CERTIFIED");
  });

  it.each([
    ["is no administrator", "ann", "FORBIDDEN"],
    ["is nobody", "zoe", "NOT_FOUND"],
  ])("refuses an administrator who %s, even while a statement stands", async (_what, administrator, code) => {
    await using world = await givenCertified();
    expect(await refusedTrace(world, () => certify(world, administrator))).toEqual({
      code,
      paths: ["input.administratorHandle"],
      changed: [],
    });
  });

  it.each(EXEMPT)("is refused of a %s, which needs none", async (type) => {
    await using world = await givenOwned(type);
    const token = await tokenOf(world, world.annOwns);
    expect(await refusedTrace(world, () => certify(world))).toEqual({
      code: "CONFLICT",
      paths: ["input.businessHandle"],
      changed: [],
    });
    expect((await refusedTrace(world, () => certifyOwner(world, "ann", token))).code).toBe("CONFLICT");
    const roll = await rollOf(world);
    expect(statusOfOwner(roll, world.annOwns)).toBe("CERTIFICATION_NOT_REQUIRED");
    expect(statusOfMember(roll, world.annOwns)).toBe("CERTIFICATION_NOT_REQUIRED");
  });

  it("stands beside one that was given by a clock further ahead, and was opened again since", async () => {
    await using world = await givenCertified();
    const { fintech, app } = world;
    await link(fintech, "company", "ben", "ADMINISTRATOR");
    // Ids are in the order of the clock of whoever makes them.
    const anew = () =>
      fintech.commit((write) =>
        certifyBusiness(
          { ...write, newId: (prefix) => `${prefix}_0` },
          { businessHandle: "company", administratorHandle: "ben" },
        ),
      );
    await anew();
    expect(await statusOf(world)).toBe("CERTIFIED");
    expect(await anew()).toBe("crt_0");
    expect(await countOf(world, "certification")).toBe(2);
    expect(faultsIn(await audited({ app }))).toEqual([]);
  });

  it("is refused of a person", async () => {
    await using world = await givenOwned();
    const asked = () => world.fintech.commit((write) => certifyBusiness(write, { businessHandle: "ann" }));
    expect((await refusedTrace(world, asked)).code).toBe("BAD_USER_INPUT");
  });

  it("is nobody else's: another participant has certified nothing", async () => {
    await using world = await givenCertified();
    const [theirs] = await readRolls(world.bank.read, [world.company]);
    expect(theirs).toMatchObject({ last: null, businessType: null, members: new Map() });
    expect(await countOf(world, "certification")).toBe(1);
  });
});

describe("readRolls", () => {
  it("takes as many statements for many businesses as for one", async () => {
    await using world = await givenCertified();
    const other = await givenBusiness(world.fintech, "holding");
    const { statements } = world;
    statements.length = 0;
    await readRolls(world.fintech.read, [world.company]);
    const forOne = statements.length;
    await readRolls(world.fintech.read, [world.company, other]);
    expect(statements).toHaveLength(2 * forOne);
  });
});
