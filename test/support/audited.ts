import { CHECKS } from "../../src/audit/checks.js";
import { conduct, type Verdict } from "../../src/audit/conduct.js";
import { readLog } from "../../src/audit/log.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import type { TestApp } from "./app.js";

/** How an audit in a test is conducted, where that is not as usual. */
export interface Audited {
  readonly only?: readonly string[];
  readonly batch?: number;
  readonly meanwhile?: () => Promise<unknown>;
}

/** What every check, or some of them, comes to; nothing happens meanwhile, unless something is said to. */
export async function audited(
  { app }: Pick<TestApp, "app">,
  { only, batch, meanwhile }: Audited = {},
): Promise<Verdict[]> {
  const { rows } = app.store;
  const looking = conduct({
    checks: CHECKS.filter(({ name }) => !only || only.includes(name)),
    open: async () => ({
      rows,
      vault: app.vault,
      documents: app.documents,
      now: app.workplace.clock(),
      log: await readLog(rows),
    }),
    pause: meanwhile ?? (async () => undefined),
    ...(batch ? { batch } : {}),
  });
  for (;;) {
    const step = await looking.next();
    if (step.done) return step.value;
  }
}

/** What is wrong, as "check: about what". */
export const faultsIn = (verdicts: readonly Verdict[]): string[] =>
  verdicts.flatMap(({ name, first }) => first.map(({ about, what }) => `${name}: ${about}: ${what}`));

/** Changes what is stored, past every verb. */
export const tamper = async ({ app }: Pick<TestApp, "app">, ...statements: readonly string[]): Promise<void> => {
  await app.commitAs(OPERATOR)(async (write) => {
    for (const statement of statements) await write.rows(statement);
  });
};
