/**
 * The gateway did not prove that nothing lies between two events, not even when it was asked again. Whoever goes on from `after`
 * anew begins a new proof there; what may be missing can be read with the query `events`.
 */
export class GapError extends Error {
  override readonly name = "GapError";
  /** The event that was told last. */
  readonly after: string;
  /** The event that should have followed it. */
  readonly cursor: string;
  /** Which event comes before that one, in the gateway's words. */
  readonly previousCursor: string | null;

  constructor(after: string, cursor: string, previousCursor: string | null) {
    super("An event is missing: the next one says that another lies before it.");
    this.after = after;
    this.cursor = cursor;
    this.previousCursor = previousCursor;
  }
}
