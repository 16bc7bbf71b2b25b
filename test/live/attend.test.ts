import { createAttendance } from "../../src/live/attend.js";
import type { Ended } from "../../src/graph/following.js";
import { OPERATOR, type Actor } from "../../src/kernel/actor.js";
import type { Instant } from "../../src/kernel/instant.js";
import { revokeKey, rotateKey } from "../../src/network/issue-key.js";
import { actorOf, clientOf, givenKey, givenWorld, type World } from "../support/given.js";

const HOUR_MS = 3_600_000;

/** An attendance on the world's own keys, and whom it has told what. */
async function given() {
  const world = await givenWorld();
  const attendance = createAttendance(world.app.store.rows, world.time.clock);
  const told: (readonly [name: string, reason: Ended["reason"]])[] = [];
  const attend = (name: string, actor: Actor): (() => void) =>
    attendance.attend(actor, ({ reason }) => void told.push([name, reason]));
  return { ...world, attendance, told, attend };
}

/** An actor behind a new key of the fintech's. */
async function keyed(world: World): Promise<{ actor: Actor; keyId: string }> {
  const { keyId } = await givenKey(world, world.fintech, "query");
  return { keyId, actor: { ...actorOf(world.fintech.id), credentialId: keyId } };
}

const expiring = (actor: Actor, expiresAt: Instant): Actor => ({ ...actor, expiresAt });

describe("attend", () => {
  it("says nothing while every credential counts", async () => {
    await using world = await given();
    const { actor } = await keyed(world);
    world.attend("key", actor);
    world.attend("client", { ...clientOf(world.fintech.id, "ent_1"), credentialId: actor.credentialId });
    await world.attendance.look();
    expect([world.told, world.attendance.size()]).toEqual([[], 2]);
  });

  it("tells, once, everybody who is here by a key that was revoked, and by what that key has made", async () => {
    await using world = await given();
    const [one, other] = [await keyed(world), await keyed(world)];
    world.attend("first", one.actor);
    world.attend("second", one.actor);
    world.attend("client", { ...clientOf(world.fintech.id, "ent_1"), credentialId: one.keyId });
    world.attend("other", other.actor);
    await world.app.commitAs(OPERATOR)((write) => revokeKey(write, one.keyId));
    await world.attendance.look();
    await world.attendance.look();
    expect(world.told).toEqual([
      ["first", "KEY_REVOKED"],
      ["second", "KEY_REVOKED"],
      ["client", "KEY_REVOKED"],
    ]);
    expect(world.attendance.size()).toBe(1);
  });

  it("tells who is here by a key that was followed by another, when the overlap is over and not before", async () => {
    await using world = await given();
    const { actor, keyId } = await keyed(world);
    world.attend("key", actor);
    await world.app.commitAs(OPERATOR)((write) => rotateKey(write, keyId, 1));
    world.time.advance(HOUR_MS - 1);
    await world.attendance.look();
    expect(world.told).toEqual([]);
    world.time.advance(1);
    await world.attendance.look();
    expect(world.told).toEqual([["key", "KEY_REVOKED"]]);
  });

  it("tells who is here by a token when it expires and not before, whoever gave it", async () => {
    await using world = await given();
    const { keyId } = await keyed(world);
    const until = world.time.clock();
    world.time.advance(-1);
    const client = { ...clientOf(world.fintech.id, "ent_1"), credentialId: keyId };
    world.attend("client", expiring(client, until));
    world.attend("bearer", expiring({ ...actorOf(world.fintech.id), via: "OIDC", credentialId: "somebody" }, until));
    await world.attendance.look();
    expect(world.told).toEqual([]);
    world.time.advance(1);
    await world.attendance.look();
    expect(world.told).toEqual([
      ["client", "TOKEN_EXPIRED"],
      ["bearer", "TOKEN_EXPIRED"],
    ]);
  });

  it("looks for no key behind a token that somebody else has given", async () => {
    await using world = await given();
    world.attend("bearer", { ...actorOf(world.fintech.id), via: "OIDC", credentialId: "somebody" });
    world.statements.length = 0;
    await world.attendance.look();
    expect([world.told, world.statements]).toEqual([[], []]);
  });

  it("tells nobody who has left, and keeps nothing of who left", async () => {
    await using world = await given();
    const { actor, keyId } = await keyed(world);
    const leave = world.attend("key", actor);
    leave();
    leave();
    await world.app.commitAs(OPERATOR)((write) => revokeKey(write, keyId));
    world.statements.length = 0;
    await world.attendance.look();
    expect([world.told, world.attendance.size(), world.statements]).toEqual([[], 0, []]);
  });

  it("asks one question for all of them", async () => {
    await using world = await given();
    const keys = await Promise.all(Array.from({ length: 5 }, () => keyed(world)));
    for (const { actor } of [...keys, ...keys]) world.attend("key", actor);
    world.statements.length = 0;
    await world.attendance.look();
    expect(world.statements.length).toBe(1);
  });
});
