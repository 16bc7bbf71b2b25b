import { randomUUID } from "node:crypto";
import { createRemoteJWKSet, decodeJwt } from "jose";
import { pino, type Logger } from "pino";
import { furnishStream } from "./attestation/furnish-stream.js";
import { publicKeys, ensureSigningKey } from "./certificate/sign.js";
import type { Config } from "./config.js";
import type { DocumentStore } from "./document/document-store.js";
import { MAX_DOCUMENT_BYTES } from "./document/gauge.js";
import { openDocument } from "./document/open.js";
import { submitForm } from "./document/submit-form.js";
import { CLIENT_TOKEN_ISSUER, authenticateClient } from "./entity/client-token.js";
import { settledHead } from "./event/read.js";
import { createContext } from "./graph/context.js";
import { createSchema } from "./graph/schema.js";
import { OPERATOR, type Actor } from "./kernel/actor.js";
import { Failure } from "./kernel/failure.js";
import { randomId, type NewId } from "./kernel/id.js";
import { systemClock, type Clock } from "./kernel/instant.js";
import type { Commit, Rows } from "./kernel/reader.js";
import { createVault, type Vault } from "./kernel/seal.js";
import { createLive } from "./live/create-live.js";
import { keepTime, type Timekeeping } from "./moment/keep-time.js";
import { KEY_MARK, authenticateKey, refused } from "./network/authenticate.js";
import { recognise } from "./network/recognise.js";
import { authenticateBearer, type TrustedIssuer } from "./network/bearer.js";
import { createHttpProvider } from "./provider/http.js";
import { createSandbox } from "./provider/sandbox.js";
import { createSandboxClock } from "./provider/sandbox-clock.js";
import { listen, type Server, type ServerParts } from "./server/http.js";
import { recordOf } from "./server/incident.js";
import { createCommit } from "./store/commit.js";
import { openFolder } from "./store/folder.js";
import { openStore } from "./store/open.js";
import type { OnStatement, Store } from "./store/store.js";
import { createRest, createWake, type Wake } from "./store/wake.js";
import type { Workplace } from "./verification/do-work.js";
import { keepWorking } from "./verification/keep-working.js";
import type { Inbox, Provider } from "./verification/provider.js";
import { takeCallback } from "./verification/take-callback.js";

/** What a test or the demo puts in place of the real thing. */
export interface Overrides {
  readonly clock?: Clock;
  readonly newId?: NewId;
  readonly log?: Logger;
  readonly onStatement?: OnStatement;
  readonly playground?: ServerParts["playground"];
  readonly documents?: DocumentStore;
}

/** The gateway, put together: the only place where adapters are chosen. */
export interface App extends AsyncDisposable {
  readonly config: Config;
  readonly store: Store;
  readonly vault: Vault;
  readonly log: Logger;
  readonly commitAs: (actor: Actor) => Commit;
  /** The actor behind an `Authorization` header; null without one. */
  readonly authenticate: (authorization: string | undefined) => Promise<Actor | null>;
  readonly context: ReturnType<typeof createContext>;
  /** What works off what verification has left to be done. */
  readonly workplace: Workplace;
  /** What tells of what time alone brings about. */
  readonly time: Timekeeping;
  /** Works, and keeps time, until it is told to stop. */
  readonly work: (stop: AbortSignal) => Promise<void>;
  /** Reads anew how far the sandbox's clock was moved; elsewhere there is nothing to read. */
  readonly refreshClock: () => Promise<void>;
  readonly documents: DocumentStore;
  readonly listen: () => Promise<Server>;
}

/** How often a worker looks whether anything is due, while nothing is. */
const IDLE_MS = 500;

const BEARER = /^Bearer +([\w.~+/=-]{1,4096})$/i;

/** Opens the store as it is: migrations are run by whoever starts or by `attestry migrate`. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const { clock: base = systemClock, newId = randomId, log = pino({ level: config.logLevel, base: null }) } = overrides;
  const { documents = openFolder(config.documentsFolder) } = overrides;
  const store = await openStore(config, {
    ...(overrides.onStatement ? { onStatement: overrides.onStatement } : {}),
    onFault: (error) => log.warn(recordOf(error), "database"),
  });
  const vault = createVault(config.masterKey, config.indexKey);
  const { levels, issuer } = config;
  const sandbox = isSandbox(config) ? createSandboxClock(base, store.rows) : null;
  const clock = sandbox?.clock ?? base;
  const provider = providerOf(config, clock);
  const wake = createWake();
  const committed = (): void => {
    wake.ring();
    store.tell();
  };
  const lost = (attempt: number, error: unknown): void => log.debug({ attempt, code: recordOf(error).code }, "race");
  const commitAs = createCommit({ store, vault, clock, newId, lost, committed });
  const { rows } = store;
  const reading = (): Rows => store.reading();
  const context = createContext({ rows, reading, vault, clock, commitAs, issuer, levels, documents });
  const workplace: Workplace = {
    commitAs,
    rows: store.rows,
    vault,
    clock,
    provider,
    levels,
    random: Math.random,
    newLease: randomUUID,
    onFault: (verificationId, error) => log.warn({ verificationId, ...recordOf(error) }, "no answer"),
  };
  const time: Timekeeping = {
    commitAs,
    rows: store.rows,
    clock,
    keepEventsDays: config.keepEventsDays,
    onFault: (error) => log.warn(recordOf(error), "time"),
  };
  const refreshClock = async (): Promise<void> => sandbox?.refresh();
  // What other gateways commit is told at once, and not when this one next looks; one of them may have moved the clock.
  const hearOthers: Hearing["hearOthers"] = () =>
    store.hear(() => void refreshClock().catch(time.onFault).finally(wake.ring));
  const app = {
    config,
    store,
    vault,
    log,
    documents,
    commitAs,
    authenticate: authenticator(config, store.rows, vault, clock),
    context,
    workplace,
    time,
    work: async (stop: AbortSignal): Promise<void> => {
      const deafen = await hearOthers();
      const { rest, close } = createRest(wake);
      const pace = { limit: config.workers, idleMs: IDLE_MS, rest, beforeEach: refreshClock };
      await Promise.all([keepWorking(workplace, pace, stop), keepTime(time, stop)]);
      close();
      await deafen();
    },
    refreshClock,
  };
  return {
    ...app,
    listen: () => listenWith(app, { wake, hearOthers }, overrides.playground ?? null),
    [Symbol.asyncDispose]: () => store.close(),
  };
}

/** How a process hears of commits: its own, and those of others. */
interface Hearing {
  readonly wake: Wake;
  /** Answers how to stop it. */
  readonly hearOthers: () => Promise<() => Promise<void>>;
}

/** Lists the ways in, and opens them. */
async function listenWith(
  app: Omit<App, "listen" | keyof AsyncDisposable>,
  { wake, hearOthers }: Hearing,
  playground: ServerParts["playground"],
) {
  const { config, store, log, documents, commitAs, authenticate, context, workplace, work } = app;
  await requireNoBarrier(store);
  await commitAs(OPERATOR)(async (write) => {
    await recognise(write, isSandbox(config));
    await ensureSigningKey(write);
  });
  await app.refreshClock();
  await documents.tidy();
  const schema = createSchema();
  const server = await listen({
    schema,
    live: (present) => {
      const { rows } = store;
      const { clock } = workplace;
      const onFault = (error: unknown): void => log.warn(recordOf(error), "streams");
      const parts = { schema, rows, clock, context, present, onFault, pollMs: IDLE_MS, gate: () => settledHead(rows) };
      const live = createLive(parts);
      wake.hear(live.nudge);
      return live;
    },
    settings: config,
    log,
    authenticate,
    context,
    furnish: (actor, stream) => furnishStream(commitAs(actor), stream),
    documents: documentsOf(commitAs, documents),
    ...callbackOf(workplace),
    draw: store.draw,
    leases: store.leases,
    ready: () => store.ready(),
    jwks: () => publicKeys(store.rows),
    playground,
  });
  if (config.workers > 0) return beside(server, work);
  const deafen = await hearOthers();
  return { url: server.url, close: async () => void (await Promise.all([server.close(), deafen()])) };
}

/** Refuses a database that an installation was moved away from, or has not wholly come to. */
export async function requireNoBarrier(store: Pick<Store, "barrier">): Promise<void> {
  const barrier = await store.barrier();
  if (barrier !== null) throw new Failure("CONFLICT", barrier);
}

function authenticator(config: Config, rows: Rows, vault: Vault, clock: Clock): App["authenticate"] {
  const trusted = trustedIssuer(config);
  return async (authorization) => {
    if (authorization === undefined) return null;
    const token = BEARER.exec(authorization)?.[1];
    if (!token) throw refused();
    if (token.startsWith(KEY_MARK)) return authenticateKey(rows, token, clock());
    if (issuerOf(token) === CLIENT_TOKEN_ISSUER) return authenticateClient(rows, vault, token, clock());
    if (!trusted) throw refused();
    return authenticateBearer(rows, trusted, token, clock());
  };
}

/** What becomes of files that are sent, and asked for, over plain HTTP. */
const documentsOf = (commitAs: App["commitAs"], store: DocumentStore): NonNullable<ServerParts["documents"]> => ({
  maxBytes: MAX_DOCUMENT_BYTES,
  submit: (actor, form) => submitForm(commitAs(actor), store, form),
  open: (actor, documentId, search) =>
    openDocument(commitAs(actor), store, { documentId, reason: search.get("reason") }),
});

/** A server with a worker beside it, which hears of others for both, for as long as it listens. */
function beside(server: Server, work: App["work"]): Server {
  const stop = new AbortController();
  const working = work(stop.signal);
  return {
    url: server.url,
    close: async () => {
      stop.abort();
      await Promise.all([server.close(), working]);
    },
  };
}

/** Takes what a provider sends by itself, once it is known to be the provider's; nothing where none sends. */
function callbackOf({ provider, commitAs, levels }: Workplace): Pick<ServerParts, "callback"> {
  if (!provider || !isInbox(provider)) return {};
  return { callback: (headers, body) => takeCallback(commitAs, levels, provider.open(headers, body)) };
}

const isInbox = (provider: Provider): provider is Provider & Inbox => "open" in provider;

export const isSandbox = ({ provider }: Config): boolean => provider.kind === "sandbox";

function providerOf({ provider }: Config, clock: Clock): Provider | null {
  switch (provider.kind) {
    case "none":
      return null;
    case "sandbox":
      return createSandbox({ clock, delayMs: provider.delayMs });
    case "http":
      return createHttpProvider({ ...provider, clock });
  }
}

function trustedIssuer({ oidc }: Config): TrustedIssuer | null {
  return oidc && { issuer: oidc.issuer, audience: oidc.audience, keys: createRemoteJWKSet(new URL(oidc.jwksUrl)) };
}

/** Which of the verifiers a token is meant for; the verifier then believes nothing that is not signed. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    throw refused();
  }
}
