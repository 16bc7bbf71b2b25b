import { isInputObjectType, isInterfaceType, isObjectType, type GraphQLSchema } from "graphql";
import { createSchema } from "../../src/graph/schema.js";
import { CERTIFICATE_PRODUCTS } from "../../src/network/network.js";
import {
  SUB_PRODUCTS,
  SUB_PRODUCT_KINDS,
  countsRule,
  kindsOf,
  type Field,
  type Rule,
  type SubProductKind,
} from "../../src/attestation/sub-product.js";

const rows = SUB_PRODUCT_KINDS.map((kind) => [kind, SUB_PRODUCTS[kind]] as const);

const camel = (kind: string): string => kind.toLowerCase().replace(/_[a-z]/g, (mark) => mark.slice(1).toUpperCase());

/** The fields that a rule speaks of, each with the type that it needs. */
function demands(rule: Rule): readonly (readonly [field: string, type: Field["type"]])[] {
  switch (rule.rule) {
    case "NOT_BEFORE":
      return [];
    case "DATES_IN_ORDER":
      return [
        [rule.earlier, "DATE"],
        [rule.later, "DATE"],
      ];
    case "AT_MOST":
      return [
        [rule.field, "COUNT"],
        [rule.limit, "COUNT"],
      ];
    case "ONLY_WHEN_TRUE":
      return [
        [rule.field, "BOOLEAN"],
        [rule.condition, "BOOLEAN"],
      ];
    case "COUNTS_SUM":
      return [
        ...[rule.total, ...Object.values(rule.counts)].map((field) => [field, "COUNT"] as const),
        ...[rule.methods, rule.outcomes].map((field) => [field, "TEXTS"] as const),
      ];
  }
}

const GRAPHQL_TYPES: Readonly<Record<Field["type"], string>> = {
  TEXT: "String",
  TEXTS: "[String!]",
  DATE: "Date",
  BOOLEAN: "Boolean",
  COUNT: "Int",
  SCORE: "Float",
};

/** The fields of an object or input with their types in words. */
function shapeOf(schema: GraphQLSchema, name: string): Record<string, string> {
  const type = schema.getType(name);
  if (!isObjectType(type) && !isInputObjectType(type) && !isInterfaceType(type))
    throw new Error(`${name} has no fields.`);
  return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, String(field.type)]));
}

const shapeOfFields = (kind: SubProductKind): Record<string, string> =>
  Object.fromEntries(Object.entries(SUB_PRODUCTS[kind].fields).map(([name, { type }]) => [name, GRAPHQL_TYPES[type]]));

describe("SUB_PRODUCTS", () => {
  it("has the nine checks of a KYC certificate, in the order of its blocks", () => {
    expect(kindsOf("KYC")).toEqual([
      "DOCUMENT_CAPTURE",
      "DOCUMENT_REVIEW",
      "BIOMETRIC_CAPTURE",
      "BIOMETRIC_REVIEW",
      "LIVENESS_CAPTURE",
      "LIVENESS_REVIEW",
      "ADDRESS_CAPTURE",
      "ADDRESS_VERIFICATION",
      "IDENTITY_CORROBORATION",
    ]);
  });

  it("gives each kind to exactly one product", () => {
    expect(CERTIFICATE_PRODUCTS.flatMap(kindsOf).toSorted()).toEqual(SUB_PRODUCT_KINDS.toSorted());
  });

  it.each(["typeName", "fieldName", "about"] as const)("uses no %s twice", (column) => {
    const values = rows.map(([, row]) => row[column]);
    expect(new Set(values).size).toBe(values.length);
  });

  it("uses no data field in two kinds: a condition of a policy names one thing", () => {
    const names = rows.flatMap(([, { fields }]) => Object.keys(fields));
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted());
  });

  it.each(rows)("%s is named alike everywhere", (kind, { fieldName, typeName }) => {
    expect(fieldName).toBe(camel(kind));
    expect(typeName).toBe(fieldName[0]?.toUpperCase() + fieldName.slice(1));
  });

  it.each(rows)("%s has fields that are described, in words that are not repeated", (_kind, { fields, about }) => {
    expect(about).toMatch(/^[A-Z].*\.$/);
    expect(Object.keys(fields).length).toBeGreaterThan(0);
    for (const [name, field] of Object.entries(fields)) {
      expect(name).toMatch(/^[a-z][A-Za-z]+$/);
      expect(field.about).toMatch(/^[A-Z].*\.$/);
      const words = "words" in field && field.words ? field.words : [];
      expect(words.filter((word) => !/^[a-z0-9_]+$/.test(word))).toEqual([]);
      expect(new Set(words).size).toBe(words.length);
    }
  });

  it.each(
    rows.filter(([, { fields }]) => Object.values(fields).some(({ type }) => type === "TEXT")),
  )("%s explains each pattern in words, and gives none to a closed vocabulary", (_kind, { fields }) => {
    for (const field of Object.values(fields)) {
      if (field.type !== "TEXT") continue;
      expect(field.pattern === undefined).toBe(field.shape === undefined);
      expect(field.pattern && field.words).toBeUndefined();
    }
  });

  it.each(
    rows.filter(([, { rules }]) => rules.flatMap(demands).length > 0),
  )("%s has rules about fields that exist, and are of the type that the rule needs", (_kind, { fields, rules }) => {
    for (const [field, type] of rules.flatMap(demands)) expect([field, fields[field]?.type]).toEqual([field, type]);
  });

  it("lets each review follow the capture of the same thing", () => {
    const pairs = rows.flatMap(([kind, { rules }]) =>
      rules.flatMap((rule) => (rule.rule === "NOT_BEFORE" ? [[kind, rule.kind]] : [])),
    );
    expect(pairs).toEqual([
      ["DOCUMENT_REVIEW", "DOCUMENT_CAPTURE"],
      ["BIOMETRIC_REVIEW", "BIOMETRIC_CAPTURE"],
      ["LIVENESS_REVIEW", "LIVENESS_CAPTURE"],
      ["ADDRESS_VERIFICATION", "ADDRESS_CAPTURE"],
    ]);
  });

  it.each(
    rows.filter(([kind]) => countsRule(kind)),
  )("%s counts each outcome in a field of its own, and can state each outcome", (kind, { fields }) => {
    const { counts, total, outcomes } = countsRule(kind)!;
    const counters = Object.values(counts);
    expect(new Set([...counters, total]).size).toBe(counters.length + 1);
    const field = fields[outcomes];
    expect(field?.type === "TEXTS" ? field.words : []).toEqual(expect.arrayContaining(Object.keys(counts)));
  });
});

describe("createSchema", () => {
  const schema = createSchema();

  it("has one sub-product type for each row and no other", () => {
    const type = schema.getType("SubProduct");
    const implementations = isInterfaceType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [];
    expect(implementations.toSorted()).toEqual(rows.map(([, { typeName }]) => typeName).toSorted());
  });

  it.each(rows)("derives the object, the data and the input of %s from its row", (kind, { typeName }) => {
    const fields = shapeOfFields(kind);
    expect(shapeOf(schema, typeName)).toMatchObject({ ...shapeOf(schema, "SubProduct"), data: `${typeName}Data!` });
    expect(shapeOf(schema, `${typeName}Data`)).toEqual(fields);
    const sources = countsRule(kind) ? { sources: "[SourceOutcomeInput!]" } : {};
    expect(shapeOf(schema, `${typeName}Input`)).toEqual({
      ...fields,
      ...sources,
      performedAt: "DateTime!",
      assertion: "Boolean!",
    });
  });

  it("has one certificate field for each row", () => {
    const expected = Object.fromEntries(rows.map(([, { fieldName, typeName }]) => [fieldName, typeName]));
    expect(shapeOf(schema, "Certificate")).toMatchObject(expected);
  });

  it("takes one check of each KYC row in a record", () => {
    const expected = Object.fromEntries(
      kindsOf("KYC").map((kind) => [SUB_PRODUCTS[kind].fieldName, `${SUB_PRODUCTS[kind].typeName}Input`]),
    );
    expect(shapeOf(schema, "KycRecordInput")).toMatchObject(expected);
  });

  it("has one kind for each row, described as in the table", () => {
    const type = schema.getType("SubProductKind");
    const values = type && "getValues" in type ? type.getValues() : [];
    expect(values.map(({ name, description }) => [name, description])).toEqual(
      rows.map(([kind, { about }]) => [kind, about]),
    );
  });
});
