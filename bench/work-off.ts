// Works off verifications until it is ended, as `attestry worker` does, but with leases as short as it is told. Started by the benchmark alone.
import { createApp } from "../src/app.js";
import { readConfig } from "../src/config.js";
import { keepWorking } from "../src/verification/keep-working.js";

const [atOnce, leaseMs] = process.argv.slice(2).map(Number);
const stop = new AbortController();
process.once("SIGTERM", () => stop.abort());
await using app = await createApp({ ...readConfig(), logLevel: "warn" });
console.log("ready");
await keepWorking({ ...app.workplace, leaseMs: leaseMs! }, { limit: atOnce!, idleMs: 20 }, stop.signal);
