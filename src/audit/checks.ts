import { ATTESTATIONS } from "./attestations.js";
import type { Check } from "./audit.js";
import { CERTIFICATES } from "./certificates.js";
import { CONSENTS } from "./consents.js";
import { DOCUMENTS } from "./documents.js";
import { ENTITIES } from "./entities.js";
import { EVENTS } from "./events.js";
import { KEYS } from "./keys.js";
import { MEMBERS } from "./members.js";
import { MONEY } from "./money.js";
import { RUNS } from "./runs.js";
import { STANDINGS } from "./standings.js";

/** Everything that is always true of an installation, as far as anybody can tell from what is stored. */
export const CHECKS: readonly Check[] = [
  ...ENTITIES,
  ...RUNS,
  ...STANDINGS,
  ...DOCUMENTS,
  ...MEMBERS,
  ...ATTESTATIONS,
  ...CONSENTS,
  ...CERTIFICATES,
  ...MONEY,
  ...KEYS,
  ...EVENTS,
];
