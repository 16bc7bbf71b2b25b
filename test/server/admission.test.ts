import * as fc from "fast-check";
import {
  buildSchema,
  getIntrospectionQuery,
  GraphQLError,
  GraphQLInt,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
} from "graphql";
import { present } from "../../src/graph/failure.js";
import { listCost } from "../../src/graph/cost.js";
import { Failure } from "../../src/kernel/failure.js";
import { admit, type AdmissionLimits, type Admitted, MAX_DOCUMENT_BYTES } from "../../src/server/admission.js";
import type { Variables } from "../../src/server/variables.js";

const schema = buildSchema(`
  scalar Day
  enum Colour { RED GREEN BLUE }
  input Part { name: String!, colour: Colour, day: Day, count: Int, parts: [Part!] }
  input Choice @oneOf { one: Int, other: String }
  type Node { id: ID!, next: Node, named(name: String, colour: Colour, count: Int): Node }
  type Query { node(id: ID): Node, take(input: Part!, inputs: [Part!], choice: Choice): Node, plain(text: String): Int }
  type Mutation { put(input: Part!): Node }
  type Subscription { tick: Int }
`);
(schema.getType("Day") as GraphQLScalarType).parseValue = (value) => {
  if (value !== "2020-02-29") throw new Error(`No such day: ${String(value)}`);
  return value;
};

const LIMITS: AdmissionLimits = { costLimit: 2_000, introspection: true, operations: ["query", "mutation"] };

const ask = (source: string, variables: Variables = {}, limits: Partial<AdmissionLimits> = {}): Admitted =>
  admit({ source, operationName: null, variables }, schema, { ...LIMITS, ...limits });

/** What is thrown, as it is thrown. */
function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (thrown) {
    return thrown;
  }
  throw new Error("Nothing was thrown.");
}

const failureOf = (source: string, variables?: Variables, limits?: Partial<AdmissionLimits>): Failure => {
  const thrown = thrownBy(() => ask(source, variables, limits));
  if (!(thrown instanceof Failure)) throw thrown;
  return thrown;
};

/** Everything that a client would read of a refusal. */
const readBy = (thrown: unknown): string =>
  JSON.stringify(
    (thrown instanceof AggregateError ? thrown.errors : [thrown]).map((one: unknown) =>
      present(
        one,
        () => "incident",
        () => {},
      ),
    ),
  );

const nested = (levels: number): string => `{ node ${"{ next ".repeat(levels - 2)}{ id }${" }".repeat(levels - 2)} }`;
const many = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(" ");

describe("admit bounds a document", () => {
  const plain = (fields: number): string => `{ ${many(fields, () => "plain")} }`;

  it.each([
    ["fields", plain(300), plain(301), "more than 300 fields"],
    ["levels", nested(12), nested(13), "more than 12 levels"],
    [
      "aliases",
      `{ ${many(30, (index) => `a${index}: plain`)} }`,
      `{ ${many(31, (index) => `a${index}: plain`)} }`,
      "more than 30 aliases",
    ],
    [
      "aliases of __typename",
      `{ ${many(30, (index) => `a${index}: __typename`)} }`,
      `{ ${many(31, (index) => `a${index}: __typename`)} }`,
      "more than 30 aliases",
    ],
    [
      "directives",
      `{ ${many(30, () => `plain @skip(if: false)`)} }`,
      `{ ${many(31, () => `plain @skip(if: false)`)} }`,
      "more than 30 directives",
    ],
  ])("by its %s", (_what, largest, oversize, message) => {
    expect(ask(largest).operation).toBe("query");
    expect(failureOf(oversize)).toMatchObject({ code: "QUERY_TOO_COSTLY", message: expect.stringContaining(message) });
  });

  it("by its operations", () => {
    const operations = (count: number) => many(count, (index) => `query Q${index} { plain }`);
    const first = (count: number) =>
      admit({ source: operations(count), operationName: "Q0", variables: {} }, schema, LIMITS);
    expect(first(5).operationName).toBe("Q0");
    expect(thrownBy(() => first(6))).toMatchObject({ code: "QUERY_TOO_COSTLY" });
  });

  it("by its bytes", () => {
    const padded = (bytes: number) => `{ plain } #${"x".repeat(bytes - 11)}`;
    expect(ask(padded(MAX_DOCUMENT_BYTES)).cost).toBe(1);
    expect(failureOf(padded(MAX_DOCUMENT_BYTES + 1)).code).toBe("QUERY_TOO_COSTLY");
    expect(failureOf(`{ plain } #${"é".repeat(MAX_DOCUMENT_BYTES / 2)}`).code).toBe("QUERY_TOO_COSTLY");
  });

  it("by its tokens", () => {
    const tokens = (count: number) => `{ plain @skip(if: [${many(count - 11, () => "1")}]) }`;
    expect(thrownBy(() => ask(tokens(2_000)))).toBeInstanceOf(AggregateError);
    const refused = thrownBy(() => ask(tokens(2_001)));
    expect(refused).toBeInstanceOf(GraphQLError);
    expect(readBy(refused)).toContain("more than 2000 tokens");
  });

  it("refuses fragments that double at each step, without expanding them", () => {
    const bomb = `{ node { ...F0 } } ${many(22, (index) => `fragment F${index} on Node { a: next { ...F${index + 1} } b: next { ...F${index + 1} } }`)} fragment F22 on Node { id }`;
    expect(failureOf(bomb).code).toBe("QUERY_TOO_COSTLY");
    const flat = `{ node { ...F0 } } ${many(22, (index) => `fragment F${index} on Node { ...F${index + 1} ...F${index + 1} }`)} fragment F22 on Node { id }`;
    expect(failureOf(flat).message).toContain("fields");
  });

  it("counts aliases and levels through fragments", () => {
    const aliases = `{ ${many(16, () => "node { ...Two }")} } fragment Two on Node { a: id b: id }`;
    expect(failureOf(aliases).message).toContain("aliases");
    const deep = `{ node { next { ...Deep } } } fragment Deep on Node { ${"next { ".repeat(10)} id ${"}".repeat(10)} }`;
    expect(failureOf(deep).message).toContain("levels");
  });

  it("refuses a fragment that spreads itself, also by way of another", () => {
    expect(failureOf("{ node { ...A } } fragment A on Node { next { ...A } }").message).toContain("spreads itself");
    expect(failureOf("{ node { ...A } } fragment A on Node { ...B } fragment B on Node { ...A }").message).toContain(
      "itself",
    );
  });
});

describe("admit and introspection", () => {
  const full = getIntrospectionQuery({
    inputValueDeprecation: true,
    specifiedByUrl: true,
    schemaDescription: true,
    directiveIsRepeatable: true,
    oneOf: true,
  });

  it("lets the query of the tools pass where introspection is allowed", () => {
    expect(ask(full).operationName).toBe("IntrospectionQuery");
    expect(ask(getIntrospectionQuery()).cost).toBeLessThan(2_000);
  });

  it("refuses it elsewhere, also when it was let pass before", () => {
    ask(full);
    expect(readBy(thrownBy(() => ask(full, {}, { introspection: false })))).toContain("introspection");
    expect(ask("{ __typename }", {}, { introspection: false }).cost).toBe(1);
  });

  it("gives a fragment named __schema no allowance", () => {
    const fragment = nested(13).replace("{ node", "fragment __schema on Query { node");
    expect(failureOf(`{ ...__schema } ${fragment}`).message).toContain("12 levels");
  });

  it("gives an ordinary field below a field named __schema no allowance", () => {
    expect(() => ask(`{ node { __schema ${"{ next ".repeat(13)}{ id }${" }".repeat(13)} } }`)).toThrow(AggregateError);
  });

  it("bounds what lies below __schema", () => {
    const types = `ofType { ${many(601, () => "name")} }`;
    expect(failureOf(`{ __schema { types { ${types} } } }`).message).toContain("600 fields of introspection");
    const deep = `{ __schema { types ${"{ ofType ".repeat(19)}{ name }${" }".repeat(19)} } }`;
    expect(failureOf(deep).message).toContain("20 levels of introspection");
  });
});

describe("admit chooses the operation", () => {
  const two = 'query A { plain } mutation B { put(input: {name: "x"}) { id } }';
  const choose = (operationName: string | null) => () =>
    admit({ source: two, operationName, variables: {} }, schema, LIMITS);

  it("by name", () => {
    expect(choose("A")().operation).toBe("query");
    expect(choose("B")().operation).toBe("mutation");
  });

  it("and refuses a name that is not there, or missing where it is needed, without repeating it", () => {
    expect(choose("Secret")).toThrow(/^The document has no operation of this name\.$/);
    expect(choose(null)).toThrow("name the one to run");
    expect(() => ask("fragment F on Query { plain }")).toThrow(AggregateError);
  });

  it("and refuses a kind that the transport does not carry", () => {
    expect(failureOf("subscription { tick }")).toMatchObject({
      code: "BAD_USER_INPUT",
      message: expect.stringContaining("Subscriptions"),
    });
    expect(ask("subscription { tick }", {}, { operations: ["subscription"] }).operation).toBe("subscription");
  });
});

describe("admit prices a document", () => {
  const row = new GraphQLObjectType({ name: "Row", fields: { id: { type: GraphQLInt } } });
  const priced = new GraphQLSchema({
    query: new GraphQLObjectType({
      name: "Query",
      fields: {
        rows: { type: row, args: { first: { type: GraphQLInt } }, extensions: { complexity: listCost() } },
        name: { type: GraphQLString },
      },
    }),
  });
  const cost = (source: string, variables: Variables = {}, costLimit = 2_000): number =>
    admit({ source, operationName: null, variables }, priced, { ...LIMITS, costLimit }).cost;

  it("by what its fields say, with the variables of this request", () => {
    expect(cost("{ name }")).toBe(1);
    expect(cost("{ rows { id } }")).toBe(21);
    const paged = "query ($first: Int) { rows(first: $first) { id } }";
    expect(cost(paged, { first: 5 })).toBe(6);
    expect(cost(paged, { first: 50 })).toBe(51);
    expect(cost(paged, { first: 1_000_000 })).toBe(101);
  });

  it("and refuses what is beyond the limit, naming both", () => {
    expect(cost("{ rows { id } }", {}, 21)).toBe(21);
    expect(thrownBy(() => cost("{ rows { id } }", {}, 20))).toMatchObject({
      code: "QUERY_TOO_COSTLY",
      message: "This would cost 21; a request may cost at most 20.",
    });
  });

  it("and remembers the price of what no variable can change", () => {
    const source = "query A { name } query B { rows { id } }";
    const named = (operationName: string) => admit({ source, operationName, variables: {} }, priced, LIMITS).cost;
    expect([named("A"), named("B"), named("A"), named("B")]).toEqual([1, 21, 1, 21]);
  });
});

describe("admit checks variables", () => {
  const take =
    "query ($input: Part!, $inputs: [Part!], $choice: Choice) { take(input: $input, inputs: $inputs, choice: $choice) { id } }";
  const faults = (variables: Variables) => failureOf(take, variables).details.validationDetails;

  it("and lists every fault at once, each with its path", () => {
    expect(
      faults({
        input: {
          colour: "REDD",
          day: "123-45-6789",
          count: "five",
          nmae: "Secret",
          parts: [{ name: "a" }, { name: null }],
        },
        inputs: [{ name: "ok" }, "Secret", { name: {}, "123-45-6789": 1 }],
        choice: { one: 1, other: "x" },
      }),
    ).toEqual([
      { path: "input.name", message: 'A value of type "String!" is required.' },
      { path: "input.colour", message: 'Must be a value of enum "Colour". Did you mean the enum value "RED"?' },
      { path: "input.day", message: 'Expected a value of type "Day".' },
      { path: "input.count", message: 'Expected a value of type "Int".' },
      { path: "input.parts[1].name", message: 'Must not be null: a value of type "String!" is required.' },
      { path: "input.nmae", message: 'Field "nmae" is not defined by type "Part". Did you mean "name"?' },
      { path: "inputs[1]", message: 'Expected type "Part" to be an object.' },
      { path: "inputs[2].name", message: 'Expected a value of type "String".' },
      { path: "inputs[2]", message: 'Carries a field that type "Part" does not define.' },
      { path: "choice", message: 'Exactly one key must be specified for OneOf type "Choice".' },
    ]);
  });

  it("and names one that is missing", () => {
    expect(faults({})).toEqual([{ path: "input", message: 'A value of type "Part!" is required.' }]);
    expect(faults({ input: null })).toEqual([
      { path: "input", message: 'Must not be null: a value of type "Part!" is required.' },
    ]);
  });

  it("and takes what fits, null and left out alike", () => {
    expect(ask(take, { input: { name: "x", day: "2020-02-29" }, inputs: null, unused: 1 }).variables).toMatchObject({
      unused: 1,
    });
    expect(ask(take, { input: { name: "x" }, inputs: { name: "alone" } }).operation).toBe("query");
  });

  it("and stops at a hundred faults", () => {
    expect(faults({ input: { name: "x" }, inputs: Array.from({ length: 5_000 }, () => ({ nam: 1 })) })).toHaveLength(
      100,
    );
  });

  it("and keeps the words of a scalar that refuses with a failure", () => {
    const day = new GraphQLScalarType({
      name: "Day",
      parseValue() {
        throw new Failure("BAD_USER_INPUT", "Must be a calendar date.");
      },
    });
    const query = new GraphQLObjectType({
      name: "Query",
      fields: { at: { type: GraphQLInt, args: { day: { type: day } } } },
    });
    const asked = () =>
      admit(
        { source: "query ($day: Day) { at(day: $day) }", operationName: null, variables: { day: "x" } },
        new GraphQLSchema({ query }),
        LIMITS,
      );
    expect(thrownBy(asked)).toMatchObject({
      details: { validationDetails: [{ path: "day", message: "Must be a calendar date." }] },
    });
  });

  it.each<[string, unknown, unknown]>([
    ["elements of a list", Array.from({ length: 10_000 }, () => 1), Array.from({ length: 10_001 }, () => 1)],
    ["characters of a text", "x".repeat(100_000), "x".repeat(100_001)],
    [
      "values altogether",
      Array.from({ length: 198 }, () => Array.from({ length: 1_000 }, () => 1)),
      Array.from({ length: 201 }, () => Array.from({ length: 1_000 }, () => 1)),
    ],
  ])("and bounds the %s, whatever their type", (_what, largest, oversize) => {
    expect(ask("{ plain }", { any: { part: largest } }).cost).toBe(1);
    expect(failureOf("{ plain }", { any: { part: oversize } })).toMatchObject({ code: "BAD_USER_INPUT" });
  });

  it("and never says what was sent", () => {
    const secret = fc.string({ minLength: 6, unit: fc.constantFrom(...Array.from('QZXJqzxj0123456789- "\\.')) });
    const value = fc.letrec((tie) => ({
      any: fc.oneof({ maxDepth: 3 }, secret, fc.array(tie("any"), { maxLength: 3 }), part(tie("any"))),
    })).any;
    fc.assert(
      fc.property(secret, value, (text, wrong) => {
        const variables = {
          input: { name: wrong, day: text, colour: text, count: text, [`-${text}`]: 1, parts: wrong },
          inputs: text,
          choice: { one: text },
        };
        const told = readBy(thrownBy(() => ask(take, variables)));
        for (const sent of textsIn(variables).filter((one) => one.length >= 6 && one === one.trim()))
          expect(told).not.toContain(JSON.stringify(sent).slice(1, -1));
      }),
    );
  });
});

const part = (any: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.record({ name: any, colour: any, day: any, count: any, parts: any }, { requiredKeys: [] });

const textsIn = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

describe("admit reports what is invalid", () => {
  it("with at most five errors", () => {
    const thrown = thrownBy(() => ask(`{ ${many(9, (index) => `wrong${index}`)} }`));
    expect(thrown).toBeInstanceOf(AggregateError);
    expect((thrown as AggregateError).errors).toHaveLength(5);
  });

  it("without the literal that a scalar complains of, wherever it says that it stands", () => {
    const loose = new GraphQLScalarType({
      name: "Loose",
      parseValue: String,
      parseLiteral: () => {
        throw new GraphQLError("Loose cannot be Secretly");
      },
    });
    const query = new GraphQLObjectType({
      name: "Query",
      fields: { at: { type: GraphQLInt, args: { loose: { type: loose } } } },
    });
    const asked = () =>
      admit(
        { source: '{ at(loose: "Secretly") }', operationName: null, variables: {} },
        new GraphQLSchema({ query }),
        LIMITS,
      );
    expect(readBy(thrownBy(asked))).not.toContain("Secretly");
  });
});
