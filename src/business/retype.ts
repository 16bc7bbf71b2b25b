import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { append } from "../event/append.js";
import { needsCertification, type CertificationStatus } from "./certification.js";
import { lastCertifications } from "./read-rolls.js";
import { businessTypes, type BusinessTypes } from "./shown.js";

/** Of what types the caller takes those of these businesses to be of which it has ever said anything. */
export async function typesSaid(write: Writer, businessIds: readonly Id<"ent">[]): Promise<BusinessTypes> {
  if (businessIds.length === 0) return new Map();
  const known = await write.rows<{ id: Id<"ent"> }>(
    "select distinct entity_id as id from registration where participant_id = ? and entity_id in ??",
    [write.actor.participantId, businessIds],
  );
  return known.length === 0
    ? new Map()
    : businessTypes(
        write,
        known.map(({ id }) => id),
      );
}

/**
 * Tells of the certification of businesses that were of these types before: of another they may have to be certified, or need not any more.
 * What was certified is as good as before, for nothing about their members has changed.
 */
export async function retype(write: Writer, before: BusinessTypes): Promise<void> {
  await write.flush();
  const ids = [...before.keys()].toSorted();
  const after = await businessTypes(write, ids);
  const needs = (types: BusinessTypes, id: Id<"ent">): boolean => needsCertification(types.get(id) ?? null);
  const turned = ids.filter((id) => needs(before, id) !== needs(after, id));
  if (turned.length === 0) return;
  const last = await lastCertifications(write, turned);
  const statusIn = (types: BusinessTypes, id: Id<"ent">): CertificationStatus => {
    if (!needs(types, id)) return "CERTIFICATION_NOT_REQUIRED";
    return last.get(id)?.expiresAfter === null ? "CERTIFIED" : "CERTIFICATION_PENDING";
  };
  await append(
    write,
    turned.map((id) => ({
      type: "CERTIFICATION_CHANGED",
      participantId: write.actor.participantId,
      entityId: id,
      subjectId: id,
      from: statusIn(before, id),
      to: statusIn(after, id),
    })),
  );
}
