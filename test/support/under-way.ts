import pg from "pg";

let count = 0;

/** How many questions to a PostgreSQL server are not answered yet, of this whole process. */
export const underWay = (): number => count;

type Method = (...args: unknown[]) => unknown;

/** Counts the calls of a method until what they promise has come. */
function counted(of: object, name: "query" | "connect"): void {
  const methods = of as Record<typeof name, Method>;
  const method = methods[name];
  methods[name] = function (this: unknown, ...args: unknown[]) {
    const result = method.apply(this, args);
    if (!(result instanceof Promise)) return result;
    count += 1;
    const over = (): void => void (count -= 1);
    result.then(over, over);
    return result;
  };
}

for (const one of [pg.Client, pg.Pool]) for (const name of ["query", "connect"] as const) counted(one.prototype, name);
