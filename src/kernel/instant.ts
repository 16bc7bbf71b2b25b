/** A moment in UTC as RFC 3339 text with milliseconds. Fixed width, so text order is time order in any database. */
export type Instant = string & { readonly brand: "Instant" };

export type Clock = () => Instant;

export const DAY_MS = 86_400_000;

export const toInstant = (at: Date | number | string): Instant => new Date(at).toISOString() as Instant;

export const systemClock: Clock = () => toInstant(Date.now());

export const plusMs = (at: Instant, ms: number): Instant => toInstant(Date.parse(at) + ms);

export const plusDays = (at: Instant, days: number): Instant => plusMs(at, days * DAY_MS);
