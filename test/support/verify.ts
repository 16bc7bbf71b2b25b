import { Entity } from "../../src/entity/entity.js";
import { OPERATOR, type Scope } from "../../src/kernel/actor.js";
import type { Commit } from "../../src/kernel/reader.js";
import { approveLevel } from "../../src/verification/approve.js";
import type { RunStatus } from "../../src/verification/status.js";
import { workOff } from "../../src/verification/keep-working.js";
import { requestVerification, type RequestVerification } from "../../src/verification/request.js";
import type { Verification } from "../../src/verification/verification.js";
import { columns } from "../../src/kernel/table.js";
import { Verification as VerificationTable } from "../../src/verification/verification.js";
import { Work as WorkTable, type Work } from "../../src/verification/work.js";
import type { Id } from "../../src/kernel/id.js";
import type { TestApp, TestOptions } from "./app.js";
import { givenGateway, type Gateway } from "./gateway.js";
import { actorOf, clientOf, givenRegistered, givenWorld, type Party, type World } from "./given.js";

/** A world whose runs the sandbox answers, at once where nothing else is said. */
export const givenSandbox = ({ environment, ...options }: TestOptions = {}): Promise<World> =>
  givenWorld({ ...options, environment: { PROVIDER: "sandbox", ...environment } });

/** Asks for a run, and answers its id. */
export const givenRequested = (
  { app }: TestApp,
  party: Party,
  input: Partial<RequestVerification> = {},
): Promise<Id<"ver">> =>
  party.commit(async (write) => {
    const terms = { levels: app.config.levels, iss: app.config.issuer };
    return (await requestVerification(write, terms, { handle: "ada", ...input })).verificationId;
  });

/** Three runs, asked for a second apart. */
export async function givenThree(given = givenWorld): Promise<World & { readonly ids: readonly Id<"ver">[] }> {
  const world = await given();
  const ids: Id<"ver">[] = [];
  for (const handle of ["ann", "ben", "cid"]) {
    await givenRegistered(world.fintech, { handle, firstName: handle, socialSecurityNumber: null });
    ids.push(await givenRequested(world, world.fintech, { handle }));
    world.time.advance(1_000);
  }
  return { ...world, ids };
}

/** Does everything that is due now, and what follows from it. */
export const worked = ({ app, workers = [app] }: TestApp): Promise<number> => {
  const { workplace } = workers[Math.floor(Math.random() * workers.length)]!;
  return workOff(workplace, 25, new AbortController().signal);
};

/** A run as it stands. */
export async function runOf({ app }: TestApp, id: string): Promise<Verification> {
  const [run] = await app.store.rows<Verification>(
    `select ${columns(VerificationTable, "v")} from verification v where v.id = ?`,
    [id],
  );
  return run!;
}

/** A world behind a gateway that listens, whose runs the sandbox answers at once. */
export const givenSandboxGateway = ({ environment, ...options }: TestOptions = {}): Promise<Gateway> =>
  givenGateway({ ...options, environment: { PROVIDER: "sandbox", ...environment } });

export const DAY_MS = 86_400_000;

/** Lets so many days pass, and does what falls due, day by day. */
export async function daysPass(test: TestApp, days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    test.time.advance(DAY_MS);
    await worked(test);
  }
}

/** What each run of a party's came from and to, in commit order. */
export const movesOf = ({ app }: TestApp, party: Party): Promise<{ subjectId: string; from: string; to: string }[]> =>
  app.store.rows(
    `select subject_id as "subjectId", from_status as "from", to_status as "to" from event
      where participant_id = ? and type = 'VERIFICATION_STATUS_CHANGED' order by seq`,
    [party.id],
  );

/** What an entity's verification has come to in a party's eyes. */
export async function standingIn({ app }: TestApp, party: Party, entityId: string): Promise<string> {
  const [row] = await app.store.rows<{ status: string }>(
    "select status from standing where participant_id = ? and entity_id = ?",
    [party.id, entityId],
  );
  return row?.status ?? "UNVERIFIED";
}

/** What is left to be done about a run; null where nothing is. */
export async function workOn({ app }: TestApp, id: string): Promise<Work | null> {
  const [work] = await app.store.rows<Work>(
    `select ${columns(WorkTable, "w")} from verification_work w where w.verification_id = ?`,
    [id],
  );
  return work ?? null;
}

/** Puts a run into a state, whatever leads there. */
export const givenStatus = ({ commit }: Party, id: Id<"ver">, status: RunStatus): Promise<number> =>
  commit((write) => write.em.nativeUpdate(VerificationTable, { id }, { status }));

/** Gives a party a level, or takes it. */
export const givenApproval = ({ app }: TestApp, { id }: Party, kycLevel: string, approved: boolean): Promise<void> =>
  app.commitAs(OPERATOR)((write) => approveLevel(write, app.config.levels, { participantId: id, kycLevel, approved }));

/** What erasing a person comes to. */
export const givenErased = ({ app }: TestApp, id: Id<"ent">): Promise<number> =>
  app.commitAs(OPERATOR)((write) => write.em.nativeUpdate(Entity, { id }, { wrappedKey: null }));

/** What a party may no longer do, tried: with a key without the scope, and with a client token for the entity itself. */
export const withoutRight = (
  { app }: TestApp,
  { id }: Party,
  entityId: Id<"ent">,
  scopes: readonly Scope[],
): Commit[] => [actorOf(id, scopes), clientOf(id, entityId)].map((actor) => app.commitAs(actor));
