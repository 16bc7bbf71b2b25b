/** Resolves with the name of the first signal that asks this process to end. */
export const signalled = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => resolve(name));
  });
