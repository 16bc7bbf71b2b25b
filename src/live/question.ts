import {
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";
import type { Actor } from "../kernel/actor.js";
import { canonical, sha256 } from "../kernel/canonical.js";
import { FOLLOWINGS, type Following } from "../graph/following.js";
import type { Subscribed } from "./live.js";

/** What is followed, with which arguments. */
export interface Followed {
  readonly node: FieldNode;
  readonly following: Following;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The one field that an admitted subscription asks for: that it is one, validation has seen to. */
export function followedOf(schema: GraphQLSchema, { document, operationName, variables }: Subscribed): Followed {
  const operation = getOperationAST(document, operationName)!;
  const node = firstField(document, operation.selectionSet)!;
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables).coerced ?? {};
  const definition = schema.getSubscriptionType()!.getFields()[node.name.value]!;
  const following = FOLLOWINGS[node.name.value]!;
  return { node, following, args: getArgumentValues(definition, node, coerced) };
}

function firstField(document: DocumentNode, { selections }: SelectionSetNode): FieldNode | null {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) return selection;
    const inner =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : document.definitions.find(
            (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
          );
    const found =
      inner && "selectionSet" in inner && inner.selectionSet ? firstField(document, inner.selectionSet) : null;
    if (found) return found;
  }
  return null;
}

/** The same for all who ask the same with the same rights: they share every result. Where to begin in the log is each one's own. */
export function groupKey(actor: Actor, subscribed: Subscribed, { node, args }: Followed): string {
  const rights = [actor.via, actor.participantId, actor.credentialId, actor.entityId, ...[...actor.scopes].toSorted()];
  const { after: _after, ...asked } = args;
  const place = placeVariable(subscribed.document, node);
  const variables = Object.entries(subscribed.variables).filter(([name]) => name !== place);
  return sha256(canonical([rights, subscribed.source, subscribed.operationName, Object.fromEntries(variables), asked]));
}

/** The variable that says where to begin, where that is all it says. */
function placeVariable(document: DocumentNode, node: FieldNode): string | null {
  const value = node.arguments?.find(({ name }) => name.value === "after")?.value;
  if (value?.kind !== Kind.VARIABLE) return null;
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => {
      if (name.value === value.name.value) uses += 1;
    },
  });
  return uses === 1 ? value.name.value : null;
}
