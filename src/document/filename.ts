import type { Vault } from "../kernel/seal.js";
import type { Entity } from "../entity/entity.js";
import type { Document } from "./document.js";

/** The name under which a document came; empty once its entity's key is erased. */
export const filenameOf = (
  vault: Vault,
  entity: Pick<Entity, "wrappedKey"> | null,
  { id, sealedFilename }: Pick<Document, "id" | "sealedFilename">,
): string => (entity?.wrappedKey ? vault.open(entity.wrappedKey, id, sealedFilename) : "");
