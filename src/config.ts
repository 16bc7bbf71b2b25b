import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { parseLevels, SHIPPED_LEVELS, type Level } from "./verification/level.js";

/** One variable is one row: its name, what it must be, what it stands for. `attestry start --help` prints the descriptions. */
const KEY = z
  .string("Is required: 32 random bytes as base64url, such as `attestry secret` prints.")
  .regex(/^[\w-]{43}=?$/, "Must be 32 bytes as base64url, such as `attestry secret` prints.")
  .transform((text) => Buffer.from(text, "base64url"))
  .refine((key) => new Set(key).size > 8, "Must be random: this one is not.");

const whole = (min: number, max: number, fallback: number) =>
  z
    .string()
    .default(String(fallback))
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max,
      `Must be a whole number from ${min} to ${max}.`,
    )
    .transform(Number);

const flag = (fallback: boolean) =>
  z
    .enum(["true", "false"], "Must be true or false.")
    .default(fallback ? "true" : "false")
    .transform((text) => text === "true");

const address = z.url({ protocol: /^https?$/, error: "Must be an http or https address." });

const isPostgres = (text: string): boolean => /^postgres(?:ql)?:\/\/[^/]+\/./.test(text) && URL.canParse(text);

const postgresUrl = z.string().refine(isPostgres, "Must be postgresql:// with a host and the name of a database.");

const databaseUrl = z
  .string()
  .refine(
    (text) => /^sqlite:(?!:memory:).+/.test(text) || isPostgres(text),
    "Must be sqlite: and the path of a file, or postgresql:// with a host and the name of a database.",
  );

/** The secret that a vendor's side and ours sign with, in the spelling of Standard Webhooks. */
const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

function isSecret(text: string): boolean {
  const encoded = SECRET.exec(text)?.[1] ?? "";
  const key = Buffer.from(encoded, "base64");
  return key.toString("base64") === encoded && key.length >= 24 && key.length <= 64;
}

const secrets = z
  .string()
  .transform((text) => text.split(",").map((one) => one.trim()))
  .refine((all) => all.length <= 5 && all.every(isSecret), {
    error: "Must be whsec_ and 24 to 64 random bytes as base64; while it is changed up to 5, separated by commas.",
  });

function jsonOf(path: string): { readonly value: unknown } | { readonly fault: string } {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return { fault: "Must be the path of a file that can be read." };
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { fault: "Must be a file of JSON." };
  }
}

const levelsFile = z.string().transform((path, context): readonly Level[] => {
  const read = jsonOf(path);
  if ("fault" in read) {
    context.addIssue(read.fault);
    return z.NEVER;
  }
  try {
    return parseLevels(read.value);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    for (const { path: place, message } of error.issues) context.addIssue({ code: "custom", path: place, message });
    return z.NEVER;
  }
});

const PROVIDERS = ["none", "sandbox", "http"] as const;

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "silent"] as const;

const ENVIRONMENT = z
  .object({
    DATABASE_URL: databaseUrl
      .default("sqlite:.data/attestry.sqlite")
      .describe(
        "Where data is kept: `sqlite:` and the path of a file, or `postgresql://user:password@host:port/database`.",
      ),
    DATABASE_REPLICA_URL: postgresUrl
      .optional()
      .describe("A read replica of that PostgreSQL database: queries are answered there whenever it has caught up."),
    DATABASE_POOL_SIZE: whole(2, 1_000, 20).describe(
      "How many connections to PostgreSQL this process may hold; half of them write.",
    ),
    DATABASE_STATEMENT_TIMEOUT_SECONDS: whole(1, 600, 30).describe("How long one statement may run on PostgreSQL."),
    DOCUMENTS_FOLDER: z
      .string()
      .min(1)
      .optional()
      .describe(
        "Where the sealed bytes of documents are kept; by default the folder documents beside the database, or .data/documents. Gateways on one database share it.",
      ),
    ATTESTRY_MASTER_KEY: KEY.describe(
      "Wraps the data keys that personal data is sealed under. 32 bytes, base64url. Keep it apart from the database.",
    ),
    ATTESTRY_INDEX_KEY: KEY.describe("Keys the fingerprints by which people are matched. 32 bytes, base64url."),
    ATTESTRY_ISSUER: address
      .default("http://127.0.0.1:4000")
      .describe("The public address of this gateway: `iss` of what it signs."),
    HOST: z.string().min(1).default("127.0.0.1").describe("The address to listen on."),
    PORT: whole(0, 65_535, 4000).describe("The port to listen on; 0 takes any that is free."),
    PLAYGROUND: flag(false).describe("Serves the playground page at /playground/."),
    INTROSPECTION: flag(true).describe("Lets clients with a credential read the schema."),
    CORS_ORIGINS: z
      .string()
      .default("")
      .transform((text) =>
        text
          .split(",")
          .map((origin) => origin.trim())
          .filter(Boolean),
      )
      .pipe(
        z.array(
          address.refine(
            (text) => !URL.canParse(text) || new URL(text).origin === text,
            "Must be origins, such as https://app.example.com, without a path.",
          ),
        ),
      )
      .describe("Origins of browser apps that may call, separated by commas."),
    COST_LIMIT: whole(1, 1_000_000, 2_000).describe("The highest cost of one request."),
    COST_PER_MINUTE: whole(1, 100_000_000, 100_000).describe("The cost that one participant may spend a minute."),
    DRAIN_SECONDS: whole(0, 600, 20).describe("How long shutdown waits for running requests."),
    DRAIN_NOTICE_SECONDS: whole(0, 60, 0).describe(
      "How long shutdown goes on taking requests before that, while /ready says no: time for a balancer to notice.",
    ),
    OIDC_ISSUER: address.optional().describe("Accepts JWTs of staff from this issuer."),
    OIDC_AUDIENCE: z.string().min(1).optional().describe("The audience that those JWTs must name."),
    OIDC_JWKS_URL: address
      .optional()
      .describe("Where the issuer's public keys are; by default the issuer's /.well-known/jwks.json."),
    PROVIDER: z
      .enum(PROVIDERS, `Must be one of ${PROVIDERS.join(", ")}.`)
      .default("none")
      .describe("Who checks what the network cannot answer: none, the sandbox, or a vendor over http."),
    SANDBOX_DELAY_SECONDS: whole(0, 86_400, 0).describe("How long the sandbox takes to answer."),
    PROVIDER_URL: address.optional().describe("Where the vendor is asked. With PROVIDER=http."),
    PROVIDER_SECRET: secrets
      .optional()
      .describe(
        "Signs what we ask and what the vendor sends: whsec_ and base64; several, the newest first, by commas.",
      ),
    PROVIDER_ALLOW_PRIVATE: flag(false).describe("Lets the vendor be in a private network, and without TLS."),
    PROVIDER_TIMEOUT_SECONDS: whole(1, 50, 10).describe("How long the vendor may take to answer."),
    PROVIDER_SILENT_HOURS: whole(1, 720, 24).describe(
      "How long a vendor that said it would call back may stay silent.",
    ),
    WORKERS: whole(0, 1_000, 25).describe(
      "How many verifications this gateway works on at once; 0 leaves them to others.",
    ),
    EVENT_RETENTION_DAYS: whole(0, 36_500, 0).describe(
      "How many days events are kept: a cursor that is older is refused. 0 keeps them for ever.",
    ),
    LEVELS_FILE: levelsFile
      .optional()
      .describe("A JSON file with the levels of verification, instead of the shipped ones."),
    LOG_LEVEL: z
      .enum(LOG_LEVELS, `Must be one of ${LOG_LEVELS.join(", ")}.`)
      .default("info")
      .describe("How much is logged."),
  })
  .refine((value) => !value.OIDC_ISSUER || value.OIDC_AUDIENCE, {
    path: ["OIDC_AUDIENCE"],
    message: "Is required with OIDC_ISSUER.",
    when: () => true,
  })
  .refine((value) => !(value.COST_PER_MINUTE < value.COST_LIMIT), {
    path: ["COST_PER_MINUTE"],
    message: "Must be at least COST_LIMIT.",
  })
  .refine((value) => String(value.ATTESTRY_MASTER_KEY) !== String(value.ATTESTRY_INDEX_KEY), {
    path: ["ATTESTRY_INDEX_KEY"],
    message: "Must be another key than ATTESTRY_MASTER_KEY.",
  })
  .refine((value) => !value.DATABASE_REPLICA_URL || isPostgres(value.DATABASE_URL ?? ""), {
    path: ["DATABASE_REPLICA_URL"],
    message: "Needs a DATABASE_URL that is PostgreSQL, too.",
  })
  .refine((value) => value.PROVIDER !== "http" || value.PROVIDER_URL, {
    path: ["PROVIDER_URL"],
    message: "Is required with PROVIDER=http.",
    when: () => true,
  })
  .refine((value) => value.PROVIDER !== "http" || value.PROVIDER_SECRET, {
    path: ["PROVIDER_SECRET"],
    message: "Is required with PROVIDER=http.",
    when: () => true,
  })
  .refine((value) => value.PROVIDER_ALLOW_PRIVATE || !/^http:/i.test(value.PROVIDER_URL ?? ""), {
    path: ["PROVIDER_URL"],
    message: "Must be https, or PROVIDER_ALLOW_PRIVATE must be true.",
  });

export interface Config {
  readonly databaseUrl: string;
  /** Null where every query is answered by the database itself. */
  readonly replicaUrl: string | null;
  readonly databasePoolSize: number;
  /** How long one statement may run, where the database can tell. */
  readonly statementMs: number;
  /** Where the sealed bytes of documents are kept. */
  readonly documentsFolder: string;
  readonly masterKey: Buffer;
  readonly indexKey: Buffer;
  readonly issuer: string;
  readonly host: string;
  readonly port: number;
  readonly playground: boolean;
  readonly introspection: boolean;
  readonly corsOrigins: readonly string[];
  readonly costLimit: number;
  readonly costPerMinute: number;
  readonly drainMs: number;
  readonly drainNoticeMs: number;
  readonly oidc: { readonly issuer: string; readonly audience: string; readonly jwksUrl: string } | null;
  readonly provider: ProviderConfig;
  readonly levels: readonly Level[];
  /** Null keeps events for ever. */
  readonly keepEventsDays: number | null;
  /** How many verifications are worked on at once. */
  readonly workers: number;
  readonly logLevel: string;
}

/** Who checks what the network cannot answer, and how it is reached. */
export type ProviderConfig =
  | { readonly kind: "none" }
  | { readonly kind: "sandbox"; readonly delayMs: number }
  | {
      readonly kind: "http";
      readonly url: string;
      /** The first signs; any is believed. */
      readonly secrets: readonly string[];
      readonly allowPrivate: boolean;
      readonly timeoutMs: number;
      readonly silentAfterMs: number;
    };

/** A configuration that is wrong: every fault, one a line. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const blankIsAbsent = (environment: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));

/** The environment as one frozen, validated object. Nothing else reads the environment. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const result = ENVIRONMENT.safeParse(blankIsAbsent(environment));
  if (!result.success)
    throw new ConfigError(
      [
        "The configuration is wrong:",
        ...result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`),
      ].join("\n"),
    );
  const value = result.data;
  return Object.freeze({
    databaseUrl: value.DATABASE_URL,
    replicaUrl: value.DATABASE_REPLICA_URL ?? null,
    databasePoolSize: value.DATABASE_POOL_SIZE,
    statementMs: value.DATABASE_STATEMENT_TIMEOUT_SECONDS * 1000,
    documentsFolder: value.DOCUMENTS_FOLDER ?? besideDatabase(value.DATABASE_URL),
    masterKey: value.ATTESTRY_MASTER_KEY,
    indexKey: value.ATTESTRY_INDEX_KEY,
    issuer: value.ATTESTRY_ISSUER,
    host: value.HOST,
    port: value.PORT,
    playground: value.PLAYGROUND,
    introspection: value.INTROSPECTION,
    corsOrigins: value.CORS_ORIGINS,
    costLimit: value.COST_LIMIT,
    costPerMinute: value.COST_PER_MINUTE,
    drainMs: value.DRAIN_SECONDS * 1000,
    drainNoticeMs: value.DRAIN_NOTICE_SECONDS * 1000,
    oidc: oidcOf(value),
    provider: providerOf(value),
    levels: value.LEVELS_FILE ?? SHIPPED_LEVELS,
    keepEventsDays: value.EVENT_RETENTION_DAYS || null,
    workers: value.WORKERS,
    logLevel: value.LOG_LEVEL,
  });
}

/** The same environment with another database, and without a replica, which would be of the one that it names. */
export const readConfigFor = (url: string): Config =>
  readConfig({ ...process.env, DATABASE_URL: url, DATABASE_REPLICA_URL: undefined });

function providerOf(value: z.output<typeof ENVIRONMENT>): ProviderConfig {
  if (value.PROVIDER === "sandbox") return { kind: "sandbox", delayMs: value.SANDBOX_DELAY_SECONDS * 1000 };
  if (value.PROVIDER === "none" || !value.PROVIDER_URL || !value.PROVIDER_SECRET) return { kind: "none" };
  return {
    kind: "http",
    url: value.PROVIDER_URL,
    secrets: value.PROVIDER_SECRET,
    allowPrivate: value.PROVIDER_ALLOW_PRIVATE,
    timeoutMs: value.PROVIDER_TIMEOUT_SECONDS * 1000,
    silentAfterMs: value.PROVIDER_SILENT_HOURS * 3_600_000,
  };
}

/** Beside the file of the database; a server has no such place on this machine. */
const besideDatabase = (url: string): string =>
  join(url.startsWith("sqlite:") ? dirname(url.slice("sqlite:".length)) : ".data", "documents");

function oidcOf(value: z.output<typeof ENVIRONMENT>): Config["oidc"] {
  if (!value.OIDC_ISSUER || !value.OIDC_AUDIENCE) return null;
  const jwksUrl = value.OIDC_JWKS_URL ?? `${value.OIDC_ISSUER.replace(/\/$/, "")}/.well-known/jwks.json`;
  return { issuer: value.OIDC_ISSUER, audience: value.OIDC_AUDIENCE, jwksUrl };
}

/** Every variable with its description, for `--help`. */
export const configHelp = (): string =>
  Object.entries(ENVIRONMENT.shape)
    .map(([name, field]) => `  ${name.padEnd(24)} ${field.description ?? ""}`)
    .join("\n");
