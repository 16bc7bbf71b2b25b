import { fileURLToPath } from "node:url";

/** Where the migrations of one kind of database lie. */
export const migrationsOf = (kind: "postgres" | "sqlite"): string =>
  fileURLToPath(new URL(`../migration/${kind}`, import.meta.url));

/** How the ORM takes them. Only the generator keeps the snapshot: a gateway writes nothing beside its sources. */
export const migrationOptions = (path: string, snapshot: boolean) => ({
  path,
  pathTs: path,
  glob: "!(*.d).{js,ts}",
  snapshotName: ".snapshot",
  snapshot,
  emit: "ts" as const,
  transactional: true,
});
