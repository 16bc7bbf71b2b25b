import type { CertificateDocument } from "../../src/certificate/assemble.js";
import { Certificate, QueryEvent } from "../../src/certificate/certificate.js";
import { checkCoverage, type Coverage } from "../../src/certificate/coverage.js";
import type { Ask } from "../../src/certificate/gather.js";
import { queryCertificate, type QueryCertificate } from "../../src/certificate/query.js";
import { publicKeys, verifyCertificate } from "../../src/certificate/sign.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import type { Id } from "../../src/kernel/id.js";
import type { Rows } from "../../src/kernel/reader.js";
import { columns } from "../../src/kernel/table.js";
import { createPolicy, type CreatePolicy, type RequirementInput } from "../../src/policy/create.js";
import type { RequirementResult } from "../../src/policy/evaluate.js";
import { publishPolicy } from "../../src/policy/publish.js";
import type { SubProductKind } from "../../src/attestation/sub-product.js";
import {
  ALL_KINDS,
  givenConsent,
  givenFurnished,
  givenRegistered,
  givenWorld,
  record,
  type Party,
  type World,
} from "./given.js";
import type { TestOptions } from "./app.js";

export const ISSUER = "https://gateway.example";

/** A world in which the fintech may ask about Ada, of whom the vendor has attested some kinds: all, where none are named. */
export interface Ready extends World {
  readonly consentId: Id<"con">;
  readonly entityId: Id<"ent">;
  /** What the vendor furnished, by kind. */
  readonly attestations: ReadonlyMap<SubProductKind, Id<"att">>;
  readonly ask: Ask;
}

export async function givenReady(
  kinds: readonly SubProductKind[] = ALL_KINDS,
  options: TestOptions = {},
): Promise<Ready> {
  const world = await givenWorld(options);
  const { fintech, vendor, network } = world;
  const attestations = kinds.length > 0 ? await givenFurnished(vendor, [network], [record(kinds)]) : new Map();
  const entityId = await givenRegistered(fintech);
  const consentId = await givenConsent(fintech, network);
  return { ...world, entityId, consentId, attestations, ask: { consentId, networkIds: [network], product: "KYC" } };
}

/** A published policy of the bank's with these requirements. */
export const givenPolicy = (
  bank: Party,
  networkId: string,
  requirements: readonly RequirementInput[],
  over: Partial<CreatePolicy> & { readonly isDefault?: boolean } = {},
): Promise<Id<"pol">> => {
  const { isDefault = false, ...rest } = over;
  return bank.commit(async (write) => {
    const policyId = await createPolicy(write, {
      networkId,
      name: "Own",
      product: "KYC",
      selection: "OLDEST",
      requirements,
      ...rest,
    });
    await write.flush();
    return publishPolicy(write, { policyId, isDefault });
  });
};

/** What a query came to, whole. */
export interface Queried {
  readonly event: QueryEvent;
  readonly results: readonly RequirementResult[];
  readonly certificate: Certificate | null;
  /** What the certificate's signature covers, verified. */
  readonly document: CertificateDocument | null;
  readonly replayed: boolean;
}

export const query = (party: Party, input: QueryCertificate): Promise<{ queryEventId: Id<"qev">; replayed: boolean }> =>
  party.commit((write) => queryCertificate(write, input, ISSUER));

export const coverage = (party: Party, input: Ask): Promise<Coverage> =>
  party.commit((write) => checkCoverage(write, input));

export const certificateOf = async (rows: Rows, id: string): Promise<Certificate> => {
  const [row] = await rows<Certificate>(`select ${columns(Certificate, "c")} from certificate c where c.id = ?`, [id]);
  if (!row) throw new Error(`There is no certificate ${id}.`);
  return row;
};

/** Asks for a certificate and reads back everything that came of it. */
export async function queried(party: Party, input: QueryCertificate): Promise<Queried> {
  const { queryEventId, replayed } = await query(party, input);
  const { rows } = party.read;
  const [event] = await rows<QueryEvent>(`select ${columns(QueryEvent, "q")} from query_event q where q.id = ?`, [
    queryEventId,
  ]);
  if (!event) throw new Error("The query left no event.");
  const certificate = event.certificateId ? await certificateOf(rows, event.certificateId) : null;
  const document = certificate && (await verifyCertificate(certificate.jws, await publicKeys(rows)));
  return { event, results: JSON.parse(event.requirements) as RequirementResult[], certificate, document, replayed };
}

/** The facts in the log, in their order, as one participant's view or as everybody's. */
export const factsIn = (rows: Rows, participantId?: string) =>
  rows<{
    participantId: string;
    type: string;
    subjectId: string;
    fromStatus: string | null;
    toStatus: string | null;
    reason: string | null;
  }>(
    `select participant_id as "participantId", type, subject_id as "subjectId", from_status as "fromStatus", to_status as "toStatus", reason
       from event where participant_id = coalesce(?, participant_id) order by seq`,
    [participantId ?? null],
  );

export const operate = ({ app }: World) => app.commitAs(OPERATOR);
