import { postgresConfig } from "./src/store/postgres/postgres.js";
import { sqliteConfig } from "./src/store/sqlite.js";

const url = process.env["DATABASE_URL"] ?? "";

/**
 * For the migration generator alone: it compares the tables in code with the snapshot beside the migrations, those of PostgreSQL where
 * `DATABASE_URL` is one, else those of SQLite. A change of the tables needs one migration for each.
 */
export default url.startsWith("postgres") ? postgresConfig(url) : sqliteConfig(":memory:");
