/** Ends a `switch` that must cover every case: a new case does not compile until it is handled. */
export function never(value: never): never {
  throw new Error(`Unhandled case: ${String(value)}`);
}
