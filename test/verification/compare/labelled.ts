import type { Address } from "../../../src/entity/facts.js";
import type { PersonName } from "../../../src/verification/compare/name.js";
import { ADDRESS_ROWS, type AddressRow } from "./labelled-address.js";
import { BUSINESS_ROWS } from "./labelled-business.js";
import { NAME_ROWS, type NameRow } from "./labelled-name.js";
import { SECOND_ADDRESS_ROWS, SECOND_BUSINESS_ROWS, SECOND_NAME_ROWS } from "./labelled-second.js";
import { THIRD_ADDRESS_ROWS, THIRD_BUSINESS_ROWS, THIRD_NAME_ROWS } from "./labelled-third.js";
import { BIRTH_DATE_ROWS, NUMBER_ROWS, PHONE_ROWS, type TextRow } from "./labelled-text.js";

interface Judged {
  /** What a careful reader says, who knows no more than the two texts and what is usual. */
  readonly same: boolean;
  readonly why: string;
  /** Kept out of sight while the comparisons were tuned: every third row of the first table, and the whole of the last. */
  readonly heldOut: boolean;
}

/** Two values of one kind that a reader has judged. All people, places and businesses are invented. */
export type LabelledPair = Judged &
  (
    | { readonly kind: "name"; readonly registered: PersonName; readonly evidence: PersonName }
    | { readonly kind: "address"; readonly registered: Address; readonly evidence: Address }
    | {
        readonly kind: TextKind;
        readonly registered: string;
        readonly evidence: string;
      }
  );

export const KINDS = ["name", "address", "businessName", "number", "birthDate", "phone"] as const;

/** Which rows of a table were kept out of sight. */
type Hides = (index: number) => boolean;

const everyThird: Hides = (index) => index % 3 === 2;
const none: Hides = () => false;
const all: Hides = () => true;

const person = ([firstName, lastName]: readonly [string, string]): PersonName => ({ firstName, lastName });

/** An address from `line 1 | line 2 | city | state | postal code`, without blanks around the bars. */
export function addressFrom(text: string): Address {
  const [line1 = "", line2 = "", city = "", state = "", postalCode = ""] = text.split("|");
  return { line1, line2: line2 === "" ? null : line2, city, state, postalCode, country: "US" };
}

const names = (rows: readonly NameRow[], hides: Hides): LabelledPair[] =>
  rows.map(([registered, evidence, same, why], index) => ({
    kind: "name",
    registered: person(registered),
    evidence: person(evidence),
    same,
    why,
    heldOut: hides(index),
  }));

const addresses = (rows: readonly AddressRow[], hides: Hides): LabelledPair[] =>
  rows.map(([registered, evidence, same, why], index) => ({
    kind: "address",
    registered: addressFrom(registered),
    evidence: addressFrom(evidence),
    same,
    why,
    heldOut: hides(index),
  }));

type TextKind = "businessName" | "number" | "birthDate" | "phone";

const texts = (kind: TextKind, rows: readonly TextRow[], hides: Hides): LabelledPair[] =>
  rows.map(([registered, evidence, same, why], index) => ({
    kind,
    registered,
    evidence,
    same,
    why,
    heldOut: hides(index),
  }));

export const LABELLED: readonly LabelledPair[] = [
  ...names(NAME_ROWS, everyThird),
  ...names(SECOND_NAME_ROWS, none),
  ...names(THIRD_NAME_ROWS, all),
  ...addresses(ADDRESS_ROWS, everyThird),
  ...addresses(SECOND_ADDRESS_ROWS, none),
  ...addresses(THIRD_ADDRESS_ROWS, all),
  ...texts("businessName", BUSINESS_ROWS, everyThird),
  ...texts("businessName", SECOND_BUSINESS_ROWS, none),
  ...texts("businessName", THIRD_BUSINESS_ROWS, all),
  ...texts("number", NUMBER_ROWS, everyThird),
  ...texts("birthDate", BIRTH_DATE_ROWS, everyThird),
  ...texts("phone", PHONE_ROWS, everyThird),
];
