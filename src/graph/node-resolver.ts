import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { badInput } from "../kernel/failure.js";
import { prefixOf } from "../kernel/id.js";
import type { Context } from "./context.js";
import { keysCost } from "./cost.js";
import { Node } from "./node.js";
import { sourceOf } from "./source.js";

const MAX_IDS = 100;

const find = async (id: string, { load }: Context) => {
  const source = sourceOf(prefixOf(id));
  return source ? load.one(source, id) : null;
};

@Resolver(() => Node)
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description: "Whatever has this id; null where there is nothing, or nothing that the caller may see.",
  })
  node(@Arg("id", () => ID, { description: "Any id." }) id: string, @Ctx() context: Context) {
    return find(id, context);
  }

  @Query(() => [Node], {
    nullable: "items",
    description: `Whatever has these ids, in their order: up to ${MAX_IDS}.`,
    complexity: keysCost("ids"),
  })
  nodes(@Arg("ids", () => [ID], { description: "Any ids." }) ids: string[], @Ctx() context: Context) {
    if (ids.length > MAX_IDS) throw badInput([{ path: "ids", message: `Must hold at most ${MAX_IDS} ids.` }]);
    return Promise.all(ids.map((id) => find(id, context)));
  }
}
