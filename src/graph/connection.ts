import { ArgsType, Field, Int, ObjectType, registerEnumType, type ClassType } from "type-graphql";
import { MAX_FIRST, pageOf, type Page } from "../kernel/page.js";

@ObjectType({ description: "Where a page lies in its list.", simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether more elements follow." })
  hasNextPage!: boolean;
  @Field(() => Boolean, { description: "Whether elements come before this page." })
  hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: "The cursor of the first element." })
  startCursor!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The cursor of the last element: pass it as `after` for the next page.",
  })
  endCursor!: string | null;
}

/** The arguments of every list. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: 20, description: `How many elements, 1 to ${MAX_FIRST}.` })
  first?: number;
  @Field(() => String, { nullable: true, description: "Only elements after this cursor." })
  after?: string;

  static window(args: PageArgs): Page {
    return pageOf(args);
  }
}

/** The connection and edge types of one element type, under its name. */
export function connectionOf(element: () => ClassType | object, name: string): ClassType {
  @ObjectType(`${name}Edge`, {
    description: `One element of a list of type ${name}, with its cursor.`,
    simpleResolvers: true,
  })
  class Edge {
    @Field(() => String, { description: "Resumes the list after this element." })
    cursor!: string;
    @Field(() => element() as ClassType, { description: "The element itself." })
    node!: object;
  }

  @ObjectType(`${name}Connection`, { description: `One page of a list of type ${name}.`, simpleResolvers: true })
  class PageOf {
    @Field(() => [Edge], { description: "The elements of this page, in order." })
    edges!: Edge[];
    @Field(() => PageInfo, { description: "Where this page lies in the list." })
    pageInfo!: PageInfo;
    @Field(() => Int, { description: "How many elements the whole list has." })
    totalCount!: number;
  }
  return PageOf;
}

/** An enum of the schema from the words of the code: names and values are the same, and none goes without its meaning. */
export function describedEnum<Word extends string>(
  name: string,
  description: string,
  words: Readonly<Record<Word, string>>,
): { readonly [W in Word]: W } {
  const names = Object.keys(words) as Word[];
  const values = Object.fromEntries(names.map((word) => [word, word])) as { readonly [W in Word]: W };
  const valuesConfig = Object.fromEntries(names.map((word) => [word, { description: words[word] }]));
  registerEnumType(values, { name, description, valuesConfig: valuesConfig as Record<Word, { description: string }> });
  return values;
}
