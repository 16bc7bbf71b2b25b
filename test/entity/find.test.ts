import { entityByHandle, idOf } from "../../src/entity/find.js";
import { registerIndividual } from "../../src/entity/register.js";
import { actorOf, clientOf, givenParty, givenRegistered, individual } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { testApp } from "../support/app.js";

describe("entityByHandle", () => {
  it("finds the entity behind a handle of one's own", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    const id = await givenRegistered(bank);
    expect(await entityByHandle(bank.read, "ada", "input.handle")).toEqual({ id, entityType: "INDIVIDUAL" });
  });

  it("answers somebody else's handle as one that nobody has", async () => {
    await using test = await testApp();
    const [bank, vendor] = [await givenParty(test, "Bank"), await givenParty(test, "Vendor")];
    await givenRegistered(bank);
    const foreign = await refusal(entityByHandle(vendor.read, "ada", "input.handle"));
    const missing = await refusal(entityByHandle(vendor.read, "nobody", "input.handle"));
    expect(foreign).toEqual({ code: "NOT_FOUND", paths: ["input.handle"], message: "Entity not found." });
    expect(foreign).toEqual(missing);
  });

  it("keeps the handles of two participants apart", async () => {
    await using test = await testApp();
    const [bank, vendor] = [await givenParty(test, "Bank"), await givenParty(test, "Vendor")];
    const mine = await givenRegistered(bank);
    const theirs = await givenRegistered(vendor, { socialSecurityNumber: "212-55-0102" });
    expect((await entityByHandle(bank.read, "ada", "h")).id).toBe(mine);
    expect((await entityByHandle(vendor.read, "ada", "h")).id).toBe(theirs);
  });

  it("finds one entity after an amendment", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    const id = await givenRegistered(bank);
    await givenRegistered(bank, { lastName: "Diaz" });
    expect((await entityByHandle(bank.read, "ada", "h")).id).toBe(id);
  });

  it("tells a client token nothing of other handles of its participant", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    const ada = await givenRegistered(bank);
    await givenRegistered(bank, { handle: "jun", socialSecurityNumber: "212-55-0102" });
    const { read } = test.app.context(clientOf(bank.id, ada));
    expect((await entityByHandle(read, "ada", "h")).id).toBe(ada);
    expect((await refusal(entityByHandle(read, "jun", "h"))).code).toBe("NOT_FOUND");
  });
});

describe("idOf", () => {
  it("is the id itself, or what the handle names, or null", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    const id = await givenRegistered(bank);
    expect(await idOf(bank.read, id, null)).toBe(id);
    expect(await idOf(bank.read, null, "ada")).toBe(id);
    expect(await idOf(bank.read, undefined, "nobody")).toBeNull();
  });

  it.each([
    ["neither", null, null, "id"],
    ["neither, left out", undefined, undefined, "id"],
    ["both", "ent_00000000000000000000000001", "ada", "handle"],
    ["both, one of them empty", "", "ada", "handle"],
    ["both, the other empty", "ent_00000000000000000000000001", "", "handle"],
  ])("refuses %s", async (_what, id, handle, path) => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    await givenRegistered(bank);
    expect(await refusal(idOf(bank.read, id, handle))).toMatchObject({ code: "BAD_USER_INPUT", paths: [path] });
  });

  it("needs a scope that reads entities", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    await bank.commit((write) => registerIndividual(write, individual()));
    const { read } = test.app.context(actorOf(bank.id, ["policies", "admin"]));
    expect((await refusal(idOf(read, null, "ada"))).code).toBe("FORBIDDEN");
  });
});
