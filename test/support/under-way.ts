import pg from "pg";

let count = 0;

/** How many questions to a PostgreSQL server are not answered yet, of this whole process. */
export const underWay = (): number => count;

type Method = (...args: unknown[]) => unknown;

/** Counts the calls of a method until what they promise has come. */
function counted(of: Record<"query" | "connect", Method>, name: "query" | "connect"): void {
  const method = of[name];
  of[name] = function (this: unknown, ...args: unknown[]) {
    const result = method.apply(this, args);
    if (!(result instanceof Promise)) return result;
    count += 1;
    const over = (): void => void (count -= 1);
    result.then(over, over);
    return result;
  };
}

for (const name of ["query", "connect"] as const)
  counted(pg.Client.prototype as unknown as Record<"query" | "connect", Method>, name);
for (const name of ["query", "connect"] as const)
  counted(pg.Pool.prototype as unknown as Record<"query" | "connect", Method>, name);
