import type { Id } from "./id.js";

/** Numbers of people share so many names: a call about a thousand of them holds no more locks than that. */
const BUCKETS = 256;

/** Whoever speaks of a number, by its keyed hash: who it means must not change meanwhile. */
export const numberHeld = (fingerprint: string): string => `number ${parseInt(fingerprint.slice(0, 8), 16) % BUCKETS}`;

/** Whoever judges evidence about a subject, or changes what was judged. */
export const subjectHeld = (entityId: Id<"ent">): string => `subject ${entityId}`;

/** Whoever changes how an attestation stands. */
export const attestationHeld = (attestationId: string): string => `attestation ${attestationId}`;

/** Whoever publishes or archives a policy: a network may have several governors. */
export const policyHeld = (policyId: string): string => `policy ${policyId}`;

/** Whoever does the same call of the same participant. */
export const callHeld = (participantId: Id<"par">, verb: string, key: string): string =>
  `call ${participantId} ${verb} ${key}`;
