import { Field, ID, InterfaceType } from "type-graphql";
import { prefixOf } from "../kernel/id.js";
import { sourceOf } from "./source.js";

/** Everything that has an id. The id alone says what it is. */
@InterfaceType({
  description: "Anything with an id of its own. `node(id:)` finds it again from the id alone.",
  resolveType: (row: { id: string }) => sourceOf(prefixOf(row.id))?.typeOf?.(row),
})
export abstract class Node {
  @Field(() => ID, { description: "A TypeID: the prefix says what it names." })
  id!: string;
}
