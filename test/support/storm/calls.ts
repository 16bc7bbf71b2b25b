import type { SubProductKind } from "../../../src/attestation/sub-product.js";
import type { Id } from "../../../src/kernel/id.js";
import { jsonLines, recordAt } from "../bulk.js";
import { ssnOf } from "../crowd.js";
import { business, individual, record, type Party } from "../given.js";
import * as operations from "../operation.js";
import * as verifying from "../verify-operation.js";
import { READ_PAGE, DISPUTE, SETTLE } from "./documents.js";
import type { Dice } from "./dice.js";
import { insist, insistOnUpload, type Line, type Told } from "./insist.js";
import type { Ledger } from "./ledger.js";

/** People whom everybody knows, and whom everybody writes about at the same time. */
export const SHARED_PEOPLE = 24;
export const sharedHandle = (number: number): string => `person-${number}`;

/** One client: who it is, and what it remembers of its own doing. */
export interface Client {
  readonly number: number;
  readonly party: Party;
  readonly network: Id<"net">;
  readonly line: Line;
  readonly dice: Dice;
  readonly ledger: Ledger;
  /** Consents for the people whom everybody knows. */
  readonly consents: readonly string[];
  readonly own: {
    count: number;
    readonly people: string[];
    readonly attestations: string[];
    readonly consents: string[];
    business: string | null;
    readonly members: string[];
  };
}

export type Call = (client: Client) => Promise<void>;

const nextKey = ({ number, own }: Client): string => `c${number}-${(own.count += 1)}`;

const KINDS: readonly SubProductKind[] = [
  "ADDRESS_CAPTURE",
  "LIVENESS_REVIEW",
  "DOCUMENT_CAPTURE",
  "BIOMETRIC_CAPTURE",
];

const personRecord = (number: number, kinds: readonly SubProductKind[]) => ({
  ...record(kinds),
  firstName: "Kim",
  lastName: "Storm",
  socialSecurityNumber: ssnOf(number),
});

const does = <Data>(
  { line, party }: Client,
  kind: string,
  document: Parameters<typeof insist<Data>>[3],
  input: object,
): Promise<Told<Data>> => insist(line, kind, party.token, document, { input });

/** On a repeat, what was done before may be refused as having been done: then it is done. */
const isDone = (told: Told<unknown>, ...codes: readonly string[]): boolean =>
  told.kind === "DONE" || (told.tries > 1 && codes.includes(told.code));

const furnish: Call = async (me) => {
  const { dice, ledger, own, network } = me;
  const from = 1 + dice.below(SHARED_PEOPLE - 2);
  const records = Array.from({ length: 1 + dice.below(3) }, (_, index) =>
    personRecord(from + index, [dice.pick(KINDS)]),
  );
  const input = { networkIds: [network], records, idempotencyKey: nextKey(me) };
  const told = await does(me, "furnish", operations.FURNISH, input);
  if (told.kind !== "DONE") return;
  const { submissionId, attestations } = told.data.furnishKyc;
  const attestationIds = attestations.map(({ id }) => id);
  ledger.submissions.push({ id: submissionId, attestationIds });
  own.attestations.push(...attestationIds);
  if (dice.next() > 0.2) return;
  const again = await does(me, "furnish again", operations.FURNISH, input);
  if (again.kind === "DONE" && again.data.furnishKyc.submissionId !== submissionId)
    throw new Error(`The key ${input.idempotencyKey} answered ${submissionId}, and then another.`);
};

const query: Call = async (me) => {
  const { dice, ledger, network, consents } = me;
  const input = { consentId: dice.pick(consents), networkIds: [network], idempotencyKey: nextKey(me) };
  const told = await does(me, "query", operations.QUERY, input);
  if (told.kind !== "DONE") return;
  const { queryEvent, certificate } = told.data.queryCertificate;
  const { id, charged, price } = queryEvent;
  ledger.queries.push({ id, charged, price, certificateId: certificate?.id ?? null });
  if (dice.next() > 0.2) return;
  const again = await does(me, "query again", operations.QUERY, input);
  if (again.kind === "DONE" && again.data.queryCertificate.queryEvent.id !== id)
    throw new Error(`The key ${input.idempotencyKey} answered ${id}, and then another.`);
};

const register: Call = async (me) => {
  const { number, dice, ledger, own, party } = me;
  const handle = `own-${nextKey(me)}`;
  // Some are one person to several: they become one entity.
  const ssn = dice.next() < 0.3 ? ssnOf(2_000 + dice.below(40)) : ssnOf(3_000 + number * 100 + (own.count % 100));
  const told = await does(me, "register", operations.REGISTER, individual({ handle, socialSecurityNumber: ssn }));
  if (told.kind !== "DONE") return;
  own.people.push(handle);
  ledger.entities.push({ participantId: party.id, handle, id: told.data.registerIndividual.individual.id });
};

const amend: Call = async (me) => {
  const { number, ledger, party } = me;
  // Each client keeps to one of the people: what it said last is what has to stand.
  const handle = sharedHandle(1 + (number % SHARED_PEOPLE));
  if (number >= SHARED_PEOPLE) return register(me);
  const email = `${nextKey(me)}@example.com`;
  const facts = individual({ handle, socialSecurityNumber: ssnOf(1 + (number % SHARED_PEOPLE)), email });
  const told = await does(me, "amend", operations.REGISTER, facts);
  if (told.kind === "DONE") ledger.emails.set(`${party.id} ${handle}`, { participantId: party.id, handle, email });
};

const verify: Call = async (me) => {
  const { dice, ledger, own } = me;
  const handle = own.people.pop();
  if (!handle) return register(me);
  const input = { handle, idempotencyKey: nextKey(me) };
  const told = await does(me, "verify", verifying.REQUEST, input);
  if (told.kind !== "DONE") return;
  const { id } = told.data.requestVerification.verification;
  ledger.runs.push(id);
  if (dice.next() > 0.2) return;
  const again = await does(me, "verify again", verifying.REQUEST, input);
  if (again.kind === "DONE" && again.data.requestVerification.verification.id !== id)
    throw new Error(`The key ${input.idempotencyKey} answered ${id}, and then another.`);
};

const consent: Call = async (me) => {
  const { dice, ledger, own, network } = me;
  const handle = sharedHandle(1 + dice.below(SHARED_PEOPLE));
  const input = { networkId: network, handle, purpose: `account ${nextKey(me)}`, subjectConsented: true };
  const told = await does(me, "consent", operations.RECORD_CONSENT, input);
  if (told.kind !== "DONE") return;
  const { id } = told.data.recordConsent.consent;
  own.consents.push(id);
  ledger.consents.push(id);
  if (dice.next() > 0.2) return;
  const again = await does(me, "consent again", operations.RECORD_CONSENT, input);
  if (again.kind === "DONE" && again.data.recordConsent.consent.id !== id)
    throw new Error(`The consent for ${input.purpose} was ${id}, and then another.`);
};

const withdraw: Call = async (me) => {
  const { ledger, own } = me;
  const consentId = own.consents.pop();
  if (!consentId) return consent(me);
  const told = await does(me, "withdraw", operations.WITHDRAW_CONSENT, { consentId });
  if (told.kind === "DONE") ledger.withdrawn.push(consentId);
};

const revoke: Call = async (me) => {
  const { ledger, own } = me;
  const attestationId = own.attestations.pop();
  if (!attestationId) return furnish(me);
  const told = await does(me, "revoke", operations.REVOKE, { attestationId, reason: "Taken back." });
  if (told.kind === "DONE") ledger.revoked.push(attestationId);
};

const dispute: Call = async (me) => {
  const { dice, ledger, own } = me;
  const attestationId = own.attestations.pop();
  if (!attestationId) return furnish(me);
  const raised = await does(me, "dispute", DISPUTE, { attestationId, reason: "In doubt." });
  if (!isDone(raised, "CONFLICT", "ILLEGAL_TRANSITION")) return;
  ledger.disputes.push(attestationId);
  if (dice.next() < 0.3) return;
  const ended = await does(me, "settle", SETTLE, { attestationId, outcome: "UPHELD", reason: "It stands." });
  if (isDone(ended, "CONFLICT", "ILLEGAL_TRANSITION", "NOT_FOUND")) ledger.settled.push(attestationId);
};

const member: Call = async (me) => {
  const { number, dice, ledger, own } = me;
  if (!own.business) {
    const handle = `firm-${number}`;
    const ein = `12-${String(3_000_000 + number).padStart(7, "0")}`;
    const told = await does(me, "business", verifying.REGISTER_BUSINESS, business({ handle, ein }));
    if (told.kind === "DONE") own.business = handle;
    return;
  }
  const memberHandle = own.members.length > 0 && dice.next() < 0.4 ? own.members.pop() : undefined;
  if (memberHandle) {
    const parts = { businessHandle: own.business, memberHandle, role: "ADMINISTRATOR" };
    const told = await does(me, "unlink", verifying.UNLINK, parts);
    if (isDone(told, "NOT_FOUND", "CONFLICT")) ledger.unlinked.push(parts);
    return;
  }
  const handle = sharedHandle(1 + dice.below(SHARED_PEOPLE));
  if (own.members.includes(handle)) return;
  const parts = { businessHandle: own.business, memberHandle: handle, role: "ADMINISTRATOR" };
  const told = await does(me, "link", verifying.LINK, parts);
  if (told.kind === "DONE") ledger.members.push(told.data.linkMember.member.id);
  if (isDone(told, "CONFLICT")) own.members.push(handle);
};

const LINES = 120;

const upload: Call = async (me) => {
  const { number, ledger, line, party, network } = me;
  const key = nextKey(me);
  const lines = jsonLines(
    Array.from({ length: LINES }, (_, index) => recordAt((number * 13 + index) % 400, ["ADDRESS_CAPTURE"])),
  );
  const search = new URLSearchParams({ network, key }).toString();
  const told = await insistOnUpload(line, party.token, search, lines);
  if (told.kind !== "DONE") return;
  const { id, state, attestations, bad } = told.data;
  if (state !== "DONE" || bad > 0 || attestations !== LINES)
    throw new Error(`An upload ended as ${JSON.stringify(told.data)}.`);
  ledger.uploads.push({ id, attestations });
};

const read: Call = async ({ dice, line, party }) => {
  await insist(line, "read", party.token, READ_PAGE, { handle: sharedHandle(1 + dice.below(SHARED_PEOPLE)) });
};

/** What each of them does, and how often. */
const FURNISHERS: readonly (readonly [number, Call])[] = [
  [24, furnish],
  [8, revoke],
  [6, dispute],
  [2, upload],
];
const QUERIERS: readonly (readonly [number, Call])[] = [
  [24, query],
  [10, consent],
  [8, withdraw],
];
const ANYBODY: readonly (readonly [number, Call])[] = [
  [10, register],
  [5, amend],
  [14, verify],
  [8, member],
  [10, read],
];

export const callsOf = (roles: { readonly furnishes: boolean; readonly queries: boolean }) => [
  ...(roles.furnishes ? FURNISHERS : []),
  ...(roles.queries ? QUERIERS : []),
  ...ANYBODY,
];
