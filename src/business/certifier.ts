import { Failure, badInput } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { entityByHandle } from "../entity/find.js";
import { needsCertification } from "./certification.js";
import { readRoll } from "./read-rolls.js";
import type { Roll } from "./roll.js";

/** The roll of a business that has to be certified. One that does not is refused, and so is what is no business. */
export async function rollToCertify(write: Writer, businessHandle: string): Promise<Roll> {
  const path = "input.businessHandle";
  const business = await entityByHandle(write, businessHandle, path);
  if (business.entityType !== "BUSINESS") throw badInput([{ path, message: "Must be a business." }]);
  const roll = await readRoll(write, business.id);
  if (needsCertification(roll.businessType)) return roll;
  throw new Failure("CONFLICT", "A business of this type needs no certification.", {
    validationDetails: [{ path, message: "Is of a type that needs no certification." }],
  });
}

/** Who certifies: the administrator that is named, else the only one that the business has. */
export async function certifier(
  write: Writer,
  roll: Roll,
  administratorHandle: string | null | undefined,
): Promise<Id<"ent">> {
  const path = "input.administratorHandle";
  const administrators = [...roll.members.values()].filter(({ role }) => role === "ADMINISTRATOR");
  if (administratorHandle) {
    const { id } = await entityByHandle(write, administratorHandle, path);
    if (administrators.some(({ entityId }) => entityId === id)) return id;
    const message = "Must be an administrator of this business.";
    throw new Failure("FORBIDDEN", message, { validationDetails: [{ path, message }] });
  }
  if (administrators.length === 1) return administrators[0]!.entityId;
  const message =
    administrators.length === 0
      ? "Nobody can certify: link an administrator first."
      : "Must name one: the business has several administrators.";
  throw badInput([{ path, message }]);
}
