import { Failure, notFound } from "../kernel/failure.js";
import { policyHeld } from "../kernel/hold.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import type { Membership } from "../network/network.js";
import { permit, requireRole } from "../network/permit.js";
import { Policy, defaultKey } from "./policy.js";

/** Freezes a draft, and makes it the default of its network and product where that is asked for. */
export async function publishPolicy(
  write: Writer,
  input: { policyId: string; isDefault: boolean },
): Promise<Id<"pol">> {
  permit(write.actor, "writePolicies");
  const policy = await governed(write, input.policyId);
  if (policy.status !== "DRAFT")
    throw new Failure("ILLEGAL_TRANSITION", `A policy that is ${policy.status} is frozen: write a new version.`);
  await freeze(write, policy, input.isDefault);
  return policy.id;
}

/** A policy of a network that the actor governs. One that it may not even see does not exist for it. */
export async function governed(write: Writer, policyId: string): Promise<Policy> {
  await write.hold([policyHeld(policyId)]);
  const policy = await write.em.findOne(Policy, policyId as Id<"pol">);
  if (!policy || !(await sees(write, policy))) throw notFound("Policy", "input.policyId");
  await requireRole(write, [policy.networkId], "GOVERNOR", "input.policyId");
  return policy;
}

/** As in reading: a draft is for governors alone, and for everybody else as if it did not exist. */
async function sees(write: Writer, { networkId, status }: Policy): Promise<boolean> {
  const memberships = await write.rows<Pick<Membership, "role">>(
    "select role from membership where network_id = ? and participant_id = ?",
    [networkId, write.actor.participantId],
  );
  return memberships.some(({ role }) => role === "GOVERNOR" || status !== "DRAFT");
}

/** The freezing itself, for a governor over the API and for the operator who opens a network. */
export async function freeze(write: Writer, policy: Policy, isDefault: boolean): Promise<void> {
  if (isDefault) {
    const key = defaultKey(policy.networkId, policy.product);
    await write.em.nativeUpdate(Policy, { defaultFor: key }, { defaultFor: null });
    policy.defaultFor = key;
  }
  policy.status = "PUBLISHED";
  policy.publishedAt = write.now;
}
