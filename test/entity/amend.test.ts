import { givenRegistered, givenWorld, countOf, givenFurnished, record } from "../support/given.js";

const TYPING_ERROR = "1988-04-21";

describe("an amendment", () => {
  it("that adds a number, or corrects one, is the same person still", async () => {
    await using world = await givenWorld();
    const before = await givenRegistered(world.fintech, { socialSecurityNumber: null });
    expect(await givenRegistered(world.fintech, { dateOfBirth: TYPING_ERROR })).toBe(before);
    expect(await givenRegistered(world.fintech)).toBe(before);
    expect(await countOf(world, "entity")).toBe(1);
  });

  it("ends a conflict that no registration supports any more", async () => {
    await using world = await givenWorld();
    await givenRegistered(world.bank);
    await givenRegistered(world.fintech, { dateOfBirth: TYPING_ERROR });
    expect(await countOf(world, "entity_conflict")).toBe(2);
    await givenRegistered(world.fintech, { dateOfBirth: TYPING_ERROR, socialSecurityNumber: "212-55-0999" });
    expect(await countOf(world, "entity_conflict")).toBe(0);
  });

  it("to a number that is known means whom that number means", async () => {
    await using world = await givenWorld();
    const known = await givenRegistered(world.bank);
    await givenRegistered(world.fintech, { socialSecurityNumber: null });
    expect(await givenRegistered(world.fintech)).toBe(known);
  });

  it("does not change what others have attested a person by", async () => {
    await using world = await givenWorld();
    const before = await givenRegistered(world.fintech);
    await givenFurnished(world.vendor, [world.network], [record(["LIVENESS_REVIEW"])]);
    expect(await givenRegistered(world.fintech, { dateOfBirth: TYPING_ERROR })).not.toBe(before);
    expect(await givenRegistered(world.bank, { handle: "theirs" })).toBe(before);
  });
});
