import * as fc from "fast-check";
import { buildSchema, GraphQLError, parse, validate } from "graphql";
import { MAX_ERRORS, present, presentAll, sanitized } from "../../src/graph/failure.js";
import { Failure } from "../../src/kernel/failure.js";

const schema = buildSchema(`
  enum Colour { RED GREEN BLUE }
  input Part { name: String!, colour: Colour, count: Int, parts: [Part!], flag: Boolean }
  input Choice @oneOf { one: Int, other: String }
  type Query { take(input: Part, parts: [Part!], count: Int, text: String, id: ID, colour: Colour, choice: Choice, flag: Boolean, ratio: Float): Int }
`);

/** What a client reads of a document: of its syntax, or of all that is invalid in it. */
function messagesOf(source: string): string[] {
  try {
    return validate(schema, parse(source)).map(sanitized);
  } catch (error) {
    return [sanitized(error as GraphQLError)];
  }
}

const report = (): void => {};

describe("sanitized", () => {
  it.each([
    ['{ take(count: "Secret") }', 'Expected a value of type "Int".'],
    ["{ take(colour: Secret) }", 'Expected a value of type "Colour".'],
    ['{ take(colour: "Secret") }', 'Expected a value of type "Colour".'],
    ["{ take(input: 5) }", 'Expected a value of type "Part".'],
    ["{ take(input: {}) }", 'Field "Part.name" of required type "String!" was not provided.'],
    ['{ take(input: {name: "x", nmae: "Secret"}) }', 'Field "nmae" is not defined by type "Part".'],
    ["{ take(wrong: 1) }", 'Unknown argument "wrong" on field "Query.take".'],
    ["{ tale }", 'Cannot query field "tale" on type "Query". Did you mean "take"?'],
    [
      "query ($n: [Int!]!) { take(count: $n) }",
      'Variable "$n" of type "[Int!]!" used in position expecting type "Int".',
    ],
    ['{ take "Secret" }', "Syntax Error: Expected Name, found String."],
    ["{ take", "Syntax Error: Expected Name, found <EOF>."],
    ["{ take(count 5) }", 'Syntax Error: Expected ":", found Int.'],
    ["{ take } }", "Syntax Error: Unexpected."],
    ["Secret { take }", "Syntax Error: Unexpected Name."],
    ['{ take(text: "Secret', "Syntax Error: Unterminated string."],
    ["{ take(count: 12Secret) }", "Syntax Error: Invalid number."],
    ['{ take(text: "Secret\\q") }', "Syntax Error: Invalid character escape sequence."],
  ])("says of %s only where it is wrong", (source, message) => {
    expect(messagesOf(source)).toEqual([message]);
  });

  it("never repeats a literal, wherever it stands", () => {
    const text = fc.string({
      minLength: 6,
      maxLength: 20,
      unit: fc.constantFrom(...Array.from("QZXJqzxj0123456789- @.,:;'{}[]()$!\n\"\\é")),
    });
    const bare = fc.stringMatching(/^[QZXJ][QZXJ0-9]{6,12}$/);
    const digits = fc.stringMatching(/^[1-9]\d{8}$/);
    const literal = fc.oneof(
      text.map((one) => [one, JSON.stringify(one)]),
      bare.map((one) => [one, one]),
      digits.map((one) => [one, one]),
    );
    const place = fc.constantFrom<(literal: string) => string>(
      (one) => `{ take(count: ${one}) }`,
      (one) => `{ take(colour: ${one}) }`,
      (one) => `{ take(flag: ${one}) }`,
      (one) => `{ take(input: ${one}) }`,
      (one) => `{ take(ratio: [${one}]) }`,
      (one) => `{ take(input: {name: [${one}], colour: ${one}, count: {a: ${one}}, flag: ${one}}) }`,
      (one) => `{ take(parts: [${one}, {name: ${one}, parts: [${one}]}]) }`,
      (one) => `{ take(choice: {one: ${one}, other: ${one}}) }`,
      (one) => `{ take(wrong: ${one}, text: {a: ${one}}, id: [${one}]) }`,
      (one) =>
        `query ($n: Int = ${one}, $c: Colour = ${one}, $p: Part = {name: ${one}, count: ${one}}) { take(count: $n, colour: $c, input: $p) }`,
      (one) => `{ take @skip(if: ${one}) @include(if: [${one}]) }`,
      (one) => `{ a: take(text: ${one}) a: take(text: "other") }`,
      (one) => `{ take(count: ${one} ${one}) ${one} }`,
      (one) => `{ take(${one}: 5) }`.replace(/\(([A-Z]\w*):/, "($1 5:"),
      (one) => `${one} { take }`,
    );
    fc.assert(
      fc.property(literal, place, ([sent = "", written = ""], document) => {
        const told = messagesOf(document(written)).join("\n");
        expect(told).not.toContain(sent);
        expect(told).not.toContain(written);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("present", () => {
  it("keeps the code and the details of a failure, and where it happened", () => {
    const failure = new Failure("RATE_LIMITED", "Slower.", { retryAfterMs: 5 });
    const located = new GraphQLError("Slower.", { path: ["take"], originalError: failure });
    expect(present(located, () => "i", report)).toEqual({
      message: "Slower.",
      path: ["take"],
      extensions: { code: "RATE_LIMITED", retryAfterMs: 5 },
    });
  });

  it.each([
    ["an error", new Error("Secret")],
    [
      "an error below execution's",
      new GraphQLError("Secret", { path: ["take"], originalError: new TypeError("Secret") }),
    ],
    ["an error of GraphQL that a resolver met", new GraphQLError("Int cannot represent Secret", { path: ["take"] })],
    ["what is no error", "Secret"],
  ])("masks %s and tells the log", (_what, thrown) => {
    const told: unknown[] = [];
    const shown = present(
      thrown,
      () => "i-1",
      (...what) => told.push(...what),
    );
    expect(JSON.stringify(shown)).not.toContain("Secret");
    expect(shown.extensions).toEqual({ code: "INTERNAL_SERVER_ERROR", incident: "i-1" });
    expect(told[0]).toBe("i-1");
    expect(JSON.stringify(told[1] instanceof Error ? told[1].message : told[1])).toContain("Secret");
  });

  it("takes a wrong argument for the client's fault, and does not repeat it", () => {
    const error = new GraphQLError('Argument "count" has invalid value "Secret".', { path: ["take"] });
    expect(present(error, () => "i", report)).toMatchObject({
      message: 'Argument "count" has an invalid value.',
      extensions: { code: "BAD_USER_INPUT" },
    });
  });
});

describe("presentAll", () => {
  it("lists several errors of one document, and no more than it may", () => {
    const errors = Array.from({ length: 9 }, () => new Failure("FORBIDDEN", "No."));
    expect(presentAll(new AggregateError(errors), () => "i", report)).toHaveLength(MAX_ERRORS);
    expect(presentAll(errors[0], () => "i", report)).toHaveLength(1);
  });

  it("masks several errors that turn out to be none", () => {
    expect(presentAll(new AggregateError([]), () => "i", report)).toMatchObject([{ extensions: { incident: "i" } }]);
  });
});
