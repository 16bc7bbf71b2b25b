import { once } from "node:events";
import { readFileSync } from "node:fs";
import { InvalidArgumentError, Option, type Command } from "commander";
import { WebSocket } from "ws";
import { AttestryError, createAttestryClient, GapError, type Event } from "../client/create-attestry-client.js";
import { EVENT_TYPES, type EventType } from "../event/event.js";
import { Failure } from "../kernel/failure.js";
import { signalled } from "./signalled.js";

interface Options {
  readonly url: string;
  readonly tokenFile: string;
  readonly after?: string;
  readonly type?: EventType[];
  readonly entity?: string[];
  readonly select?: string;
  readonly json?: boolean;
}

/** The gateway ended it, or the proof that nothing is missing failed: somebody has to look. */
const ENDED = 2;

const HELP = `
Prints each event as it comes, one a line, its cursor at the end; goes on by itself when the gateway restarts or the network is away.
A signal ends it, and says on standard error where to go on: --after CURSOR. Without --after it begins with what happens from now
on; --after BEGINNING begins with all that is kept. The token is read again for each connection, so that it may be replaced.
Exit code 2 says that the gateway ended it, with one line on why, such as CURSOR_EXPIRED or UNAUTHENTICATED KEY_REVOKED.`;

function urlOf(text: string): string {
  if (!/^(?:https?|wss?):/i.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError("Must be an http or https address.");
  return text;
}

export function addTail(program: Command): void {
  program
    .command("tail")
    .description("Print what happens at a gateway, in the view of whoever holds a token, as it happens.")
    .requiredOption("--url <url>", "where the gateway is, such as https://gateway.example", urlOf)
    .requiredOption("--token-file <file>", "a file that holds the API key or another token; - for standard input")
    .option("--after <cursor>", "only what follows this event; BEGINNING for all that is kept")
    .addOption(new Option("--type <type...>", "only these types").choices(EVENT_TYPES))
    .option("--entity <id...>", "only about these entities")
    .option("--select <fields>", "with --json: what else to tell, such as '... on EntityRegistered { entity { id } }'")
    .option("--json", "print each event as one JSON object")
    .addHelpText("after", HELP)
    .action(tail);
}

async function tail(options: Options): Promise<void> {
  const stop = new AbortController();
  void signalled().then(() => stop.abort());
  // Whoever reads us may leave at any time.
  process.stdout.once("error", () => stop.abort());
  let last = options.after;
  try {
    for await (const event of eventsOf(options, stop.signal)) {
      await print(options.json ? JSON.stringify(event) : lineOf(event), stop.signal);
      last = event.cursor;
    }
  } catch (error) {
    if (!(error instanceof AttestryError || error instanceof GapError)) throw error;
    console.error(wordsOf(error));
    process.exitCode = ENDED;
  }
  if (last !== undefined) console.error(`Go on with: --after ${last}`);
}

function eventsOf({ url, tokenFile, after, type, entity, select, json }: Options, signal: AbortSignal) {
  const client = createAttestryClient({
    url,
    token: tokenFrom(tokenFile),
    // Node's own cannot be left while the other side is silent: a signal would end nothing.
    webSocketImpl: WebSocket,
    onRetry: ({ cause, failures }) => {
      if (failures === 1) console.error(`${cause} Trying again.`);
    },
  });
  return client.events<Told>({
    after,
    types: type,
    entityIds: entity,
    selection: json ? select : STATES,
    signal,
  });
}

/** Where a token comes from. Read once before anything is asked, so that a file that is not there is told at once. */
function tokenFrom(file: string): () => string {
  const first = read(file === "-" ? 0 : file);
  let used = false;
  return () => {
    if (file === "-" || !used) {
      used = true;
      return first;
    }
    return read(file);
  };
}

function read(file: string | number): string {
  const token = readFileSync(file, "utf8").trim();
  if (!token) throw new Failure("UNAUTHENTICATED", "There is no token in what was given as --token-file.");
  return token;
}

/** An event with what it says of a change, whichever it is. */
type Told = Event & Readonly<Record<string, unknown>>;

/** Each has states of its own, so that they need names of their own. */
const STATES = ["EntityStatus", "VerificationStatus", "Certification", "AttestationStatus", "CertificateStatus"]
  .map((name) => `... on ${name}Changed { from${name}: from to${name}: to }`)
  .join(" ");

function lineOf(event: Told): string {
  const state = (side: string): string | null => {
    const value = Object.entries(event).find(([name]) => name.startsWith(side))?.[1];
    return typeof value === "string" ? value : null;
  };
  const to = state("to");
  const change = to === null ? [] : [`${state("from") ?? "-"} -> ${to}`];
  return [event.occurredAt, event.type, ...change, event.cursor].join("  ");
}

/** Waits where nobody reads: then no more is asked for, and the gateway keeps it. */
async function print(line: string, signal: AbortSignal): Promise<void> {
  if (process.stdout.write(`${line}\n`)) return;
  await once(process.stdout, "drain", { signal }).catch(() => undefined);
}

const wordsOf = (error: AttestryError | GapError): string =>
  error instanceof GapError
    ? error.message
    : `${[error.code, error.reason].filter(Boolean).join(" ")}: ${error.message}`;
