import { Failure } from "../kernel/failure.js";
import type { Writer } from "../kernel/reader.js";
import { Installation } from "./installation.js";

const ID = "installation";

/**
 * Refuses to work on a database that was made with other secrets: a wrong master key could open nobody's data, and a wrong index
 * key would make a second entity of everybody. The first time, it remembers them.
 */
export async function recognise(write: Writer): Promise<void> {
  const { vault } = write;
  const known = await write.em.findOne(Installation, ID);
  if (!known) return remember(write);
  const wrong = [
    ...(opens(write, known) ? [] : ["ATTESTRY_MASTER_KEY"]),
    ...(known.fingerprint === vault.fingerprint("INSTALLATION", ID) ? [] : ["ATTESTRY_INDEX_KEY"]),
  ];
  if (wrong.length > 0)
    throw new Failure("CONFLICT", `This database was made with another ${wrong.join(" and another ")}.`);
}

function remember(write: Writer): void {
  const wrappedKey = write.vault.newKey();
  write.em.create(Installation, {
    id: ID,
    wrappedKey,
    sealedMark: write.vault.seal(wrappedKey, ID, ID),
    fingerprint: write.vault.fingerprint("INSTALLATION", ID),
    createdAt: write.now,
  });
}

function opens({ vault }: Writer, { wrappedKey, sealedMark }: Installation): boolean {
  try {
    return vault.open(wrappedKey, ID, sealedMark) === ID;
  } catch {
    return false;
  }
}
