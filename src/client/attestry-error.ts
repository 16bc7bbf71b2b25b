/** An error as a gateway writes it. */
export interface GatewayError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** What a gateway refused, or why it ended a stream: `code` says what to do, `reason` why, where there are several. */
export class AttestryError extends Error {
  override readonly name: string = "AttestryError";
  readonly code: string;
  readonly reason: string | null;
  /** How long to wait before it is worth while to ask again; null where the gateway did not say. */
  readonly retryAfterMs: number | null;
  /** Everything that the gateway said, such as `validationDetails` in the extensions. */
  readonly errors: readonly GatewayError[];

  constructor(errors: readonly GatewayError[]) {
    const { message = "The gateway refused without a word.", extensions = {} } = errors[0] ?? {};
    super(message);
    this.code = textOr(extensions["code"], "UNKNOWN");
    this.reason = textOr(extensions["reason"], null);
    this.retryAfterMs = typeof extensions["retryAfterMs"] === "number" ? extensions["retryAfterMs"] : null;
    this.errors = errors;
  }
}

const textOr = <Other>(value: unknown, other: Other): string | Other => (typeof value === "string" ? value : other);

/** An error of one code, in words of our own. */
export const coded = (code: string, message: string, reason?: string): AttestryError =>
  new AttestryError([{ message, extensions: { code, ...(reason ? { reason } : {}) } }]);
