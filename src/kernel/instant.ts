/** A moment in UTC as RFC 3339 text with milliseconds. Fixed width, so text order is time order in any database. */
export type Instant = string & { readonly brand: "Instant" };

export type Clock = () => Instant;

export const DAY_MS = 86_400_000;

export const toInstant = (at: Date | number | string): Instant => new Date(at).toISOString() as Instant;

const WIDTH = "2026-01-01T00:00:00.000Z".length;

/** Whether text is an instant in its one spelling: only in the years 0000 to 9999 is its order the order of time. */
export const isInstant = (text: unknown): text is Instant => {
  if (typeof text !== "string" || text.length !== WIDTH) return false;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text;
};

export const systemClock: Clock = () => toInstant(Date.now());

export const plusMs = (at: Instant, ms: number): Instant => toInstant(Date.parse(at) + ms);

export const plusDays = (at: Instant, days: number): Instant => plusMs(at, days * DAY_MS);
