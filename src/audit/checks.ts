import { API_KEYS } from "./api-keys.js";
import { ATTESTATIONS } from "./attestations.js";
import type { Check } from "./audit.js";
import { CERTIFICATES } from "./certificates.js";
import { CERTIFICATIONS } from "./certifications.js";
import { CONSENTS } from "./consents.js";
import { DOCUMENTS } from "./documents.js";
import { ENTITIES } from "./entities.js";
import { ENTITLEMENTS } from "./entitlements.js";
import { EVENTS } from "./events.js";
import { IDENTITIES } from "./identities.js";
import { KEYS } from "./keys.js";
import { LEDGERS } from "./ledgers.js";
import { MEMBERS } from "./members.js";
import { MONEY } from "./money.js";
import { POLICIES } from "./policies.js";
import { RUNS } from "./runs.js";
import { SIGNING_KEYS } from "./signing-keys.js";
import { STANDINGS } from "./standings.js";

/** Everything that is always true of an installation, as far as anybody can tell from what is stored. */
export const CHECKS: readonly Check[] = [
  ...IDENTITIES,
  ...ENTITIES,
  ...RUNS,
  ...STANDINGS,
  ...DOCUMENTS,
  ...MEMBERS,
  ...CERTIFICATIONS,
  ...ATTESTATIONS,
  ...ENTITLEMENTS,
  ...CONSENTS,
  ...POLICIES,
  ...CERTIFICATES,
  ...MONEY,
  ...LEDGERS,
  ...SIGNING_KEYS,
  ...API_KEYS,
  ...KEYS,
  ...EVENTS,
];
