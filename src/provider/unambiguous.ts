/** A key in JSON text: a string that a colon follows. Strings are taken whole, so that nothing inside of one is seen. */
const STRING = /"(?:[^"\\]|\\.)*"(\s*:)?/g;

const keysOf = (value: unknown): number => {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value).reduce((sum: number, one: unknown) => sum + keysOf(one), 0);
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length);
};

/**
 * JSON that can be read in one way only: an object that names a key twice is refused, since two readers could each take another of
 * them. Throws as `JSON.parse` does.
 */
export function parseUnambiguous(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const written = [...text.matchAll(STRING)].filter(([, colon]) => colon !== undefined).length;
  if (written !== keysOf(value)) throw new SyntaxError("A key is named twice.");
  return value;
}
