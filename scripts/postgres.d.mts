export interface PostgresOptions {
  readonly folder?: string;
  readonly port?: number;
  readonly durable?: boolean;
  readonly settings?: Readonly<Record<string, string | number>>;
  readonly log?: (line: string) => void;
}

export interface RunningPostgres {
  readonly port: number;
  readonly urlOf: (database: string) => string;
  readonly halt: (signal?: NodeJS.Signals) => Promise<void>;
  readonly resume: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export function startPostgres(options?: PostgresOptions): Promise<RunningPostgres>;
