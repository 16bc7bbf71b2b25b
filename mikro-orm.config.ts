import { ormConfig } from "./src/store/sqlite.js";

/** For the migration generator alone: it compares the tables in code with the snapshot beside the migrations. */
export default ormConfig(":memory:");
