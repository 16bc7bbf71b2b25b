import { Failure } from "./failure.js";

/** A window over a list: `first` 1 to 100, starting after an opaque cursor. */
export interface Page {
  readonly first: number;
  readonly after: string | null;
}

export const MAX_FIRST = 100;

const MARK = "c1:";

/** An opaque cursor for the row with this key. */
export const encodeCursor = (key: string): string => Buffer.from(MARK + key).toString("base64url");

export function decodeCursor(cursor: string): string {
  const text = Buffer.from(cursor, "base64url").toString();
  if (cursor.length > 200 || !text.startsWith(MARK))
    throw new Failure("CURSOR_INVALID", "This cursor is not one of ours: use `endCursor` of an earlier page.");
  return text.slice(MARK.length);
}

export function pageOf(args: { first?: number | null; after?: string | null }, fallback = 20): Page {
  const first = args.first ?? fallback;
  if (!Number.isInteger(first) || first < 1 || first > MAX_FIRST)
    throw new Failure("BAD_USER_INPUT", `\`first\` must be between 1 and ${MAX_FIRST}.`, {
      validationDetails: [{ path: "first", message: `Must be between 1 and ${MAX_FIRST}.` }],
    });
  return { first, after: args.after ? decodeCursor(args.after) : null };
}
