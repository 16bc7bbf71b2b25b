import type { Aftermath } from "./storm.js";

/** The lines of JSON that processes wrote. */
export const linesOf = ({ processes: { gateways, workers } }: Aftermath): Record<string, unknown>[] =>
  [...gateways, ...workers]
    .flatMap(({ outputs }) => outputs)
    .flatMap((text) => text.split("\n"))
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Record<string, unknown>];
      } catch {
        // Whoever is killed may be amid a line.
        return [];
      }
    });

/** How often a transaction lost so many races in a row before it was through. */
export function racesIn(after: Aftermath): Map<number, number> {
  const lost = new Map<number, number>();
  for (const { msg, attempt } of linesOf(after))
    if (msg === "race" && typeof attempt === "number") lost.set(attempt, (lost.get(attempt) ?? 0) + 1);
  return new Map([...lost].toSorted(([a], [b]) => a - b));
}

const told = (counts: ReadonlyMap<unknown, number>): string =>
  [...counts].map(([what, count]) => `${String(what)} ${count}`).join(", ") || "none";

/** What happened, as a table for people. */
export function reportOf(after: Aftermath, seed: number): string {
  const { tally, kills, restarts, seconds, processes, followers } = after;
  const rows = tally
    .kinds()
    .map(
      ([kind, { acknowledged, retried, refused }]) =>
        `  ${kind.padEnd(14)} ${String(acknowledged).padStart(7)} ${String(retried).padStart(8)}   ${told(refused)}`,
    );
  const all = tally.kinds().reduce((sum, [, { acknowledged }]) => sum + acknowledged, 0);
  return [
    `A storm of ${seconds.toFixed(1)} s, seed ${seed}`,
    `  ${"call".padEnd(14)} ${"told".padStart(7)} ${"retried".padStart(8)}   refused`,
    ...rows,
    `  all            ${String(all).padStart(7)}`,
    "  why retried:",
    ...[...tally.causes].map(([cause, count]) => `    ${String(count).padStart(7)} ${cause}`),
    `  races lost on attempt: ${told(racesIn(after))}`,
    `  killed: ${kills.length} (${kills.join(", ")}); database restarted: ${restarts.join(", ")}`,
    `  starts: gateways ${processes.gateways.map((one) => one.starts()).join(", ")}; workers ${processes.workers.map((one) => one.starts()).join(", ")}`,
    `  followers heard ${followers.map(({ heard }) => heard.length).join(", ")} and lost the line ${followers.map(({ losses }) => losses()).join(", ")} times`,
  ].join("\n");
}
