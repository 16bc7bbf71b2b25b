/** Why there is no answer. Names a kind of trouble, and nothing of what was sent or came back. */
export type Trouble =
  | "ADDRESS_REFUSED"
  | "NAME_UNKNOWN"
  | "CONNECTION_BROKEN"
  | "TIMED_OUT"
  | "STOPPED"
  | "REDIRECTED"
  | "TOO_LARGE"
  | "UNREADABLE"
  | `STATUS_${number}`;

/** What only changes when somebody changes something: until then the same question meets the same trouble. */
const LASTING: ReadonlySet<Trouble> = new Set<Trouble>([
  "ADDRESS_REFUSED",
  "REDIRECTED",
  "STATUS_400",
  "STATUS_401",
  "STATUS_403",
  "STATUS_404",
  "STATUS_405",
  "STATUS_410",
  "STATUS_413",
  "STATUS_415",
  "STATUS_422",
]);

/** A question to a vendor that was left without an answer. Its code is fit for a log: it says nothing about anybody. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";

  constructor(readonly code: Trouble) {
    super(`The provider gave no answer: ${code}.`);
  }

  /** Whether asking again soon may help without anybody's doing. */
  get passes(): boolean {
    return !LASTING.has(this.code);
  }
}
