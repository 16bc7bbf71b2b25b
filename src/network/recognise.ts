import { Failure } from "../kernel/failure.js";
import type { Writer } from "../kernel/reader.js";
import type { Vault } from "../kernel/seal.js";
import { Installation } from "./installation.js";

const ID = "installation";

/**
 * Refuses to work on a database that was made with other secrets: a wrong master key could open nobody's data, and a wrong index
 * key would make a second entity of everybody. Refuses the sandbox on a database that is none, where it would pass everybody, and
 * anything else on one that it made. The first time, it remembers them.
 */
export async function recognise(write: Writer, sandbox: boolean): Promise<void> {
  const known = await write.em.findOne(Installation, ID);
  if (!known) return remember(write, sandbox);
  requireSecrets(write.vault, known);
  if ((known.sandbox === 1) !== sandbox)
    throw new Failure(
      "CONFLICT",
      sandbox
        ? "This database is no sandbox: PROVIDER=sandbox would pass everybody in it. Take another; `attestry demo --fresh` makes a new one."
        : "This database was made by the sandbox, and nothing in it was ever checked: set PROVIDER=sandbox, or take another.",
    );
}

/** Refuses secrets that an installation was not made with. */
export function requireSecrets(
  vault: Vault,
  known: Pick<Installation, "wrappedKey" | "sealedMark" | "fingerprint">,
): void {
  const wrong = [
    ...(opens(vault, known) ? [] : ["ATTESTRY_MASTER_KEY"]),
    ...(known.fingerprint === vault.fingerprint("INSTALLATION", ID) ? [] : ["ATTESTRY_INDEX_KEY"]),
  ];
  if (wrong.length > 0)
    throw new Failure("CONFLICT", `This database was made with another ${wrong.join(" and another ")}.`);
}

function remember(write: Writer, sandbox: boolean): void {
  const wrappedKey = write.vault.newKey();
  write.em.create(Installation, {
    id: ID,
    wrappedKey,
    sealedMark: write.vault.seal(wrappedKey, ID, ID),
    fingerprint: write.vault.fingerprint("INSTALLATION", ID),
    createdAt: write.now,
    sandbox: sandbox ? 1 : 0,
  });
}

function opens(vault: Vault, { wrappedKey, sealedMark }: Pick<Installation, "wrappedKey" | "sealedMark">): boolean {
  try {
    return vault.open(wrappedKey, ID, sealedMark) === ID;
  } catch {
    return false;
  }
}
