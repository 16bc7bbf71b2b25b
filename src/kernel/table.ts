import type { EntitySchema } from "@mikro-orm/core";

/** A column's name from a property's name, as the ORM's naming strategy spells it. */
export const column = (property: string): string => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const propertiesOf = (schema: Pick<EntitySchema, "meta">, apart: readonly string[]): string[] =>
  Object.keys(schema.meta.properties).filter((property) => !apart.includes(property));

/** The plain names of every column of a table, but for some. */
export const names = (schema: Pick<EntitySchema, "meta">, apart: readonly string[] = []): string =>
  propertiesOf(schema, apart).map(column).join(", ");

/** `alias.some_column as "someProperty", …` for every column of a table, but for some: rows come back in the words of the code. */
export function columns(schema: Pick<EntitySchema, "meta">, alias: string, apart: readonly string[] = []): string {
  return propertiesOf(schema, apart)
    .map((property) => {
      const name = column(property);
      return name === property ? `${alias}.${name}` : `${alias}.${name} as "${property}"`;
    })
    .join(", ");
}

/** A fragment of SQL with its values, for conditions that are put together. */
export interface Sql {
  readonly text: string;
  readonly params: readonly (string | number | null | readonly string[])[];
}

/** Rows of another table that name those of a list, in the order of an index: what the list is read by. */
export interface Way {
  /** That table with its alias. */
  readonly from: string;
  /** Its column with the id of a row of the list. */
  readonly by: string;
  readonly where: Sql;
  /** Which of several rows that name the same one counts; absent where there are never several. */
  readonly once?: Sql;
}

/**
 * A list that is read by a way of its own; and whether what another way names is visible, in two forms: to count, all at once, and for a
 * page, one by one. PostgreSQL plans what is asked by `exists` as a join of all that there is, and a value for each row never.
 */
export interface Listed {
  readonly way: Way;
  readonly amongAll: (id: string) => Sql;
  readonly oneByOne: (id: string) => Sql;
}

/**
 * What narrows a list, over the alias `t`. Where several values of a column are asked for, each alone is an alternative, and no two meet:
 * then the list is as many lists, and an index ends each of them after a page, however rare its rows are.
 */
export interface Narrowing extends Choice {
  readonly each?: readonly Choice[];
}

/** A condition, and the way to come by its rows where that is not the way of the list. */
export interface Choice extends Sql {
  readonly way?: Way;
}

export const sql = (text: string, ...params: Sql["params"]): Sql => ({ text, params });
