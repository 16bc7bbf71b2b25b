import type { BusinessInput } from "../../src/entity/facts.js";
import { registerBusiness } from "../../src/entity/register.js";
import { audited, faultsIn, tamper } from "../support/audited.js";
import { business, givenWorld, type Party } from "../support/given.js";
import { givenBusiness, givenCertified, givenCompany, link, statusOf, told, type Company } from "./company.js";

/** What a company is told of its certification while it becomes of these types, one after another. */
async function retold(world: Company, ...types: readonly BusinessInput["businessType"][]) {
  const facts = await told(world, world.fintech, async () => {
    for (const type of types) await givenBusiness(world.fintech, "company", type);
  });
  return facts.flatMap(([type, subject, from, to]) =>
    type === "CERTIFICATION_CHANGED" && subject === world.company ? [`${from} > ${to}`] : [],
  );
}

describe("a business that becomes of another type", () => {
  it("is told that it need not be certified any more, and that it stands as certified once it has to be again", async () => {
    await using world = await givenCertified();
    expect(await retold(world, "trust")).toEqual(["CERTIFIED > CERTIFICATION_NOT_REQUIRED"]);
    expect(await statusOf(world)).toBe("CERTIFICATION_NOT_REQUIRED");
    expect(await retold(world, "corporation")).toEqual(["CERTIFICATION_NOT_REQUIRED > CERTIFIED"]);
    expect(await statusOf(world)).toBe("CERTIFIED");
    expect(faultsIn(await audited(world))).toEqual([]);
  });

  it("is missed by the audit where it was not told", async () => {
    await using world = await givenCertified();
    await retold(world, "trust");
    await tamper(world, "delete from event where to_status = 'CERTIFICATION_NOT_REQUIRED'");
    const [fault, ...more] = faultsIn(await audited(world, { only: ["certifications-told"] }));
    expect([fault, more]).toEqual([expect.stringContaining("It is CERTIFICATION_NOT_REQUIRED"), []]);
  });

  it("is not missed by the audit once it was erased, and nobody can say of what type it is", async () => {
    await using world = await givenCertified();
    await retold(world, "trust");
    await tamper(world, `update entity set wrapped_key = null where id = '${world.company}'`);
    expect(faultsIn(await audited(world, { only: ["certifications-told"] }))).toEqual([]);
  });

  it("is told that it has to be certified anew, where its members changed while it need not be", async () => {
    await using world = await givenCertified();
    await retold(world, "trust");
    const facts = await told(world, world.fintech, () => link(world.fintech, "company", "ben", "ADMINISTRATOR"));
    expect(facts.map(([type]) => type)).toEqual(["MEMBER_LINKED"]);
    expect(await retold(world, "llc")).toEqual(["CERTIFICATION_NOT_REQUIRED > CERTIFICATION_PENDING"]);
    expect(faultsIn(await audited(world))).toEqual([]);
  });

  it("is told so too where it was never certified, and of nothing where both types are alike in that", async () => {
    await using world = await givenCompany();
    expect(await retold(world, "corporation", "trust", "sole_proprietorship", "partnership", "trust")).toEqual([
      "CERTIFICATION_PENDING > CERTIFICATION_NOT_REQUIRED",
      "CERTIFICATION_NOT_REQUIRED > CERTIFICATION_PENDING",
      "CERTIFICATION_PENDING > CERTIFICATION_NOT_REQUIRED",
    ]);
  });

  it("is told so too where its handle means another business from then on, and it again", async () => {
    await using world = await givenWorld();
    const { bank, fintech } = world;
    const register = async (party: Party, handle: string, ein: string) => {
      const input = business({ handle, businessType: "trust", ein });
      return (await party.commit((write) => registerBusiness(write, input))).entityId;
    };
    const changes = async (ein: string) =>
      (await told(world, fintech, () => register(fintech, "own", ein))).filter(
        ([type]) => type === "CERTIFICATION_CHANGED",
      );
    const one = await register(bank, "one", "12-3456789");
    const other = await register(bank, "other", "12-3456780");
    expect(await changes("12-3456789")).toEqual([]);
    const opens = ["CERTIFICATION_CHANGED", one, "CERTIFICATION_NOT_REQUIRED", "CERTIFICATION_PENDING"];
    expect(await changes("12-3456780")).toEqual([opens]);
    expect(await changes("12-3456789")).toEqual([
      ["CERTIFICATION_CHANGED", one, "CERTIFICATION_PENDING", "CERTIFICATION_NOT_REQUIRED"],
      ["CERTIFICATION_CHANGED", other, "CERTIFICATION_NOT_REQUIRED", "CERTIFICATION_PENDING"],
    ]);
  });

  it("is told nothing of what others have registered, and others are told nothing", async () => {
    await using world = await givenCompany();
    const { bank, fintech, stranger } = world;
    const registering = (businessType: BusinessInput["businessType"]) =>
      told(world, bank, () => bank.commit((write) => registerBusiness(write, business({ businessType }))));
    await fintech.commit((write) => registerBusiness(write, business({ businessType: "llc" })));
    expect((await registering("trust")).map(([type]) => type)).toEqual(["ENTITY_REGISTERED"]);
    for (const party of [fintech, stranger])
      expect(await told(world, party, () => registering("partnership"))).toEqual([]);
  });
});
