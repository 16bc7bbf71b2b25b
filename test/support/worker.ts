import { randomUUID } from "node:crypto";
import { createApp } from "../../src/app.js";
import { readConfig } from "../../src/config.js";
import { keepWorking } from "../../src/verification/keep-working.js";

/**
 * A worker in a process of its own, for tests that kill it: it opens the database that the environment names, prints its process id,
 * and works off what the sandbox answers at once. Its leases begin with that id, so that what it held can be told; what failed is
 * printed. Arguments: how many runs it takes at once, and how long its leases last in milliseconds.
 */
const [limit, leaseMs] = process.argv.slice(2).map(Number);

await using app = await createApp({ ...readConfig(), provider: { kind: "sandbox", delayMs: 0 } });
const workplace = {
  ...app.workplace,
  leaseMs: leaseMs!,
  newLease: () => `${process.pid}:${randomUUID()}`,
  onFault: (verificationId: string, error: unknown) => console.log(`${verificationId} ${String(error)}`),
};
console.log(process.pid);
await keepWorking(workplace, { limit: limit!, idleMs: 20 }, new AbortController().signal);
