import { move } from "../../src/verification/move.js";
import { RUN_STATUSES, isLegal, type RunStatus } from "../../src/verification/status.js";
import { Verification } from "../../src/verification/verification.js";
import type { Id } from "../../src/kernel/id.js";
import { givenRegistered, type World } from "../support/given.js";
import { refusedTrace, traced } from "../support/trace.js";
import { givenRequested, givenSandbox, runOf } from "../support/verify.js";

/** The table as the specification has it, line by line. */
const SPECIFIED = `
UNVERIFIED → PENDING
PENDING → WEBHOOK_PENDING
WEBHOOK_PENDING → PASSED | FAILED | REVIEW | DOCUMENTS_REQUIRED
PENDING → PASSED | FAILED | REVIEW | DOCUMENTS_REQUIRED
REVIEW | DOCUMENTS_REQUIRED | FAILED → DOCUMENTS_RECEIVED
DOCUMENTS_RECEIVED → PASSED | FAILED | DOCUMENTS_REQUIRED
REVIEW → PASSED | FAILED
REVIEW | DOCUMENTS_REQUIRED → FAILED
`;

const states = (text: string): string[] => text.split("|").map((state) => state.trim());

const ARROWS: ReadonlySet<string> = new Set(
  SPECIFIED.trim()
    .split("\n")
    .map((line) => line.split("→"))
    .flatMap(([from, to]) => states(from!).flatMap((one) => states(to!).map((other) => `${one} → ${other}`))),
);

const SOURCES = ["UNVERIFIED", ...RUN_STATUSES] as const;
const PAIRS = SOURCES.flatMap((from) => RUN_STATUSES.map((to) => [from, to] as const));
const IN_RUN = PAIRS.filter((pair): pair is readonly [RunStatus, RunStatus] => pair[0] !== "UNVERIFIED");
const LEGAL = IN_RUN.filter(([from, to]) => ARROWS.has(`${from} → ${to}`));
const ILLEGAL = IN_RUN.filter(([from, to]) => !ARROWS.has(`${from} → ${to}`));

/** A run that was put into a state, whatever the table says. */
async function givenIn(world: World, status: RunStatus): Promise<Verification> {
  await givenRegistered(world.fintech);
  const id = await givenRequested(world, world.fintech);
  await world.fintech.commit((write) => write.em.nativeUpdate(Verification, { id }, { status }));
  return runOf(world, id);
}

describe("isLegal", () => {
  it("says yes to the moves of the specification and to no other", () => {
    const said = PAIRS.filter(([from, to]) => isLegal(from, to)).map(([from, to]) => `${from} → ${to}`);
    expect(new Set(said)).toEqual(ARROWS);
  });

  it("leads nowhere from PASSED, and nowhere back to PENDING", () => {
    expect(RUN_STATUSES.filter((to) => isLegal("PASSED", to))).toEqual([]);
    expect(RUN_STATUSES.filter((from) => isLegal(from, "PENDING"))).toEqual([]);
  });
});

describe("move", () => {
  it.each(LEGAL)("lets a run go from %s to %s, and tells of it", async (from, to) => {
    await using world = await givenSandbox();
    const run = await givenIn(world, from);
    await world.fintech.commit((write) => move(write, [{ run, to }]));
    expect((await runOf(world, run.id)).status).toBe(to);
    const [event] = await world.app.store.rows(
      `select from_status as "from", to_status as "to", subject_id as "subjectId" from event
        where type = 'VERIFICATION_STATUS_CHANGED' order by seq desc limit 1`,
    );
    expect(event).toEqual({ from, to, subjectId: run.id });
  });

  it.each(ILLEGAL)("refuses to let a run go from %s to %s, and changes nothing", async (from, to) => {
    await using world = await givenSandbox();
    const run = await givenIn(world, from);
    const trace = await refusedTrace(world, () => world.fintech.commit((write) => move(write, [{ run, to }])));
    expect(trace).toEqual({ code: "ILLEGAL_TRANSITION", paths: [], changed: [] });
  });

  it("refuses to move a run that has moved since it was read", async () => {
    await using world = await givenSandbox();
    const run = await givenIn(world, "REVIEW");
    await world.fintech.commit((write) => move(write, [{ run, to: "FAILED" }]));
    const trace = await refusedTrace(world, () =>
      world.fintech.commit((write) => move(write, [{ run, to: "PASSED" }])),
    );
    expect(trace).toMatchObject({ code: "CONFLICT", changed: [] });
  });

  it("moves all or none", async () => {
    await using world = await givenSandbox();
    const run = await givenIn(world, "REVIEW");
    await givenRegistered(world.fintech, { handle: "jun", socialSecurityNumber: "212-55-0102" });
    const other = await runOf(world, await givenRequested(world, world.fintech, { handle: "jun" }));
    const both = [
      { run: other, to: "PASSED" as const },
      { run, to: "DOCUMENTS_REQUIRED" as const },
    ];
    const trace = await refusedTrace(world, () => world.fintech.commit((write) => move(write, both)));
    expect(trace).toMatchObject({ code: "ILLEGAL_TRANSITION", changed: [] });
  });

  it("replaces what was to be done about the run", async () => {
    await using world = await givenSandbox();
    const run = await givenIn(world, "PENDING");
    const works = async (id: Id<"ver">) =>
      world.app.store.rows<object>("select step from verification_work where verification_id = ?", [id]);
    expect(await works(run.id)).toEqual([{ step: "ASK" }]);
    const { changed } = await traced(world, () =>
      world.fintech.commit((write) => move(write, [{ run, to: "PASSED" }])),
    );
    expect(changed).toEqual(["event", "standing", "verification", "verification_work"]);
    expect(await works(run.id)).toEqual([]);
  });
});
