import { Failure } from "../../src/kernel/failure.js";

/** The code and paths with which a verb refuses; fails where it does not refuse. */
export async function refusal(
  work: Promise<unknown>,
): Promise<{ code: string; paths: readonly string[]; message: string }> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {
      code: error.code,
      paths: (error.details.validationDetails ?? []).map(({ path }) => path),
      message: error.message,
    };
  }
  throw new Error("It was not refused.");
}
