// Takes one file of records into one database, as an upload does, and says how long it took and what memory. Started by the benchmark alone.
import { createReadStream } from "node:fs";
import { linesOf } from "../src/attestation/lines.js";
import { upload } from "../src/attestation/upload.js";
import { createApp } from "../src/app.js";
import { readConfig } from "../src/config.js";
import type { Id } from "../src/kernel/id.js";
import { actorOf } from "./town.js";

const [file, participantId, networkId] = process.argv.slice(2);
await using app = await createApp({ ...readConfig(), logLevel: "silent" });
const startedAt = performance.now();
const call = { networkIds: [networkId!], product: "KYC", key: "bench" };
const commit = app.commitAs(actorOf(participantId as Id<"par">));
const told = upload(commit, call, linesOf(createReadStream(file!)));
let step = await told.next();
while (!step.done) {
  if ("fault" in step.value) throw new Error(`Line ${step.value.fault.line}: ${step.value.fault.message}`);
  step = await told.next();
}
const ms = performance.now() - startedAt;
const { attestationCount } = step.value;
console.log(JSON.stringify({ attestationCount, ms, maxRssKilobytes: process.resourceUsage().maxRSS }));
