import { z } from "zod";

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

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "silent"] as const;

const ENVIRONMENT = z
  .object({
    DATABASE_URL: z
      .string()
      .regex(/^sqlite:(?!:memory:).+/, "Must be sqlite: and the path of a file.")
      .default("sqlite:.data/attestry.sqlite")
      .describe("Where data is kept: `sqlite:` and the path of a file."),
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
    OIDC_ISSUER: address.optional().describe("Accepts JWTs of staff from this issuer."),
    OIDC_AUDIENCE: z.string().min(1).optional().describe("The audience that those JWTs must name."),
    OIDC_JWKS_URL: address
      .optional()
      .describe("Where the issuer's public keys are; by default the issuer's /.well-known/jwks.json."),
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
  });

export interface Config {
  readonly databasePath: string;
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
  readonly oidc: { readonly issuer: string; readonly audience: string; readonly jwksUrl: string } | null;
  readonly logLevel: string;
}

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
    databasePath: value.DATABASE_URL.slice("sqlite:".length),
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
    oidc: oidcOf(value),
    logLevel: value.LOG_LEVEL,
  });
}

function oidcOf(value: z.output<typeof ENVIRONMENT>): Config["oidc"] {
  if (!value.OIDC_ISSUER || !value.OIDC_AUDIENCE) return null;
  const jwksUrl = value.OIDC_JWKS_URL ?? `${value.OIDC_ISSUER.replace(/\/$/, "")}/.well-known/jwks.json`;
  return { issuer: value.OIDC_ISSUER, audience: value.OIDC_AUDIENCE, jwksUrl };
}

/** Every variable with its description, for `--help`. */
export const configHelp = (): string =>
  Object.entries(ENVIRONMENT.shape)
    .map(([name, field]) => `  ${name.padEnd(20)} ${field.description ?? ""}`)
    .join("\n");
