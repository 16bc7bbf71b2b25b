import type { Rows } from "../kernel/reader.js";
import { column } from "../kernel/table.js";
import type { Source, Subject } from "./audit.js";

/** What a subject is told apart by. */
export type Key = readonly (string | number)[];

export const keyOf = ({ key }: Source, subject: Subject): Key =>
  key.map((property) => subject[property] as string | number);

const namesOf = ({ key }: Source): string[] => key.map((property) => `t.${column(property)}`);

/** One name, or several in brackets: compared whole, from the left. */
const row = (parts: readonly string[]): string => (parts.length === 1 ? parts[0]! : `(${parts.join(", ")})`);

const conditions = (...parts: readonly (string | undefined)[]): string => {
  const given = parts.filter((part) => part !== undefined);
  return given.length > 0 ? ` where ${given.join(" and ")}` : "";
};

/** The next subjects behind a key, in its order: what is read costs the same wherever the page lies. */
export function pageBehind(rows: Rows, source: Source, after: Key | null, limit: number): Promise<Subject[]> {
  const names = namesOf(source);
  const behind = after ? `${row(names)} > ${row(names.map(() => "?"))}` : undefined;
  return rows<Subject>(
    `select ${source.select} from ${source.table} t${conditions(source.where, behind)} order by ${names.join(", ")} limit ?`,
    [...(after ?? []), limit],
  );
}

/** The same subjects, as they are now; those that are no more are left out. */
export function subjectsOf(rows: Rows, source: Source, keys: readonly Key[]): Promise<Subject[]> {
  const one = `(${namesOf(source)
    .map((name) => `${name} = ?`)
    .join(" and ")})`;
  const any = `(${keys.map(() => one).join(" or ")})`;
  return rows<Subject>(`select ${source.select} from ${source.table} t${conditions(source.where, any)}`, keys.flat());
}
