import { createRemoteJWKSet, decodeJwt } from "jose";
import { pino, type Logger } from "pino";
import { furnishStream } from "./attestation/furnish-stream.js";
import { publicKeys, ensureSigningKey } from "./certificate/sign.js";
import type { Config } from "./config.js";
import { CLIENT_TOKEN_ISSUER, authenticateClient } from "./entity/client-token.js";
import { createContext, type Context } from "./graph/context.js";
import { createSchema } from "./graph/schema.js";
import { OPERATOR, type Actor } from "./kernel/actor.js";
import { randomId, type NewId } from "./kernel/id.js";
import { systemClock, type Clock } from "./kernel/instant.js";
import type { Commit } from "./kernel/reader.js";
import { createVault, type Vault } from "./kernel/seal.js";
import { KEY_MARK, authenticateKey, refused } from "./network/authenticate.js";
import { recognise } from "./network/recognise.js";
import { authenticateBearer, type TrustedIssuer } from "./network/bearer.js";
import { listen, type Server, type ServerParts } from "./server/http.js";
import { createCommit } from "./store/commit.js";
import { openSqlite } from "./store/sqlite.js";
import type { OnStatement, Store } from "./store/store.js";

/** What a test or the demo puts in place of the real thing. */
export interface Overrides {
  readonly clock?: Clock;
  readonly newId?: NewId;
  readonly log?: Logger;
  readonly onStatement?: OnStatement;
  readonly playground?: ServerParts["playground"];
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
  readonly context: (actor: Actor) => Context;
  readonly listen: () => Promise<Server>;
}

const BEARER = /^Bearer +([\w.~+/=-]{1,4096})$/i;

/** Opens the store as it is: migrations are run by whoever starts or by `attestry migrate`. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const { clock = systemClock, newId = randomId, log = pino({ level: config.logLevel, base: null }) } = overrides;
  const store = await openSqlite(config.databasePath, overrides.onStatement);
  const vault = createVault(config.masterKey, config.indexKey);
  const commitAs = createCommit({ store, vault, clock, newId });
  const context = createContext({ rows: store.rows, vault, clock, commitAs, issuer: config.issuer });
  const trusted = trustedIssuer(config);
  const authenticate = async (authorization: string | undefined): Promise<Actor | null> => {
    if (authorization === undefined) return null;
    const token = BEARER.exec(authorization)?.[1];
    if (!token) throw refused();
    if (token.startsWith(KEY_MARK)) return authenticateKey(store.rows, token, clock());
    if (issuerOf(token) === CLIENT_TOKEN_ISSUER) return authenticateClient(store.rows, vault, token, clock());
    if (!trusted) throw refused();
    return authenticateBearer(store.rows, trusted, token, clock());
  };
  return {
    config,
    store,
    vault,
    log,
    commitAs,
    authenticate,
    context,
    listen: async () => {
      await commitAs(OPERATOR)(async (write) => {
        await recognise(write);
        await ensureSigningKey(write);
      });
      return listen({
        schema: createSchema(),
        settings: config,
        log,
        authenticate,
        context,
        furnish: (actor, stream) => furnishStream(commitAs(actor), stream),
        ready: () => store.ready(),
        jwks: () => publicKeys(store.rows),
        playground: overrides.playground ?? null,
      });
    },
    [Symbol.asyncDispose]: () => store.close(),
  };
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
