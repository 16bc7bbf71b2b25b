// The same schema behind the same server as `attestry start`, with the plain loaders. Started by the benchmark alone.
import { createApp } from "../src/app.js";
import { publicKeys } from "../src/certificate/sign.js";
import { readConfig } from "../src/config.js";
import { createSchema } from "../src/graph/schema.js";
import type { Actor } from "../src/kernel/actor.js";
import { listen } from "../src/server/http.js";
import { createPlainBatch, createPlainLoad } from "./plain.js";

const config = readConfig();
await using app = await createApp(config);
const context = (actor: Actor) => {
  const batch = createPlainBatch();
  const usual = app.context(actor);
  return { ...usual, batch, load: createPlainLoad(usual.read, app.store.orm.em.fork(), batch) };
};
const server = await listen({
  schema: createSchema(),
  settings: config,
  log: app.log,
  authenticate: app.authenticate,
  context,
  ready: () => app.store.ready(),
  jwks: () => publicKeys(app.store.rows),
  playground: null,
});
app.log.info({ url: server.url }, "listening");
await new Promise<void>((resolve) => void process.once("SIGTERM", () => resolve()));
await server.close();
