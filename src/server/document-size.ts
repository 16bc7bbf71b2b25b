import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { Failure } from "../kernel/failure.js";

/** How much one operation asks for, every fragment counted at each place where it is spread. */
export interface Size {
  readonly fields: number;
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  /** What lies below `__schema` and `__type`, which has an allowance of its own. */
  readonly introspectionFields: number;
  readonly introspectionDepth: number;
}

/** The most that one operation may ask for. The tools' own introspection query fits into its allowance. */
export const SIZE_LIMITS: Size = {
  fields: 300,
  depth: 12,
  aliases: 30,
  directives: 30,
  introspectionFields: 600,
  introspectionDepth: 20,
};

export const MAX_OPERATIONS = 5;

const WORDS: Readonly<Record<keyof Size, string>> = {
  fields: "fields",
  depth: "levels of fields",
  aliases: "aliases",
  directives: "directives",
  introspectionFields: "fields of introspection",
  introspectionDepth: "levels of introspection",
};

const NOTHING: Size = {
  fields: 0,
  depth: 0,
  aliases: 0,
  directives: 0,
  introspectionFields: 0,
  introspectionDepth: 0,
};

/** Side by side: amounts add up, the deeper one is the depth. */
const beside = (a: Size, b: Size): Size => ({
  fields: a.fields + b.fields,
  depth: Math.max(a.depth, b.depth),
  aliases: a.aliases + b.aliases,
  directives: a.directives + b.directives,
  introspectionFields: a.introspectionFields + b.introspectionFields,
  introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
});

const marked = (size: Size, directives: readonly DirectiveNode[] | undefined): Size => ({
  ...size,
  directives: size.directives + (directives?.length ?? 0),
});

/** A field around what is selected below it. Only a field can open the introspection allowance, never a fragment's name. */
function around(field: FieldNode, below: Size): Size {
  const opens = field.name.value === "__schema" || field.name.value === "__type";
  const size = opens
    ? {
        ...below,
        fields: 1,
        depth: 1,
        introspectionFields: below.fields + below.introspectionFields,
        introspectionDepth: Math.max(below.depth, below.introspectionDepth),
      }
    : { ...below, fields: below.fields + 1, depth: below.depth + 1 };
  return marked({ ...size, aliases: size.aliases + (field.alias ? 1 : 0) }, field.directives);
}

/** Measures selections; each fragment is measured once, however often it is spread, and must not contain itself. */
function ruler(fragments: ReadonlyMap<string, FragmentDefinitionNode>): (set: SelectionSetNode | undefined) => Size {
  const known = new Map<string, Size | "OPEN">();
  const ofSet = (set: SelectionSetNode | undefined): Size =>
    set ? set.selections.reduce((size, selection) => beside(size, ofSelection(selection)), NOTHING) : NOTHING;
  const ofSelection = (selection: SelectionNode): Size => {
    if (selection.kind === Kind.FIELD) return around(selection, ofSet(selection.selectionSet));
    const size =
      selection.kind === Kind.INLINE_FRAGMENT ? ofSet(selection.selectionSet) : ofSpread(selection.name.value);
    return marked(size, selection.directives);
  };
  const ofSpread = (name: string): Size => {
    const seen = known.get(name);
    if (seen === "OPEN") throw new Failure("BAD_USER_INPUT", "A fragment spreads itself.");
    if (seen) return seen;
    known.set(name, "OPEN");
    const fragment = fragments.get(name);
    const size = marked(ofSet(fragment?.selectionSet), fragment?.directives);
    known.set(name, size);
    return size;
  };
  return ofSet;
}

const directivesOutside = (operation: OperationDefinitionNode): number =>
  (operation.directives?.length ?? 0) +
  (operation.variableDefinitions ?? []).reduce((sum, variable) => sum + (variable.directives?.length ?? 0), 0);

/** The size of each operation of a document. Takes time in proportion to the text, whatever the fragments would expand to. */
export function sizesOf(document: DocumentNode): Size[] {
  const definitions = document.definitions;
  const measure = ruler(
    new Map(definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION).map((one) => [one.name.value, one])),
  );
  return definitions
    .filter((one) => one.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => {
      const size = measure(operation.selectionSet);
      return { ...size, directives: size.directives + directivesOutside(operation) };
    });
}

/** Refuses a document that asks for more than any honest one does, before anything looks at what it asks. */
export function refuseOversize(document: DocumentNode): void {
  const sizes = sizesOf(document);
  if (sizes.length > MAX_OPERATIONS) throw tooMuch(MAX_OPERATIONS, "operations");
  for (const size of sizes)
    for (const part of Object.keys(SIZE_LIMITS) as (keyof Size)[])
      if (size[part] > SIZE_LIMITS[part]) throw tooMuch(SIZE_LIMITS[part], WORDS[part]);
}

const tooMuch = (limit: number, what: string): Failure =>
  new Failure("QUERY_TOO_COSTLY", `The document asks for more than ${limit} ${what}.`);
