import type { Entity, EntityConflict } from "../../src/entity/entity.js";
import { requirementsFor } from "../../src/entity/require.js";
import { NOON } from "../support/app.js";
import { actorOf, clientOf } from "../support/given.js";

const ADA: Entity = {
  id: "ent_00000000000000000000000001",
  entityType: "INDIVIDUAL",
  matchFingerprint: null,
  taxFingerprint: null,
  wrappedKey: null,
  createdAt: NOON,
  updatedAt: NOON,
};

const conflictWith = (number: number): EntityConflict => ({
  entityId: ADA.id,
  otherEntityId: `ent_0000000000000000000000000${number}`,
  detectedAt: NOON,
});

const STAFF = actorOf("par_00000000000000000000000001");
const CLIENT = clientOf("par_00000000000000000000000001", ADA.id);

describe("requirementsFor", () => {
  it("asks for nothing where nothing is wrong", () => {
    expect(requirementsFor(ADA, [], STAFF)).toEqual({
      currentlyDue: [],
      pastDue: [],
      pendingVerification: [],
      deadline: null,
      attemptsLeft: null,
    });
  });

  it("asks once for a look at a conflict, however many others there are", () => {
    const { currentlyDue } = requirementsFor(ADA, [conflictWith(2), conflictWith(3)], STAFF);
    expect(currentlyDue.map(({ code, entity }) => [code, entity.id])).toEqual([["IDENTITY_CONFLICT", ADA.id]]);
  });

  it("tells nobody who the other side is", () => {
    for (const actor of [STAFF, CLIENT])
      expect(JSON.stringify(requirementsFor(ADA, [conflictWith(2)], actor))).not.toContain(
        "ent_00000000000000000000000002",
      );
  });

  it("keeps what is for staff from the person, who is told whom to ask", () => {
    const [staff] = requirementsFor(ADA, [conflictWith(2)], STAFF).currentlyDue;
    const [person] = requirementsFor(ADA, [conflictWith(2)], CLIENT).currentlyDue;
    expect(staff?.staffMessage).toContain("birth date");
    expect(person?.staffMessage).toBeNull();
    expect(person?.publicMessage).not.toMatch(/conflict|fraud|number|birth/i);
  });
});
