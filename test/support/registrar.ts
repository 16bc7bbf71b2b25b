import { createInterface } from "node:readline";
import { createApp } from "../../src/app.js";
import { readConfig } from "../../src/config.js";
import { registerIndividual } from "../../src/entity/register.js";
import type { Id } from "../../src/kernel/id.js";
import { actorOf, individual } from "./given.js";

/**
 * A gateway in a process of its own, for tests that kill it or run it beside another: it opens the database that the
 * environment names, says `ready`, waits for a line, and registers people, at most `width` at a time. Each handle is
 * printed when its registration has been acknowledged, with the entity behind it.
 * Arguments: participant, prefix of the handles, how many, width, and `same` where all are one person.
 */
const [participantId, prefix, count, width, who] = process.argv.slice(2);

await using app = await createApp(readConfig());
const commit = app.commitAs(actorOf(participantId as Id<"par">));

const numberOf = (index: number): string => (who === "same" ? "212550101" : String(100_010_001 + index * 10));

async function register(index: number): Promise<void> {
  const handle = `${prefix}${index}`;
  const facts = individual({ handle, socialSecurityNumber: numberOf(index) });
  const { entityId } = await commit((write) => registerIndividual(write, facts));
  process.stdout.write(`${handle} ${entityId}\n`);
}

async function work(lane: number): Promise<void> {
  for (let index = lane; index < Number(count); index += Number(width)) await register(index);
}

process.stdout.write("ready\n");
for await (const _line of createInterface({ input: process.stdin })) break;
await Promise.all(Array.from({ length: Number(width) }, (_, lane) => work(lane)));
process.stdin.destroy();
