import Database from "better-sqlite3";
import type { Id } from "../src/kernel/id.js";
import { systemClock } from "../src/kernel/instant.js";
import { requestVerification } from "../src/verification/request.js";
import { actorOf, copyOf, openApp, openTown, type Town } from "./town.js";
import type { Run } from "./scenario.js";

/** A run that events tell of. */
export interface ToldRun {
  readonly entityId: Id<"ent">;
  readonly subjectId: Id<"ver">;
}

/** One customer of one participant. */
export interface Known {
  readonly token: string;
  readonly handle: string;
  readonly entityId: Id<"ent">;
}

/** A town whose first querier has runs going on, to subscribe in. */
export interface StreamTown extends Town, Disposable {
  readonly participantId: Id<"par">;
  readonly token: string;
  readonly runs: readonly ToldRun[];
  readonly everybody: readonly Known[];
}

const RUNS = 50;

async function requestRuns(town: Town): Promise<ToldRun[]> {
  await using app = await openApp(town.path);
  const { participantId } = town.queriers[0]!;
  const commit = app.commitAs(actorOf(participantId));
  const handles = await app.store.rows<{ handle: string }>(
    "select handle from registration where participant_id = ? limit ?",
    [participantId, RUNS],
  );
  const terms = { levels: app.config.levels, iss: app.config.issuer };
  for (const { handle } of handles) await commit((write) => requestVerification(write, terms, { handle }));
  return app.store.rows<ToldRun>(
    `select id as "subjectId", entity_id as "entityId" from verification where participant_id = ?`,
    [participantId],
  );
}

async function everybodyIn(town: Town): Promise<Known[]> {
  await using app = await openApp(town.path);
  const tokens = new Map<string, string>(town.queriers.map(({ participantId, token }) => [participantId, token]));
  const rows = await app.store.rows<Omit<Known, "token"> & { participantId: string }>(
    `select participant_id as "participantId", handle, entity_id as "entityId" from registration`,
  );
  return rows.map(({ participantId, ...known }) => ({ ...known, token: tokens.get(participantId)! }));
}

/** Nobody works here: what is measured is how it is told. */
const still = <Place extends Town>(town: Place): Place => ({
  ...town,
  environment: { ...town.environment, PROVIDER: "sandbox", WORKERS: "0" },
});

export async function openStreamTown({ folder }: Run): Promise<StreamTown> {
  const copy = copyOf(await openTown(folder, 10_000), "streams");
  const { participantId, token } = copy.queriers[0]!;
  const runs = await requestRuns(copy);
  return still({ ...copy, participantId, token, runs, everybody: await everybodyIn(copy) });
}

/** The same town once more: what is committed there is not seen elsewhere. */
export const twinOf = (town: StreamTown, name: string): StreamTown => still({ ...town, ...copyOf(town, name) });

/** Adds events at the end of a participant's log, by prepared inserts, until it has so many. */
export function fillLog({ path, participantId, runs }: StreamTown, events: number): void {
  const database = new Database(path);
  try {
    const count = "select count(*) as n from event where participant_id = ?";
    const { n } = database.prepare<[string], { n: number }>(count).get(participantId)!;
    const insert = database.prepare(
      `insert into event (participant_id, entity_id, subject_id, type, from_status, to_status, occurred_at)
       values (?, ?, ?, 'VERIFICATION_STATUS_CHANGED', 'PENDING', 'REVIEW', ?)`,
    );
    const at = systemClock();
    database.transaction(() => {
      for (let index = n; index < events; index += 1) {
        const { entityId, subjectId } = runs[index % runs.length]!;
        insert.run(participantId, entityId, subjectId, at);
      }
    })();
  } finally {
    database.close();
  }
}
