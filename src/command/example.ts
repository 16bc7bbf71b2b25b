import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** An example operation: documentation, a tab of the playground, and a golden test at once. */
export interface Example {
  readonly name: string;
  readonly title: string;
  readonly query: string;
  /** JSON. */
  readonly variables: string;
  /** The demo participant who asks. */
  readonly as: string;
}

/** The folder of `package.json`: the same from sources and from a build. */
export const ROOT = rootFrom(dirname(fileURLToPath(import.meta.url)));

function rootFrom(directory: string): string {
  return existsSync(join(directory, "package.json")) ? directory : rootFrom(dirname(directory));
}

export const PLAYGROUND_DIRECTORY = join(ROOT, "dist/playground");

const HEADER = /^# (.+)\n# as: (.+)\n/;

/** What another gateway does not know of an example stands as `{{name}}`: it is filled in where it is known. */
const filledIn = (text: string, blanks: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (blank, name: string) => blanks[name] ?? blank);

/** The operations of `schema/operations`, in the order of their file names. Variables lie beside, under the same name. */
export function examples(blanks: Readonly<Record<string, string>> = {}): Example[] {
  const directory = join(ROOT, "schema/operations");
  return readdirSync(directory)
    .filter((file) => file.endsWith(".graphql"))
    .toSorted()
    .map((file) => {
      const query = readFileSync(join(directory, file), "utf8");
      const [, title, as] = HEADER.exec(query) ?? [];
      if (!title || !as) throw new Error(`${file} must begin with a title and with who asks.`);
      const variables = join(directory, file.replace(/graphql$/, "json"));
      return {
        name: file.replace(/\.graphql$/, ""),
        title,
        as,
        query,
        variables: existsSync(variables) ? filledIn(readFileSync(variables, "utf8"), blanks) : "",
      };
    });
}
