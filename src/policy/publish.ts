import { Failure, notFound } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { permit, requireRole } from "../network/permit.js";
import { Policy, defaultKey } from "./policy.js";

/** Freezes a draft, and makes it the default of its network and product where that is asked for. */
export async function publishPolicy(
  write: Writer,
  input: { policyId: string; isDefault: boolean },
): Promise<Id<"pol">> {
  permit(write.actor, "writePolicies");
  const policy = await write.em.findOne(Policy, input.policyId as Id<"pol">);
  if (!policy || !(await isMember(write, policy.networkId))) throw notFound("Policy", "input.policyId");
  await requireRole(write, [policy.networkId], "GOVERNOR", "input.policyId");
  if (policy.status !== "DRAFT")
    throw new Failure("ILLEGAL_TRANSITION", `A policy that is ${policy.status} is frozen: write a new version.`);
  await freeze(write, policy, input.isDefault);
  return policy.id;
}

async function isMember(write: Writer, networkId: string): Promise<boolean> {
  const rows = await write.rows("select 1 from membership where network_id = ? and participant_id = ? limit 1", [
    networkId,
    write.actor.participantId,
  ]);
  return rows.length > 0;
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
