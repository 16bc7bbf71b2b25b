import { canonical } from "../kernel/canonical.js";
import type { Id } from "../kernel/id.js";
import type { Rows } from "../kernel/reader.js";
import { parseStatement } from "../attestation/statement.js";
import { evaluate, type Evidence } from "../policy/evaluate.js";
import { requirementsOf, type Policy } from "../policy/policy.js";
import { assemble } from "./assemble.js";
import type { Certificate } from "./certificate.js";

/** A certificate that does not follow from its own evidence, and why. */
export interface Deviation {
  readonly certificateId: Id<"cert">;
  readonly what: string;
}

type Row = Pick<
  Certificate,
  "id" | "entityId" | "participantId" | "consentId" | "queryEventId" | "issuedAt" | "networkIds" | "jws"
> &
  Pick<Policy, "product" | "selection" | "requirements"> & {
    readonly policyId: Id<"pol">;
    readonly policyName: string;
    readonly policyVersion: number;
  };

type BlockRow = Omit<Evidence, "statement" | "revokedReason" | "disputedReason"> & { readonly statement: string };

const PAGE = 200;

/** Derives every certificate again, from its frozen policy and the attestations behind its blocks, and tells of each that differs by a byte. */
export async function* deviations(rows: Rows): AsyncGenerator<Deviation, number> {
  let after = "";
  for (let count = 0; ; ) {
    const page = await rows<{ id: string }>("select id from certificate where id > ? order by id limit ?", [
      after,
      PAGE,
    ]);
    yield* await deviationsAmong(
      rows,
      page.map(({ id }) => id),
    );
    count += page.length;
    if (page.length < PAGE) return count;
    after = page.at(-1)!.id;
  }
}

/** The same for some certificates: two statements, however many. */
export async function deviationsAmong(rows: Rows, ids: readonly string[]): Promise<Deviation[]> {
  const found = await rows<Row>(
    `select c.id, c.entity_id as "entityId", c.participant_id as "participantId", c.consent_id as "consentId",
            c.query_event_id as "queryEventId", c.issued_at as "issuedAt", c.network_ids as "networkIds", c.jws,
            p.id as "policyId", p.name as "policyName", p.version as "policyVersion", p.product, p.selection, p.requirements
       from certificate c join policy p on p.id = c.policy_id where c.id in ?? order by c.id`,
    [ids],
  );
  const blocks = await blocksOf(rows, ids);
  return found.flatMap((row) => {
    const what = deviationOf(row, blocks.get(row.id) ?? []);
    return what ? [{ certificateId: row.id, what }] : [];
  });
}

async function blocksOf(rows: Rows, ids: readonly string[]): Promise<Map<string, Evidence[]>> {
  const found = await rows<BlockRow & { certificateId: string }>(
    `select b.certificate_id as "certificateId", b.network_id as "networkId", a.id as "attestationId", a.kind,
            a.furnisher_id as "furnisherId", a.performed_at as "performedAt", a.statement, a.content_hash as "contentHash"
       from certificate_block b join attestation a on a.id = b.attestation_id
      where b.certificate_id in ?? order by b.certificate_id, b.position`,
    [ids],
  );
  const blocks = new Map<string, Evidence[]>();
  for (const { certificateId, statement, ...row } of found) {
    const evidence = { ...row, statement: parseStatement(statement), revokedReason: null, disputedReason: null };
    blocks.set(certificateId, [...(blocks.get(certificateId) ?? []), evidence]);
  }
  return blocks;
}

/** What the certificate says must be what follows, as of its issue, from its policy and its evidence. */
function deviationOf(row: Row, evidence: readonly Evidence[]): string | null {
  const { satisfied, chosen } = evaluate(
    {
      requirements: requirementsOf(row),
      selection: row.selection,
      consented: null,
      furnishers: null,
      excluded: new Set(),
      acceptsDisputed: true,
      at: row.issuedAt,
    },
    evidence,
  );
  if (!satisfied) return "Its evidence does not satisfy its policy.";
  const iss = issuerOf(row.jws);
  if (iss === null) return "What was signed cannot be read.";
  const document = assemble(
    {
      iss,
      certificate: row.id,
      queryEvent: row.queryEventId,
      querier: row.participantId,
      issuedAt: row.issuedAt,
    },
    {
      consent: { id: row.consentId, entityId: row.entityId },
      policy: { id: row.policyId, name: row.policyName, version: row.policyVersion, product: row.product },
      networkIds: row.networkIds.split(" ") as Id<"net">[],
    },
    chosen,
  );
  return canonical(document) === payloadOf(row.jws) ? null : "What was signed is not what follows from its evidence.";
}

const payloadOf = (jws: string): string => Buffer.from(jws.split(".")[1] ?? "", "base64url").toString();

/** Who issued it, in its own words; null where there are none. */
function issuerOf(jws: string): string | null {
  try {
    return (JSON.parse(payloadOf(jws)) as { iss: string }).iss;
  } catch {
    return null;
  }
}
