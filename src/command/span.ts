const MINUTE_MS = 60_000;

const UNITS = [
  ["d", 1_440 * MINUTE_MS],
  ["h", 60 * MINUTE_MS],
  ["m", MINUTE_MS],
] as const;

const SPAN = /^(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m)?$/;

/** The milliseconds of a span of time such as 30d, 12h, 90m or 1d12h; null for anything else. */
export function spanOf(text: string): number | null {
  const counts = SPAN.exec(text)?.slice(1);
  if (!counts?.some((count) => count !== undefined)) return null;
  return UNITS.reduce((sum, [, unitMs], index) => sum + Number(counts[index] ?? 0) * unitMs, 0);
}

/** The same in words, to the minute: 1d12h. */
export function spanText(ms: number): string {
  let left = Math.max(0, Math.round(ms / MINUTE_MS)) * MINUTE_MS;
  const parts = UNITS.map(([letter, unitMs]) => {
    const count = Math.floor(left / unitMs);
    left -= count * unitMs;
    return count > 0 ? `${count}${letter}` : "";
  });
  return parts.join("") || "0m";
}
