import { Failure } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { permit } from "../network/permit.js";
import { governed } from "./publish.js";

/** Takes a policy out of use: nobody can ask by it any more, and certificates that were judged by it still show it. Again is the same. */
export async function archivePolicy(write: Writer, input: { policyId: string }): Promise<Id<"pol">> {
  permit(write.actor, "writePolicies");
  const policy = await governed(write, input.policyId);
  if (policy.status === "DRAFT")
    throw new Failure("ILLEGAL_TRANSITION", "A draft was never in use: publish it first, or leave it.");
  policy.status = "ARCHIVED";
  policy.defaultFor = null;
  return policy.id;
}
