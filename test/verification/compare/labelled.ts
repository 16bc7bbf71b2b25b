import type { Address } from "../../../src/entity/facts.js";
import type { PersonName } from "../../../src/verification/compare/name.js";
import { ADDRESS_ROWS } from "./labelled-address.js";
import { BUSINESS_ROWS } from "./labelled-business.js";
import { NAME_ROWS } from "./labelled-name.js";
import { BIRTH_DATE_ROWS, NUMBER_ROWS, PHONE_ROWS, type TextRow } from "./labelled-text.js";

interface Judged {
  /** What a careful reader says, who knows no more than the two texts and what is usual. */
  readonly same: boolean;
  readonly why: string;
  /** Every third row of a kind: kept out of sight while the comparisons were tuned. */
  readonly heldOut: boolean;
}

/** Two values of one kind that a reader has judged. All people, places and businesses are invented. */
export type LabelledPair = Judged &
  (
    | { readonly kind: "name"; readonly registered: PersonName; readonly evidence: PersonName }
    | { readonly kind: "address"; readonly registered: Address; readonly evidence: Address }
    | {
        readonly kind: "businessName" | "number" | "birthDate" | "phone";
        readonly registered: string;
        readonly evidence: string;
      }
  );

export const KINDS = ["name", "address", "businessName", "number", "birthDate", "phone"] as const;

const judged = (same: boolean, why: string, index: number): Judged => ({ same, why, heldOut: index % 3 === 2 });

const person = ([firstName, lastName]: readonly [string, string]): PersonName => ({ firstName, lastName });

/** An address from `line 1 | line 2 | city | state | postal code`, without blanks around the bars. */
export function addressFrom(text: string): Address {
  const [line1 = "", line2 = "", city = "", state = "", postalCode = ""] = text.split("|");
  return { line1, line2: line2 === "" ? null : line2, city, state, postalCode, country: "US" };
}

const texts = (kind: "businessName" | "number" | "birthDate" | "phone", rows: readonly TextRow[]): LabelledPair[] =>
  rows.map(([registered, evidence, same, why], index) => ({ kind, registered, evidence, ...judged(same, why, index) }));

export const LABELLED: readonly LabelledPair[] = [
  ...NAME_ROWS.map(
    ([registered, evidence, same, why], index): LabelledPair => ({
      kind: "name",
      registered: person(registered),
      evidence: person(evidence),
      ...judged(same, why, index),
    }),
  ),
  ...ADDRESS_ROWS.map(
    ([registered, evidence, same, why], index): LabelledPair => ({
      kind: "address",
      registered: addressFrom(registered),
      evidence: addressFrom(evidence),
      ...judged(same, why, index),
    }),
  ),
  ...texts("businessName", BUSINESS_ROWS),
  ...texts("number", NUMBER_ROWS),
  ...texts("birthDate", BIRTH_DATE_ROWS),
  ...texts("phone", PHONE_ROWS),
];
