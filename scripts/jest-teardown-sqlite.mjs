import { rmSync } from "node:fs";

/** Takes away the databases of the run. */
export default function teardown() {
  rmSync(process.env.ATTESTRY_TEST_FOLDER, { recursive: true, force: true });
}
