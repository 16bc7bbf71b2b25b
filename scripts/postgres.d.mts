/** A real server from node_modules, for as long as it is wanted. */
export interface PostgresServer {
  readonly port: number;
  readonly folder: string;
  readonly urlOf: (database: string) => string;
  /** Ends the server and leaves its folder: at once but in order by SIGINT, as a crash does by SIGQUIT or SIGKILL. */
  readonly halt: (signal?: NodeJS.Signals) => Promise<void>;
  /** Starts it again at the same address. */
  readonly resume: () => Promise<void>;
  readonly stop: (how?: { readonly atOnce?: boolean }) => Promise<void>;
}

export interface PostgresOptions {
  readonly folder?: string;
  readonly port?: number;
  readonly durable?: boolean;
  readonly settings?: Readonly<Record<string, string | number>>;
  readonly log?: (line: unknown) => void;
}

/** A standby of another server; stopped, it can be started again where it was. */
export interface ReplicaServer extends Omit<PostgresServer, "folder" | "halt" | "resume"> {
  readonly start: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

type Settings = Pick<PostgresOptions, "settings" | "log">;

export const FOLLOWED: Readonly<Record<string, string | number>>;
export function startPostgres(options?: PostgresOptions): Promise<PostgresServer>;
export function startReplica(primary: PostgresServer, options?: Settings): Promise<ReplicaServer>;
export function backUp(server: PostgresServer, into: string): Promise<void>;
export function startRestored(folder: string, options?: Settings): Promise<PostgresServer>;
