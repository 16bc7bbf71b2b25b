import type { App } from "../app.js";
import { Entity } from "../entity/entity.js";
import type { Id } from "../kernel/id.js";
import { columns } from "../kernel/table.js";
import { requirementsOfRun, type Requirement } from "../verification/require.js";
import { Verification } from "../verification/verification.js";

/** What a run has come to, in words for staff. */
export interface Outcome {
  readonly passed: boolean;
  /** A line for the run, and one for each thing that is known about it or has to be done next. */
  readonly text: string;
}

export async function outcomeOf({ store: { rows }, config }: App, verificationId: Id<"ver">): Promise<Outcome> {
  const [run] = await rows<Verification>(`select ${columns(Verification, "v")} from verification v where v.id = ?`, [
    verificationId,
  ]);
  const [entity] = await rows<Entity>(`select ${columns(Entity, "e")} from entity e where e.id = ?`, [run!.entityId]);
  const level = config.levels.find(({ name }) => name === run!.kycLevel);
  const { currentlyDue, pastDue, pendingVerification, deadline } = requirementsOfRun(run!, level, entity!, true);
  const lines = [
    `${run!.id}  ${run!.status}`,
    ...factsOf(run!),
    ...currentlyDue.map((one) => `  due: ${said(one)}`),
    ...pastDue.map((one) => `  past due: ${said(one)}`),
    ...pendingVerification.map((one) => `  pending: ${said(one)}`),
    ...(deadline ? [`  until: ${deadline}`] : []),
  ];
  return { passed: run!.status === "PASSED", text: lines.join("\n") };
}

function factsOf({ kycLevel, attempt, score, certificateId, tags, reasons }: Verification): string[] {
  const words = (label: string, list: string): string[] => {
    const all = JSON.parse(list) as string[];
    return all.length > 0 ? [`  ${label}: ${all.join(", ")}`] : [];
  };
  return [
    `  level: ${kycLevel}, attempt ${attempt}`,
    ...(score === null ? [] : [`  score: ${score}`]),
    ...(certificateId ? [`  certificate: ${certificateId}`] : []),
    ...words("tags", tags),
    ...words("reasons", reasons),
  ];
}

const said = ({ code, staffMessage, acceptableDocuments }: Requirement): string =>
  `${code}: ${staffMessage}${acceptableDocuments.length > 0 ? ` One of ${acceptableDocuments.join(", ")}.` : ""}`;
