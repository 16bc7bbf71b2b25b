import { canonical } from "../kernel/canonical.js";
import type { BusinessFacts, IndividualFacts } from "./facts.js";

/** What identifies: everything but how to reach somebody. */
const material = ({ phone: _phone, email: _email, ...facts }: IndividualFacts | BusinessFacts): string =>
  canonical(facts);

/** Whether facts differ in anything that a verification is about: telephone and e-mail are not. */
export const isAmended = (before: IndividualFacts | BusinessFacts, now: IndividualFacts | BusinessFacts): boolean =>
  material(before) !== material(now);
