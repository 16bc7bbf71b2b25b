import { part, type Syntax, syntaxOf } from "./source.js";

const MAX_FUNCTION_LINES = 70;
const MAX_FILE_LINES = 400;

/** Files that are one long table, which no reader reads from end to end. */
const TABLES: ReadonlySet<string> = new Set(["src/attestation/sub-product.ts"]);

/** Generated, and never changed once it has run somewhere. */
const isMigration = (path: string): boolean => path.startsWith("src/migration/");

const VAGUE = /[-./](?:util|helper|manager|service|common|misc|base|impl|data|info|item|handler|dto)s?(?=[-./])/;

/** Functions of every kind: declared, expressed, arrows, methods, accessors. */
const isFunction = (node: Syntax): boolean =>
  /^(?:Function|ArrowFunction)|^(?:ClassMethod|PrivateMethod|MethodProperty|Constructor|GetterProperty|SetterProperty)$/.test(
    node.type,
  ) && node.type !== "FunctionBody";

/** The line on which a syntax tree's byte offset lies; offsets begin at one. */
function lineAt(text: string): (offset: number) => number {
  const bytes = Buffer.from(text);
  return (offset) => bytes.subarray(0, offset - 1).filter((byte) => byte === 10).length + 1;
}

function longFunctions(path: string, text: string, nodes: readonly Syntax[]): string[] {
  const line = lineAt(text);
  const lengths = nodes.filter(isFunction).map(({ span }) => {
    const first = span ? line(span.start) : 0;
    return { first, lines: span ? line(span.end) - first + 1 : 0 };
  });
  const long = lengths.filter(({ lines }) => lines > MAX_FUNCTION_LINES);
  return [...new Set(long.map(({ first, lines }) => `${path}:${first} has a function of ${lines} lines`))];
}

function longFile(path: string, text: string): string[] {
  const lines = text.trimEnd().split("\n").length;
  return lines > MAX_FILE_LINES && !TABLES.has(path) ? [`${path} has ${lines} lines`] : [];
}

const isName = (node: Syntax | null, name: string): boolean => node?.type === "Identifier" && node["value"] === name;

const isMember = (node: Syntax, object: string, property?: string): boolean =>
  node.type === "MemberExpression" &&
  isName(part(node, "object"), object) &&
  (property === undefined || isName(part(node, "property"), property));

const isClock = (node: Syntax): boolean =>
  isMember(node, "Date", "now") ||
  (node.type === "NewExpression" &&
    isName(part(node, "callee"), "Date") &&
    !(Array.isArray(node["arguments"]) && node["arguments"].length > 0));

/** What is kept out of the sources, apart from the one place where it belongs. */
const FORBIDDEN: readonly (readonly [what: string, only: RegExp, is: (node: Syntax) => boolean])[] = [
  ["any", /^$/, (node) => node.type === "TsKeywordType" && node["kind"] === "any"],
  ["console", /^src\/(?:main\.ts$|command\/)/, (node) => isMember(node, "console")],
  ["process.env", /^src\/config\.ts$/, (node) => isMember(node, "process", "env")],
  ["the clock", /^src\/kernel\/instant\.ts$/, isClock],
];

const forbidden = (path: string, nodes: readonly Syntax[]): string[] =>
  FORBIDDEN.filter(([, only, is]) => !only.test(path) && nodes.some(is)).map(([what]) => `${path} uses ${what}`);

/** Everything untidy about one source file, one line each. */
export function untidy(path: string, text: string): string[] {
  if (isMigration(path)) return [];
  const nodes = syntaxOf(path, text);
  return [
    ...(VAGUE.test(path) ? [`${path} has a vague name`] : []),
    ...(/\b(?:TODO|FIXME)\b/.test(text) ? [`${path} has a reminder`] : []),
    ...longFile(path, text),
    ...longFunctions(path, text, nodes),
    ...forbidden(path, nodes),
  ];
}

/** The folders of somebody's own machine, and the hosts that packages come from. */
const MACHINE = /(?<![\w.~-])\/(?:home|work|tmp|root|Users)\/\w|\bregistry\.[a-z][\w-]*\.|\/artifact[o]ry\/|:48[7]3\b/;

/** Lines of any file that hold only on the machine where they were written. */
export const bound = (path: string, text: string): string[] =>
  text.split("\n").flatMap((line, index) => (MACHINE.test(line) ? [`${path}:${index + 1} names a machine`] : []));
