/** Headers by name in lower case. */
export type Headers = Readonly<Record<string, string>>;

const EVERYWHERE: Headers = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
  "cross-origin-opener-policy": "same-origin",
};

const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** The playground works from its own files alone: its editor wants a worker, inline styles and a font in the style sheet. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export const DATA_HEADERS: Headers = { ...EVERYWHERE, "content-security-policy": DATA_POLICY };
export const PAGE_HEADERS: Headers = { ...EVERYWHERE, "content-security-policy": PAGE_POLICY };

export const NO_STORE: Headers = { "cache-control": "no-store" };

const CORS_METHODS = "GET, POST";
const CORS_REQUEST_HEADERS = "authorization, content-type, x-request-id, apollo-require-preflight";
const CORS_ANSWER_HEADERS = "x-request-id, retry-after";
const CORS_MAX_AGE_SECONDS = 600;

/** What a browser is told about an origin: nothing unless it is one of those that were configured. */
export function corsHeaders(origin: string | undefined, allowed: readonly string[]): Headers {
  if (allowed.length === 0) return {};
  if (origin === undefined || !allowed.includes(origin)) return { vary: "origin" };
  return {
    vary: "origin",
    "access-control-allow-origin": origin,
    "access-control-expose-headers": CORS_ANSWER_HEADERS,
  };
}

export const PREFLIGHT_HEADERS: Headers = {
  "access-control-allow-methods": CORS_METHODS,
  "access-control-allow-headers": CORS_REQUEST_HEADERS,
  "access-control-max-age": String(CORS_MAX_AGE_SECONDS),
};
