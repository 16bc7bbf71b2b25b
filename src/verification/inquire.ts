import type { Id } from "../kernel/id.js";
import type { Rows } from "../kernel/reader.js";
import type { Vault } from "../kernel/seal.js";
import { columns } from "../kernel/table.js";
import type { Document } from "../document/document.js";
import type { EntityType } from "../entity/entity.js";
import type { BusinessFacts, IndividualFacts } from "../entity/facts.js";
import type { Inquiry } from "./provider.js";
import { Verification } from "./verification.js";

/** A run with everything that is needed to ask about it and to judge the answer. */
export interface Case {
  readonly run: Verification;
  /** Null where what was registered cannot be read. */
  readonly inquiry: Inquiry | null;
  readonly unreadable: "ENTITY_ERASED" | "FACTS_UNREADABLE" | null;
}

interface Facts {
  readonly verificationId: string;
  readonly entityType: EntityType;
  readonly wrappedKey: string | null;
  readonly sealedFacts: string;
}

/** The cases of these runs, in a constant number of statements. Says only what was registered when each was asked for. */
export async function casesOf(rows: Rows, vault: Vault, ids: readonly Id<"ver">[]): Promise<Map<string, Case>> {
  if (ids.length === 0) return new Map();
  const runs = await rows<Verification>(`select ${columns(Verification, "v")} from verification v where v.id in ??`, [
    ids,
  ]);
  const facts = await rows<Facts>(
    `select v.id as "verificationId", e.entity_type as "entityType", e.wrapped_key as "wrappedKey", r.sealed_facts as "sealedFacts"
       from verification v join entity e on e.id = v.entity_id join registration r on r.id = v.registration_id where v.id in ??`,
    [ids],
  );
  const documents = Map.groupBy(
    await rows<Document>(
      `select id, verification_id as "verificationId", document_type as "documentType", mime_type as "mimeType", sha256,
              received_at as "receivedAt" from document where verification_id in ?? order by received_at, id`,
      [ids],
    ),
    ({ verificationId }) => verificationId,
  );
  const officers = facts.some(({ entityType }) => entityType === "BUSINESS")
    ? await officersOf(rows, vault, ids)
    : new Map<string, Named[]>();
  const factsOf = new Map(facts.map((row) => [row.verificationId, row]));
  return new Map(
    runs.map((run) => {
      const subject = subjectOf(vault, run, factsOf.get(run.id)!, officers.get(run.id) ?? []);
      return [
        run.id,
        typeof subject === "string"
          ? { run, inquiry: null, unreadable: subject }
          : { run, inquiry: inquiryOf(run, subject, documents.get(run.id) ?? []), unreadable: null },
      ];
    }),
  );
}

const inquiryOf = (run: Verification, subject: Inquiry["subject"], documents: readonly Document[]): Inquiry => ({
  verificationId: run.id,
  kycLevel: run.kycLevel,
  attempt: run.attempt,
  requestedAt: run.requestedAt,
  subject,
  documents: documents.map(({ id, documentType, mimeType, sha256, receivedAt }) => ({
    id,
    documentType,
    mimeType,
    sha256,
    receivedAt,
  })),
});

function subjectOf(
  vault: Vault,
  run: Verification,
  { entityType, wrappedKey, sealedFacts }: Facts,
  officers: readonly Named[],
): Inquiry["subject"] | NonNullable<Case["unreadable"]> {
  if (!wrappedKey) return "ENTITY_ERASED";
  const facts = opened(vault, wrappedKey, run.entityId, sealedFacts);
  if (facts === null) return "FACTS_UNREADABLE";
  return entityType === "BUSINESS"
    ? { entityType, facts: facts as BusinessFacts, officers }
    : { entityType, facts: facts as IndividualFacts };
}

/** What was sealed; null where it does not open: that concerns one run, and must not hold up those beside it. */
function opened(vault: Vault, wrappedKey: string, entityId: string, sealed: string): unknown {
  try {
    return JSON.parse(vault.open(wrappedKey, entityId, sealed));
  } catch {
    return null;
  }
}

interface Named {
  readonly firstName: string;
  readonly lastName: string;
}

const MAX_OFFICERS = 100;

/** Who controls each business of these runs, as its participant registered them. */
async function officersOf(rows: Rows, vault: Vault, ids: readonly Id<"ver">[]): Promise<Map<string, Named[]>> {
  const found = await rows<{
    verificationId: string;
    entityId: string;
    wrappedKey: string | null;
    sealedFacts: string;
  }>(
    `select v.id as "verificationId", e.id as "entityId", e.wrapped_key as "wrappedKey", r.sealed_facts as "sealedFacts"
       from verification v
       join member m on m.participant_id = v.participant_id and m.business_id = v.entity_id and m.unlinked_at is null
                    and m.role = 'CONTROLLING_OFFICER'
       join entity e on e.id = m.entity_id
       join registration r on r.entity_id = e.id and r.participant_id = v.participant_id and r.superseded_at is null
      where v.id in ?? and r.handle is not null order by m.id`,
    [ids],
  );
  const officers = new Map<string, Named[]>();
  for (const { verificationId, entityId, wrappedKey, sealedFacts } of found) {
    const named = officers.get(verificationId) ?? [];
    if (wrappedKey && named.length < MAX_OFFICERS)
      officers.set(verificationId, [...named, ...nameIn(opened(vault, wrappedKey, entityId, sealedFacts))]);
  }
  return officers;
}

/** Of everything that was registered, the name alone. */
function nameIn(facts: unknown): Named[] {
  const { firstName, lastName } = (facts ?? {}) as Partial<Named>;
  return firstName && lastName ? [{ firstName, lastName }] : [];
}
