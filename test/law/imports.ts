import { posix } from "node:path";
import { part, type Syntax, syntaxOf } from "./source.js";

/** Each source file with what it imports, in the words of its import statements. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** One row of the law: nothing that `from` matches may import what `to` matches, apart from `unless`. */
interface Rule {
  readonly name: string;
  readonly from: RegExp;
  readonly to: RegExp;
  readonly unless?: { readonly from?: RegExp; readonly to?: RegExp };
}

const CORE =
  /^src\/(?:network|entity|attestation|consent|policy|certificate|verification|business|document|moment|dispute|ledger|event|idempotency|audit)\//;
const DOOR = /^src\/(?:[\w-]+\/)+graph\.ts$/;
const DRIVER = /^(?:better-sqlite3|kysely|pg|node:sqlite|@mikro-orm\/(?:sqlite|postgresql|migrations|cli))(?:\/|$)/;
const TRANSPORT = /^(?:ws|graphql-ws|graphql-sse|node:https?|@apollo\/.+)(?:\/|$)/;
const either = (...patterns: readonly RegExp[]): RegExp => new RegExp(patterns.map(({ source }) => source).join("|"));

const RULES: readonly Rule[] = [
  { name: "kernel-is-ground", from: /^src\/kernel\//, to: /^(?:src|test|scripts)\//, unless: { to: /^src\/kernel\// } },
  {
    name: "core-has-no-transport",
    from: CORE,
    to: either(
      TRANSPORT,
      DRIVER,
      /^(?:graphql|type-graphql|dataloader)(?:\/|$)/,
      /^src\/(?:graph|wire|server|store|provider|command)\//,
      DOOR,
    ),
    unless: { from: DOOR },
  },
  { name: "doors-open-from-graph", from: /./, to: DOOR, unless: { from: either(DOOR, /^src\/graph\/schema\.ts$/) } },
  {
    name: "graph-has-no-socket",
    from: either(DOOR, /^src\/graph\//),
    to: either(TRANSPORT, DRIVER, /^src\/(?:wire|server|store|provider|command)\//),
  },
  {
    name: "only-app-assembles",
    from: /./,
    to: either(DRIVER, /^src\/(?:wire|server|store|provider)\//),
    unless: {
      from: /^src\/(?:app\.ts$|main\.ts$|(?:command|migration|wire|server|store|provider)\/)|^mikro-orm\.config\.ts$/,
    },
  },
  {
    name: "commands-start-from-main",
    from: /^src\//,
    to: /^src\/command\//,
    unless: { from: /^src\/(?:main\.ts$|command\/)/ },
  },
  { name: "src-never-sees-test", from: /^src\//, to: /^test\// },
];

/** Every folder of `src`, so that a new one is placed under the rules on the day it is made. */
const ROOM =
  /^src\/(?:kernel|graph|live|client|wire|server|store|provider|command|migration)\/|^src\/(?:app|main|config)\.ts$/;

const ENTRANCES: readonly string[] = ["src/main.ts", "mikro-orm.config.ts"];

/** What is found by its place and not by an import. */
const UNIMPORTED = /^src\/migration\/|\.d\.ts$/;

/** The path behind a relative specifier, as NodeNext spells it; a package keeps its name. */
const resolved = (from: string, specifier: string): string =>
  specifier.startsWith(".") ? posix.join(posix.dirname(from), specifier).replace(/\.js$/, ".ts") : specifier;

const isOurs = (path: string): boolean => /^(?:src|test|scripts)\/|^[\w.-]+\.config\.ts$/.test(path);

const breaks = (rule: Rule, from: string, to: string): boolean =>
  rule.from.test(from) && rule.to.test(to) && !rule.unless?.from?.test(from) && !rule.unless?.to?.test(to);

/** The files that can be reached from some, those included. */
function reach(graph: Imports, starts: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = starts.filter((start) => graph.has(start));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    waiting.push(...(graph.get(path) ?? []).filter((to) => graph.has(to)));
  }
  return seen;
}

/** One line per ring of files, whichever of its imports are for types alone. */
function cycles(graph: Imports): string[] {
  const reached = new Map([...graph].map(([path, to]) => [path, reach(graph, to)]));
  const rings = [...graph.keys()]
    .filter((path) => reached.get(path)?.has(path))
    .map((path) => [...graph.keys()].filter((other) => reached.get(path)?.has(other) && reached.get(other)?.has(path)));
  return [...new Set(rings.map((ring) => `no-cycle: ${ring.toSorted().join(", ")}`))];
}

function orphans(graph: Imports): string[] {
  const reached = reach(graph, ENTRANCES);
  return [...graph.keys()]
    .filter((path) => !reached.has(path) && !UNIMPORTED.test(path))
    .map((path) => `no-orphan: ${path}`);
}

function wrongEdges(graph: Imports): string[] {
  return [...graph].flatMap(([from, imports]) =>
    imports.flatMap((to) => [
      ...RULES.filter((rule) => breaks(rule, from, to)).map(({ name }) => `${name}: ${from} -> ${to}`),
      ...(isOurs(to) && to.startsWith("src/") && !graph.has(to) ? [`no-missing-file: ${from} -> ${to}`] : []),
    ]),
  );
}

const strangers = (graph: Imports): string[] =>
  [...graph.keys()]
    .filter((path) => path.startsWith("src/") && !CORE.test(path) && !ROOM.test(path))
    .map((path) => `every-room-has-rules: ${path}`);

/** Every break of the law "who may import whom", one line each: the rule, then the files. */
export function violations(files: Imports): string[] {
  const graph = new Map(
    [...files].map(([path, specifiers]) => [path, specifiers.map((specifier) => resolved(path, specifier))]),
  );
  return [...wrongEdges(graph), ...strangers(graph), ...cycles(graph), ...orphans(graph)].toSorted();
}

/** Where a node that imports keeps the name of what it imports. */
function sourceOf(node: Syntax): Syntax | null {
  if (/^(?:Import|ExportAll|ExportNamed)Declaration$/.test(node.type)) return part(node, "source");
  if (node.type === "TsImportType") return part(node, "argument");
  if (node.type === "TsExternalModuleReference") return part(node, "expression");
  if (node.type !== "CallExpression" || part(node, "callee")?.type !== "Import") return null;
  const first: { expression?: Syntax } | undefined = Array.isArray(node["arguments"])
    ? node["arguments"][0]
    : undefined;
  return first?.expression ?? null;
}

/** What a file imports or re-exports: values, types, and modules loaded while it runs. */
export function importsOf(path: string, text: string): string[] {
  const names = syntaxOf(path, text).map((node) => sourceOf(node)?.["value"]);
  return [...new Set(names.filter((name) => typeof name === "string"))];
}
