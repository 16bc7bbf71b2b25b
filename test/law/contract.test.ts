import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import {
  buildSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from "graphql";
import { ROOT, textOf } from "./source.js";

/** Every way in which a client of `promised` could be let down by `ours`. */
async function broken(promised: string, ours: string): Promise<string[]> {
  const changes = await diff(buildSchema(promised), buildSchema(ours));
  const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  return [...new Set(breaking.map(({ type, path }) => `${type} ${path}`))].toSorted();
}

/** A thing with a name that a reader of the schema would want explained. */
interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

function* parts(schema: GraphQLSchema): Generator<readonly [path: string, part: Described]> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
    yield [type.name, type];
    if (isEnumType(type)) for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value];
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) yield [`${type.name}.${field.name}`, field];
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      yield [`${type.name}.${field.name}`, field];
      for (const argument of field.args) yield [`${type.name}.${field.name}(${argument.name})`, argument];
    }
  }
}

const undescribed = (schema: string): string[] =>
  [...parts(buildSchema(schema))].filter(([, { description }]) => !description?.trim()).map(([path]) => path);

/** The schema as the code emits it. */
function emitted(): string {
  const folder = mkdtempSync(join(tmpdir(), "attestry-schema-"));
  try {
    const out = join(folder, "schema.graphql");
    execFileSync(process.execPath, ["scripts/attestry.mjs", "schema", "--out", out], { cwd: ROOT, stdio: "pipe" });
    return readFileSync(out, "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("broken", () => {
  it.each([
    ["a missing type", "type Query { a: Int } type A { a: Int }", "type Query { a: Int }", "TYPE_REMOVED A"],
    ["a missing field", "type Query { a: Int b: Int }", "type Query { a: Int }", "FIELD_REMOVED Query.b"],
    ["a field of another type", "type Query { a: Int! }", "type Query { a: Int }", "FIELD_TYPE_CHANGED Query.a"],
  ])("finds %s", async (_what, promised, ours, change) => {
    expect(await broken(promised, ours)).toEqual([change]);
  });

  it("allows what is added", async () => {
    expect(await broken("type Query { a: Int }", "type Query { a: Int! b(c: Int): Int }")).toEqual([]);
  });
});

describe("undescribed", () => {
  it("finds every silent part", () => {
    const schema = "enum E { A } input I { a: Int } interface N { id: ID } type Query { a(b: Int): Int }";
    const silent = ["E", "E.A", "I", "I.a", "N", "N.id", "Query", "Query.a", "Query.a(b)"];
    expect(undescribed(schema).toSorted()).toEqual(silent.toSorted());
  });
});

describe("the schema", () => {
  const ours = (): string => textOf("schema/schema.graphql");

  it("keeps every promise of the contract", async () => {
    expect(await broken(textOf("schema/contract.graphql"), ours())).toEqual([]);
  });

  it("describes every type, field, argument and value", () => {
    expect(undescribed(ours())).toEqual([]);
  });

  it("is committed as the code emits it", () => {
    expect(ours()).toBe(emitted());
  });
});
