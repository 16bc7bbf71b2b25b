import { workOff } from "../../src/verification/keep-working.js";
import { requestVerification, type RequestVerification } from "../../src/verification/request.js";
import type { Verification } from "../../src/verification/verification.js";
import { columns } from "../../src/kernel/table.js";
import { Verification as VerificationTable } from "../../src/verification/verification.js";
import type { Id } from "../../src/kernel/id.js";
import type { TestApp, TestOptions } from "./app.js";
import { givenWorld, type Party, type World } from "./given.js";

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

/** Does everything that is due now, and what follows from it. */
export const worked = ({ app }: TestApp): Promise<number> => workOff(app.workplace, 25, new AbortController().signal);

/** A run as it stands. */
export async function runOf({ app }: TestApp, id: string): Promise<Verification> {
  const [run] = await app.store.rows<Verification>(
    `select ${columns(VerificationTable, "v")} from verification v where v.id = ?`,
    [id],
  );
  return run!;
}
