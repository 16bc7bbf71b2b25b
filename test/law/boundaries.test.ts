import { importsOf, violations } from "./imports.js";
import { filesBelow, textOf } from "./source.js";

type Tree = Readonly<Record<string, readonly string[]>>;

const check = (tree: Tree): string[] => violations(new Map(Object.entries(tree)));

/** A small tree in which everything is right. */
const RIGHT: Tree = {
  "mikro-orm.config.ts": ["@mikro-orm/migrations", "./src/store/open.js"],
  "src/main.ts": ["./app.js", "./command/demo.js"],
  "src/app.ts": ["./config.js", "./graph/schema.js", "./server/http.js", "./store/open.js"],
  "src/config.ts": ["zod"],
  "src/command/demo.ts": ["../entity/register.js"],
  "src/graph/schema.ts": ["graphql", "type-graphql", "../entity/graph.js"],
  "src/entity/graph.ts": ["type-graphql", "./register.js", "../consent/graph.js"],
  "src/consent/graph.ts": ["type-graphql", "graphql"],
  "src/entity/register.ts": ["@mikro-orm/core", "../kernel/id.js"],
  "src/kernel/id.ts": ["typeid-js"],
  "src/server/http.ts": ["node:http", "@apollo/server"],
  "src/store/open.ts": ["@mikro-orm/sqlite", "kysely", "better-sqlite3"],
  "src/migration/Migration20260101000000.ts": ["@mikro-orm/migrations"],
};

const register = "src/entity/register.ts";

const WRONG: readonly (readonly [string, Tree, string])[] = [
  [
    "kernel imports a concept",
    { "src/kernel/id.ts": ["../policy/law.js"], "src/policy/law.ts": [] },
    "kernel-is-ground: src/kernel/id.ts -> src/policy/law.ts",
  ],
  [
    "a verb knows GraphQL",
    { [register]: ["../kernel/id.js", "graphql"] },
    `core-has-no-transport: ${register} -> graphql`,
  ],
  [
    "a verb knows type-graphql",
    { [register]: ["../kernel/id.js", "type-graphql"] },
    `core-has-no-transport: ${register} -> type-graphql`,
  ],
  [
    "a verb knows Apollo",
    { [register]: ["../kernel/id.js", "@apollo/server/errors"] },
    `core-has-no-transport: ${register} -> @apollo/server/errors`,
  ],
  ["a verb knows a socket", { [register]: ["../kernel/id.js", "ws"] }, `core-has-no-transport: ${register} -> ws`],
  [
    "a verb knows a loader",
    { [register]: ["../kernel/id.js", "dataloader"] },
    `core-has-no-transport: ${register} -> dataloader`,
  ],
  [
    "a verb knows the floor of the doors",
    { [register]: ["../kernel/id.js", "../graph/cost.js"], "src/graph/cost.ts": [] },
    `core-has-no-transport: ${register} -> src/graph/cost.ts`,
  ],
  [
    "a verb opens a door",
    { [register]: ["../kernel/id.js", "../consent/graph.js"] },
    `core-has-no-transport: ${register} -> src/consent/graph.ts`,
  ],
  [
    "the application opens a door",
    { "src/config.ts": ["./entity/graph.js"] },
    "doors-open-from-graph: src/config.ts -> src/entity/graph.ts",
  ],
  [
    "a door knows Apollo",
    { "src/consent/graph.ts": ["@apollo/server"] },
    "graph-has-no-socket: src/consent/graph.ts -> @apollo/server",
  ],
  [
    "a door knows a driver",
    { "src/consent/graph.ts": ["@mikro-orm/sqlite"] },
    "graph-has-no-socket: src/consent/graph.ts -> @mikro-orm/sqlite",
  ],
  [
    "the schema knows the server",
    { "src/consent/graph.ts": ["../server/http.js"] },
    "graph-has-no-socket: src/consent/graph.ts -> src/server/http.ts",
  ],
  [
    "the configuration picks an adapter",
    { "src/config.ts": ["./store/open.js"] },
    "only-app-assembles: src/config.ts -> src/store/open.ts",
  ],
  ["a verb picks a driver", { [register]: ["../kernel/id.js", "kysely"] }, `only-app-assembles: ${register} -> kysely`],
  [
    "the application runs a command",
    { "src/config.ts": ["./command/demo.js"] },
    "commands-start-from-main: src/config.ts -> src/command/demo.ts",
  ],
  [
    "a source sees a test",
    { "src/config.ts": ["../test/support/app.js"] },
    "src-never-sees-test: src/config.ts -> test/support/app.ts",
  ],
  [
    "two files import each other",
    { "src/kernel/id.ts": ["./page.js"], "src/kernel/page.ts": ["./id.js"] },
    "no-cycle: src/kernel/id.ts, src/kernel/page.ts",
  ],
  ["a file imports itself", { "src/kernel/id.ts": ["./id.js"] }, "no-cycle: src/kernel/id.ts"],
  ["nobody imports a file", { "src/entity/forgotten.ts": [] }, "no-orphan: src/entity/forgotten.ts"],
  [
    "an imported file is not there",
    { "src/config.ts": ["./nowhere.js"] },
    "no-missing-file: src/config.ts -> src/nowhere.ts",
  ],
  [
    "a room has no rules",
    { "src/config.ts": ["./lobby/desk.js"], "src/lobby/desk.ts": [] },
    "every-room-has-rules: src/lobby/desk.ts",
  ],
];

describe("violations", () => {
  it("finds nothing in a tree that keeps the law", () => {
    expect(check(RIGHT)).toEqual([]);
  });

  it.each(WRONG)("finds that %s", (_what, change, violation) => {
    expect(check({ ...RIGHT, ...change })).toContain(violation);
  });
});

describe("importsOf", () => {
  it("sees every way to import, types included, and nothing in text or comments", () => {
    const text = `
      import a from "a"; import type { B } from "./b.js"; import { type C } from "./c.js"; import "./d.js";
      export * from "./e.js"; export type { F } from "./f.js"; const g = await import("./g.js");
      let h: import("./h.js").H; import i = require("./i.js");
      // import x from "x"
      const quoted = 'import y from "y"'; export const z = 1;
    `;
    const names = ["a", "./b.js", "./c.js", "./d.js", "./e.js", "./f.js", "./g.js", "./h.js", "./i.js"];
    expect(importsOf("src/some.ts", text).toSorted()).toEqual(names.toSorted());
  });
});

describe("the sources", () => {
  it("import only whom they may", () => {
    const paths = [...filesBelow("src"), "mikro-orm.config.ts"].filter(
      (path) => path.endsWith(".ts") && !path.startsWith("src/playground/"),
    );
    expect(violations(new Map(paths.map((path) => [path, importsOf(path, textOf(path))])))).toEqual([]);
  });
});
