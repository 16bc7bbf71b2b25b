import pg from "pg";

/** A statement as it reached the driver. */
export interface Overheard {
  readonly text: string;
  readonly values: readonly unknown[];
}

interface Config {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** Listens to what this process asks of PostgreSQL, with its values, until it is disposed of. */
export function overhear(): Disposable & { readonly heard: Overheard[] } {
  const heard: Overheard[] = [];
  const client = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const { query } = client;
  client.query = function (this: unknown, ...args: unknown[]) {
    const [asked, given] = args as [string | Config, unknown];
    const { text, values } = typeof asked === "string" ? { text: asked, values: undefined } : asked;
    const params = values ?? (Array.isArray(given) ? given : []);
    if (/^\s*(?:select|with|update|delete)\b/.test(text)) heard.push({ text, values: [...params] });
    return query.apply(this, args);
  };
  return {
    heard,
    [Symbol.dispose]: () => {
      client.query = query;
    },
  };
}

/** A step of a plan, as PostgreSQL tells of it. */
export interface Step {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
  readonly "Plan Rows": number;
  readonly "Total Cost": number;
  readonly "Actual Rows"?: number;
  readonly "Actual Loops"?: number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Index Recheck"?: number;
  readonly Plans?: readonly Step[];
}

export interface Explained {
  readonly plan: Step;
  readonly ms: number;
}

/** Every step of a plan, from the top down. */
export const stepsOf = (step: Step): Step[] => [step, ...(step.Plans ?? []).flatMap(stepsOf)];

/** The plan for anybody, made once for a prepared statement, and the plan for these values: PostgreSQL takes one or the other. */
export const PLANS = ["force_generic_plan", "force_custom_plan"] as const;
export type Plan = (typeof PLANS)[number];

/** What a driver is given, in words. */
const plain = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

const literal = (value: unknown): string => {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map(element).join(",")}}`);
  return pg.escapeLiteral(plain(value));
};

const element = (value: unknown): string =>
  value === null || value === undefined ? "null" : JSON.stringify(plain(value));

/** Runs a statement as it would be run, takes back what it wrote, and answers what was done for it. */
export async function explained(client: pg.Client, { text, values }: Overheard, plan: Plan): Promise<Explained> {
  await client.query(`begin; set local plan_cache_mode = ${plan}; set local session_replication_role = replica`);
  try {
    await client.query(`prepare explained as ${text}`);
    const given = values.length > 0 ? `(${values.map(literal).join(", ")})` : "";
    const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: Step; "Execution Time": number }] }>(
      `explain (analyze, timing off, format json) execute explained${given}`,
    );
    const [{ Plan: top, "Execution Time": ms }] = rows[0]!["QUERY PLAN"];
    return { plan: top, ms };
  } finally {
    await client.query("rollback; deallocate all");
  }
}

/** How many rows a step looked at, all its rounds together: those that it passed on and those that it threw away. */
export const lookedAt = (step: Step): number =>
  ((step["Actual Rows"] ?? 0) + (step["Rows Removed by Filter"] ?? 0) + (step["Rows Removed by Index Recheck"] ?? 0)) *
  (step["Actual Loops"] ?? 1);
