import { startPostgres, type PostgresServer } from "../../scripts/postgres.mjs";

/** A server of a test's own, which it may stop, crash and start again: the one of the run belongs to everybody. */
export interface OwnPostgres extends AsyncDisposable {
  /** The address of an empty database on it. */
  readonly url: string;
  /** Whoever is connected is sent away, in order; or finds the connection cut. */
  readonly halt: (how: "IN_ORDER" | "BY_A_CRASH") => Promise<void>;
  /** Resolves when it takes connections again, at the same address. */
  readonly resume: PostgresServer["resume"];
}

const SIGNALS = { IN_ORDER: "SIGINT", BY_A_CRASH: "SIGQUIT" } as const;

export async function givenOwnPostgres(settings: Readonly<Record<string, string | number>> = {}): Promise<OwnPostgres> {
  const server = await startPostgres({ durable: true, settings: { shared_buffers: "64MB", ...settings } });
  return {
    url: server.urlOf("postgres"),
    halt: (how) => server.halt(SIGNALS[how]),
    resume: server.resume,
    [Symbol.asyncDispose]: server.stop,
  };
}
