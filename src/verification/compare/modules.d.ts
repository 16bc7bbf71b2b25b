declare module "damerau-levenshtein" {
  /** Insertions, deletions, substitutions and swaps of neighbours that turn the one text into the other. */
  export default function damerauLevenshtein(one: string, other: string): { readonly steps: number };
}
