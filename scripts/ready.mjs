// Ends with 0 when the gateway in this container would take a request: what HEALTHCHECK runs, for the image has no curl.
const { PORT } = process.env;
const response = await fetch(`http://127.0.0.1:${PORT || 4000}/ready`, { signal: AbortSignal.timeout(4_000) }).catch(
  () => null,
);
process.exit(response?.ok ? 0 : 1);
