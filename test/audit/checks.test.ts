import { CHECKS } from "../../src/audit/checks.js";
import { audited, faultsIn, tamper } from "../support/audited.js";
import { BANK, FINTECH, VENDOR, givenBusy, opened, type Busy } from "./given-busy.js";

let busy: Busy;

beforeAll(async () => {
  busy = await givenBusy();
});

/** The first of some rows, by what is true of it. */
const first = (table: string, where: string, id = "id"): string =>
  `(select ${id} from ${table} where ${where} order by ${id} limit 1)`;

/** Another event like the first of its type. */
const again = (type: string): string =>
  `insert into event (participant_id, entity_id, type, subject_id, from_status, to_status, reason, occurred_at)
   select participant_id, entity_id, type, subject_id, from_status, to_status, reason, occurred_at from event
    where seq = (select min(seq) from event where type = '${type}')`;

const lost = (type: string): string =>
  `delete from event where seq = (select max(seq) from event where type = '${type}')`;

/** The same row of a table but for some columns, which are given as SQL. */
const copied = (
  table: string,
  columns: readonly string[],
  other: Readonly<Record<string, string>>,
  where: string,
): string =>
  `insert into ${table} (${columns.join(", ")}) select ${columns.map((name) => other[name] ?? name).join(", ")} from ${table} where ${where} limit 1`;

const ATTESTATION =
  "id submission_id entity_id furnisher_id kind performed_at furnished_at statement content_hash sealed_values".split(
    " ",
  );
const RUN =
  "id entity_id participant_id registration_id kyc_level status attempt reasons tags requested_at updated_at".split(
    " ",
  );
const KEY = "participant_id verb key body_hash result_id created_at".split(" ");
const CONSENT = "id entity_id participant_id network_id purpose kinds granted_at expires_at withdrawn_at".split(" ");
const REGISTRATION =
  "id entity_id participant_id handle version sealed_facts facts_fingerprint created_at superseded_at".split(" ");

const NEW = (prefix: string): string => `'${prefix}_00000000000000000000099999'`;

/** What is done to the books, by which check it shows, and what that says of it. */
type Tampering = readonly [what: string, check: string, says: RegExp, ...statements: string[]];

const PEOPLE: readonly Tampering[] = [
  [
    "somebody is known by a number that nobody says",
    "entities",
    /Nobody says the number of it that it is known by/,
    `update entity set match_fingerprint = 'x' where id = ${first("entity", "match_fingerprint is not null")}`,
  ],
  [
    "somebody is not known by the number that is said",
    "entities",
    /A number is said of it, and it is known by none/,
    "update entity set match_fingerprint = null",
  ],
  [
    "somebody has another tax number than is said",
    "entities",
    /Its tax number is not the one that is said/,
    "update entity set tax_fingerprint = 'x' where tax_fingerprint is not null",
  ],
  [
    "what somebody says was altered",
    "registrations-sealed",
    /is not what was fingerprinted/,
    "update registration set facts_fingerprint = 'x' where handle = 'uma'",
  ],
  [
    "what somebody says is of somebody else",
    "registrations-sealed",
    /cannot be opened/,
    "update registration set sealed_facts = (select max(sealed_facts) from registration) where handle = 'uma'",
  ],
  [
    "something was revealed to whom it is not",
    "reveals",
    /to somebody who could not see it/,
    `update reveal set participant_id = '${VENDOR}'`,
  ],
  [
    "something of an attestation was revealed to whom it is not",
    "reveals",
    /to somebody who could not see it/,
    `update reveal set participant_id = '${VENDOR}', what = 'documentNumber'`,
  ],
  ["something was revealed that is nothing", "reveals", /nothing personal/, "update reveal set what = 'weather'"],
  ["something was revealed for no reason", "reveals", /gives no reason/, "update reveal set reason = ' '"],
  [
    "something was revealed under the key of another",
    "reveals",
    /under a key that is not its participant's/,
    `update reveal set credential_id = ${first("api_key", `participant_id <> '${BANK}'`)}`,
  ],
  ["a registration was not told", "entities-told", /told 0 times, not 1/, lost("ENTITY_REGISTERED")],
  ["a registration was told twice", "entities-told", /told 2 times, not 1/, again("ENTITY_REGISTERED")],
  [
    "a conflict is marked on one side alone",
    "entities-marked",
    /has the tax number of ent_/,
    `delete from entity_conflict where entity_id = ${first("entity_conflict", "1 = 1", "entity_id")}`,
  ],
  [
    "a conflict is marked where there is none",
    "conflicts",
    /no tax number in common/,
    `insert into entity_conflict select min(id), max(id), max(created_at) from entity`,
  ],
  [
    "two versions of a registration hold",
    "registrations",
    /2 versions of what it says hold now/,
    copied("registration", REGISTRATION, { id: NEW("reg"), version: "version + 1" }, "handle = 'uma'"),
  ],
  [
    "no version of a registration holds",
    "registrations",
    /0 versions/,
    "update registration set superseded_at = created_at where handle = 'uma'",
  ],
  [
    "two versions hold of what came with checks",
    "registrations",
    /2 versions/,
    copied("registration", REGISTRATION, { id: NEW("reg"), version: "version + 1" }, "handle is null"),
  ],
  [
    "a version is missing",
    "registrations",
    /Versions of it are missing/,
    "update registration set version = 2 where handle = 'uma'",
  ],
  [
    "an older version holds",
    "registrations",
    /An older version holds/,
    copied(
      "registration",
      REGISTRATION,
      { id: NEW("reg"), version: "version + 1", superseded_at: "created_at" },
      "handle = 'uma'",
    ),
  ],
];

const VERIFICATION: readonly Tampering[] = [
  [
    "nobody comes to a run before its time is over",
    "runs-worked",
    /Its time is over before anybody comes to it/,
    "update verification_work set due_at = '2030-01-01T00:00:00.000Z' where step = 'WARN'",
  ],
  [
    "something that was found is missing",
    "runs-found",
    /Something that was found is missing/,
    "delete from verification_check where position = 0",
  ],
  [
    "the tags of a run were altered",
    "runs-found",
    /Its tags are not what was found/,
    "update verification set tags = '[]'",
  ],
  [
    "the work of a run was lost",
    "runs-worked",
    /It is PENDING, and its work is none/,
    `delete from verification_work where step = 'ASK'`,
  ],
  [
    "a run has work that is not its state's",
    "runs-worked",
    /It is PENDING, and its work is WARN/,
    "update verification_work set step = 'WARN' where step = 'ASK'",
  ],
  [
    "a settled run has work",
    "runs-worked",
    /It is PASSED, and its work is ASK/,
    `insert into verification_work select id, participant_id, 'ASK', requested_at, 0, null from verification where status = 'PASSED' limit 1`,
  ],
  [
    "the work of a run is another's",
    "runs-worked",
    /another participant's/,
    `update verification_work set participant_id = '${VENDOR}'`,
  ],
  [
    "nobody has until any time to act",
    "runs-worked",
    /has no deadline/,
    "update verification set due_at = null where status = 'REVIEW'",
  ],
  ["a run counts attempts that there were not", "runs-grounded", /attempt 9/, "update verification set attempt = 9"],
  [
    "a run is about what somebody else registered",
    "runs-grounded",
    /Its registration is not/,
    `update verification set registration_id = ${first("registration", `participant_id = '${VENDOR}'`)}`,
  ],
  [
    "a run stands on somebody else's certificate",
    "runs-grounded",
    /Its certificate is not about its entity/,
    `update verification set certificate_id = ${first("certificate", "1 = 1")} where certificate_id is not null`,
  ],
  [
    "a run that did not pass has a certificate",
    "runs-grounded",
    /It is FAILED on a certificate/,
    "update verification set status = 'FAILED' where certificate_id is not null",
  ],
  [
    "the attempt before is of another level",
    "runs-grounded",
    /of another level/,
    `update verification set parent_verification_id = ${first("verification", "1 = 1")}, attempt = 2
      where id = (select max(id) from verification)`,
  ],
  ["a standing was lost", "runs-grounded", /Its entity has no standing/, "delete from standing"],
  [
    "somebody is asked about twice at once",
    "runs-once",
    /Another run at the same level/,
    copied("verification", RUN, { id: NEW("ver") }, "status = 'PENDING'"),
  ],
  [
    "the last move of a run was not told",
    "runs-told",
    /what was told last is nothing/,
    `delete from event where subject_id = ${first("verification", "status = 'PENDING'")}`,
  ],
  [
    "the first move of a run was not told",
    "runs-told",
    /is from PENDING, and what stood was nothing/,
    `delete from event where type = 'VERIFICATION_STATUS_CHANGED' and from_status = 'UNVERIFIED'
      and subject_id = ${first("verification", "status = 'FAILED'")}`,
  ],
  [
    "a move was told twice",
    "runs-told",
    /is from UNVERIFIED, and what stood was/,
    again("VERIFICATION_STATUS_CHANGED"),
  ],
  [
    "a run stands where it was never told to",
    "runs-told",
    /It is FAILED, and what was told last is PASSED/,
    `update verification set status = 'FAILED' where id = ${first("verification", "status = 'PASSED'")}`,
  ],
  [
    "a run went where no way leads",
    "runs-told",
    /went from UNVERIFIED to PASSED at \d+, where no way leads/,
    `update event set to_status = 'PASSED' where type = 'VERIFICATION_STATUS_CHANGED' and from_status = 'UNVERIFIED'
      and subject_id = ${first("verification", "status = 'PASSED'")}`,
  ],
  [
    "a standing is not what the runs say",
    "standings",
    /Its own state is kept as FAILED, and its runs say PASSED/,
    "update standing set own_status = 'FAILED' where own_status = 'PASSED'",
  ],
  [
    "a standing is not what runs and members say",
    "standings",
    /It is kept as PASSED, and runs and members say MEMBER_REVIEW/,
    "update standing set status = 'PASSED' where status = 'MEMBER_REVIEW'",
  ],
  [
    "a member's run was changed and the business was not derived anew",
    "standings",
    /: It is kept as PASSED, and runs and members say MEMBER_FAILED/,
    `update verification set status = 'FAILED' where id = (
      select v.id from verification v join registration r on r.id = v.registration_id where r.handle = 'marta')`,
  ],
  [
    "somebody has a standing whom nobody registered",
    "standings",
    /never registered whom it is about/,
    `insert into standing select '${VENDOR}', id, 'UNVERIFIED', 'UNVERIFIED', created_at, entity_type from entity
      where id not in (select entity_id from registration where participant_id = '${VENDOR}') order by id limit 1`,
  ],
  [
    "somebody stands among those of the other type",
    "standings",
    /It is kept among those of type BUSINESS/,
    "update standing set entity_type = 'BUSINESS' where entity_type = 'INDIVIDUAL'",
  ],
  ["somebody registered has no standing", "standings-kept", /has no standing/, "delete from standing"],
  ["a change of a standing was not told", "standings-told", /what was told last is/, lost("ENTITY_STATUS_CHANGED")],
  ["a change of a standing was told twice", "standings-told", /what stood was/, again("ENTITY_STATUS_CHANGED")],
];

const BUSINESS: readonly Tampering[] = [
  ["a document was not told of", "documents", /DOCUMENT_RECEIVED was told 0 times/, lost("DOCUMENT_RECEIVED")],
  [
    "a document is about somebody else",
    "documents",
    /not about whom its run is about/,
    "update document set entity_id = (select min(id) from entity)",
  ],
  [
    "the bytes of a document are gone",
    "documents",
    /Its bytes are not there/,
    `update document set address = '${"0".repeat(64)}'`,
  ],
  [
    "a document is said to be another content",
    "documents",
    /Its bytes lie where another content does/,
    `update document set sha256 = '${"0".repeat(64)}'`,
  ],
  [
    "the name of a document was altered",
    "documents",
    /Its name cannot be opened/,
    "update document set sealed_filename = 'x'",
  ],
  ["a member was not told of", "members", /MEMBER_LINKED was told 0 times/, lost("MEMBER_LINKED")],
  ["a member was told to be unlinked twice", "members", /MEMBER_UNLINKED was told 2 times/, again("MEMBER_UNLINKED")],
  [
    "a member is unlinked by halves",
    "members",
    /linked by halves/,
    `update member set linked_as = null where id = ${first("member", "unlinked_at is null")}`,
  ],
  [
    "an owner has no stake",
    "members",
    /Its stake does not fit its role/,
    "update member set ownership_stake = null where role = 'BENEFICIAL_OWNER'",
  ],
  [
    "stakes sum over 100",
    "businesses",
    /sum over 100/,
    "update member set ownership_stake = '90' where role = 'BENEFICIAL_OWNER'",
  ],
  [
    "the last officer was unlinked",
    "businesses",
    /last controlling officer/,
    "update member set unlinked_at = linked_at where role = 'CONTROLLING_OFFICER'",
  ],
  [
    "a business has more members than it may",
    "businesses",
    /It has 10\d\d members/,
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < 1001)
     insert into member (id, participant_id, business_id, entity_id, role, linked_at)
     select 'mem_' || i, m.participant_id, m.business_id, m.entity_id, 'ADMINISTRATOR', m.linked_at from n, member m
      where m.id = (select min(id) from member)`,
  ],
  ["a business lost its standing", "members", /Its business has no standing/, "delete from standing"],
  [
    "a certification was not told",
    "certifications-told",
    /CERTIFICATION_CHANGED was told 0 times, not 1/,
    lost("CERTIFICATION_CHANGED"),
  ],
  [
    "a certification was opened again without a word",
    "certifications-told",
    /It is CERTIFICATION_PENDING, and what was told last is CERTIFIED/,
    "update certification set expires_after = created_at",
  ],
];

const STANDING = "expires_after is null";

const CERTIFIED: readonly Tampering[] = [
  [
    "a stake changed, and what was certified stands",
    "certifications",
    /It stands, and what it certifies has changed/,
    "update member set ownership_stake = '1' where role = 'BENEFICIAL_OWNER'",
  ],
  [
    "an owner is shown otherwise, and what was certified stands",
    "certifications",
    /It stands, and what it certifies has changed/,
    "update registration set facts_fingerprint = 'x'",
  ],
  [
    "an owner was never certified",
    "certifications",
    /An owner in it is not certified/,
    "update owner_certification set token = 'x'",
  ],
  [
    "other owners are named than there are",
    "certifications",
    /It names other owners than there are/,
    `update certification set owners = '[]' where ${STANDING}`,
  ],
  [
    "somebody certified who may not",
    "certifications",
    /Whoever certified never administered/,
    "update certification set administrator_id = business_id",
  ],
  [
    "somebody certified an owner who may not",
    "certifications-owners",
    /Whoever certified never administered/,
    "update owner_certification set administrator_id = (select min(id) from entity)",
  ],
  [
    "somebody was certified who owns nothing",
    "certifications-owners",
    /Who was certified is no owner/,
    "update member set role = 'ADMINISTRATOR' where role = 'BENEFICIAL_OWNER'",
  ],
];

const FURNISHED: readonly Tampering[] = [
  [
    "a statement is not what was hashed",
    "attestations",
    /^attestations: att_\w+: Its hash is not that of its statement/,
    copied("attestation", ATTESTATION, { id: NEW("att"), content_hash: `'${"0".repeat(64)}'` }, "1 = 1"),
  ],
  [
    "a statement cannot be read",
    "attestations",
    /cannot be read/,
    copied("attestation", ATTESTATION, { id: NEW("att"), statement: "'{'" }, "1 = 1"),
  ],
  [
    "a statement is not canonical",
    "attestations",
    /not canonical/,
    copied("attestation", ATTESTATION, { id: NEW("att"), statement: "' ' || statement" }, "1 = 1"),
  ],
  [
    "a statement says otherwise than its columns",
    "attestations",
    /says otherwise: attestation, furnisher\./,
    copied("attestation", ATTESTATION, { id: NEW("att"), furnisher_id: `'${FINTECH}'` }, "1 = 1"),
  ],
  [
    "what is personal in an attestation was lost",
    "attestations-sealed",
    /is not what its statement digests/,
    "update attestation set sealed_values = null",
  ],
  [
    "what is personal in an attestation is another's",
    "attestations-sealed",
    /cannot be opened/,
    "update attestation set sealed_values = (select max(sealed_values) from attestation) where sealed_values is not null",
  ],
  [
    "somebody may see what it never furnished",
    "entitlements",
    /No such check was furnished\./,
    "update entitlement set earned_by = 'FURNISHING' where earned_by = 'QUERYING'",
  ],
  [
    "somebody may see what none of its certificates stands on",
    "entitlements",
    /No certificate stands on such a check/,
    "update entitlement set earned_by = 'QUERYING' where earned_by = 'FURNISHING'",
  ],
  [
    "somebody may see more than it furnished",
    "entitlements",
    /No such check was furnished\./,
    `insert into entitlement select '${VENDOR}', e.id, n.id, 'LIVENESS_REVIEW', 'FURNISHING', e.created_at from entity e, network n
      where e.entity_type = 'BUSINESS' limit 1`,
  ],
  [
    "somebody could see something before it furnished it",
    "entitlements",
    /No such check was furnished when it was earned/,
    "update entitlement set earned_at = '2020-01-01T00:00:00.000Z' where earned_by = 'FURNISHING'",
  ],
  [
    "somebody could see something before it queried it",
    "entitlements",
    /No such certificate was issued when it was earned/,
    "update entitlement set earned_at = '2020-01-01T00:00:00.000Z' where earned_by = 'QUERYING'",
  ],
  [
    "somebody may see something as a favour",
    "entitlements",
    /Nobody knows what it was earned by/,
    "update entitlement set earned_by = 'FAVOUR'",
  ],
  [
    "somebody may not see what its certificate stands on",
    "certificates-earned",
    /has not earned to see [A-Z_]+\.$/,
    "delete from entitlement where earned_by = 'QUERYING'",
  ],
  [
    "a certificate stands on what was never in its network",
    "certificates-earned",
    /is not in the network that it is taken from/,
    "delete from attestation_network",
  ],
  [
    "a certificate stands on nothing of what was met",
    "queries-answered",
    /Its certificate does not hold what was met/,
    "delete from certificate_block",
  ],
  ["an attestation is in no network", "attestations-placed", /in no network/, "delete from attestation_network"],
  ["a furnisher earned nothing", "attestations-placed", /has not earned to read it in net_/, "delete from entitlement"],
  ["an attestation was not told of", "attestations-told", /told 0 times, not 1/, lost("ATTESTATION_FURNISHED")],
  ["an attestation was told of twice", "attestations-told", /told 2 times, not 1/, again("ATTESTATION_FURNISHED")],
  [
    "an attestation was revoked without a word",
    "attestations-told",
    /It is REVOKED, and what was told last is nothing/,
    `update attestation set revoked_at = furnished_at, revoked_reason = 'x' where id = ${first("attestation", "revoked_at is null")}`,
  ],
  [
    "an attestation was revoked by halves",
    "attestations-told",
    /revoked by halves/,
    `update attestation set revoked_at = furnished_at where id = ${first("attestation", "revoked_at is null")}`,
  ],
  [
    "an attestation is disputed by nobody",
    "attestations-disputed",
    /no dispute is open/,
    `update attestation set disputed_reason = 'x' where id = ${first("attestation", "disputed_reason is null")}`,
  ],
  ["a dispute is open by halves", "disputes", /open by halves/, "update dispute set open_for = null"],
  [
    "a dispute is settled by halves",
    "disputes",
    /settled by halves/,
    "update dispute set outcome = null where outcome = 'UPHELD'",
  ],
  [
    "what was disputed does not show it",
    "disputes",
    /its attestation is not disputed/,
    "update attestation set disputed_reason = null",
  ],
  [
    "what was withdrawn stands",
    "disputes",
    /Its attestation is not revoked/,
    "update dispute set outcome = 'WITHDRAWN' where outcome = 'UPHELD'",
  ],
  [
    "what was corrected has no correction",
    "disputes",
    /What it was corrected by does not fit/,
    "update dispute set outcome = 'CORRECTED' where outcome = 'WITHDRAWN'",
  ],
  [
    "what was corrected was so by something else",
    "disputes",
    /It was corrected by something else/,
    `update dispute set outcome = 'CORRECTED', corrected_by_id = (select max(id) from attestation) where outcome = 'WITHDRAWN'`,
  ],
  [
    "a submission counts more than it holds",
    "submissions",
    /It counts \d+ attestations, and there are \d+/,
    "update submission set attestation_count = attestation_count + 1",
  ],
  [
    "a submission holds another's",
    "submissions",
    /another furnisher's/,
    `update submission set participant_id = '${FINTECH}'`,
  ],
  [
    "a submission has fewer lines than records",
    "submissions",
    /more records than it has lines/,
    "update submission set line_count = 0",
  ],
];

const QUERIED: readonly Tampering[] = [
  ["a consent was not told of", "consents", /CONSENT_GRANTED was told 0 times/, lost("CONSENT_GRANTED")],
  ["a withdrawal was told twice", "consents", /CONSENT_WITHDRAWN was told 2 times/, again("CONSENT_WITHDRAWN")],
  [
    "a consent was withdrawn without a word",
    "consents",
    /CONSENT_WITHDRAWN was told 0 times, not 1/,
    "update consent set withdrawn_at = granted_at where withdrawn_at is null",
  ],
  [
    "nobody awaits the end of a consent",
    "consents",
    /Nobody awaits its end/,
    "delete from due_moment where kind = 'CONSENT'",
  ],
  [
    "the end of a consent is awaited at another time",
    "consents",
    /awaited at another time/,
    "update due_moment set due_at = '2026-01-01T00:00:00.000Z' where kind = 'CONSENT'",
  ],
  [
    "a consent ended without a word",
    "consents",
    /CONSENT_EXPIRED was told 0 times, not 1/,
    copied("consent", CONSENT, { id: NEW("con"), expires_at: "granted_at" }, "1 = 1"),
  ],
  [
    "the end of a consent is awaited as if it had come",
    "moments",
    /It is awaited as EXPIRED/,
    "update due_moment set told_status = 'EXPIRED' where kind = 'CONSENT'",
  ],
  [
    "a certificate was issued under somebody else's consent",
    "certificates-allowed",
    /Its consent is another's/,
    `update consent set participant_id = '${VENDOR}'`,
  ],
  [
    "a certificate was issued under a consent for another network",
    "certificates-allowed",
    /Its consent is for another network/,
    "update certificate set network_ids = 'net_x'",
  ],
  [
    "a certificate holds what its consent does not name",
    "certificates-allowed",
    /Its consent does not name [A-Z_, ]+\.$/,
    "update consent set kinds = 'BIOMETRIC_CAPTURE'",
  ],
  [
    "a certificate was issued after its consent had ended",
    "certificates-allowed",
    /Its consent had ended before/,
    "update consent set expires_at = '2020-01-01T00:00:00.000Z'",
  ],
  [
    "a certificate was issued after its consent was withdrawn",
    "certificates-allowed",
    /Its consent was withdrawn before/,
    "update consent set withdrawn_at = '2020-01-01T00:00:00.000Z'",
  ],
  [
    "a certificate was issued by a policy of another network",
    "certificates-allowed",
    /Its policy is of another network/,
    "update certificate set network_ids = 'net_x'",
  ],
  [
    "a certificate was issued by a policy for another product",
    "certificates-allowed",
    /Its policy is for another product/,
    "update certificate set product = 'KYB'",
  ],
  [
    "nobody awaits that a certificate grows old",
    "certificates-aging",
    /Nobody awaits/,
    "delete from due_moment where kind = 'CERTIFICATE'",
  ],
  [
    "a certificate's age is awaited at another time",
    "certificates-aging",
    /awaited at another time/,
    "update due_moment set due_at = '2026-01-01T00:00:00.000Z'",
  ],
  [
    "a certificate is awaited in a state that does not age",
    "certificates-aging",
    /awaited as STALE/,
    "update due_moment set told_status = 'STALE'",
  ],
  [
    "something is awaited that does not come",
    "moments",
    /Nothing of its kind ends there/,
    `insert into due_moment select id, 'CONSENT', granted_at, 'ACTIVE' from consent where expires_at is null limit 1`,
  ],
  [
    "a certificate does not follow from its evidence",
    "certificates",
    /not what follows from its evidence|does not satisfy/,
    "delete from certificate_block where position = 0",
  ],
  [
    "a certificate's signature is another's",
    "certificates",
    /signature is not valid/,
    "update certificate set jws = substr(jws, 1, length(jws) - 8) || 'AAAAAAAA'",
  ],
  [
    "the key of a certificate is not published any more",
    "certificates",
    /The key that signed it is not published/,
    "delete from signing_key",
  ],
  ["what was signed is no certificate", "certificates", /cannot be read/, "update certificate set jws = 'x.y.z'"],
  [
    "a certificate grows old at another time than was signed",
    "certificates",
    /at another time than was signed/,
    "update certificate set stale_at = '2030-01-01T00:00:00.000Z'",
  ],
  [
    "a certificate stands on what was revoked",
    "certificates-standing",
    /has lost its ground, and is not revoked/,
    "update certificate set revoked_at = null, revoked_reason = null",
  ],
  [
    "a certificate stands without a consent",
    "certificates-standing",
    /has lost its ground, and is not revoked/,
    "update consent set withdrawn_at = granted_at",
  ],
  [
    "a certificate fell for nothing",
    "certificates-standing",
    /It is revoked, and its ground is there/,
    "update certificate set revoked_at = issued_at, revoked_reason = 'x' where revoked_at is null",
  ],
  [
    "a certificate is revoked by halves",
    "certificates-standing",
    /revoked by halves/,
    "update certificate set revoked_reason = null",
  ],
  [
    "a certificate does not show that its ground is disputed",
    "certificates-standing",
    /Its ground is disputed, and it is not/,
    "update certificate set disputed_reason = null",
  ],
  [
    "a certificate is disputed for nothing",
    "certificates-standing",
    /It is disputed, and its ground is not/,
    "update certificate set disputed_reason = 'x'",
  ],
  [
    "two certificates stand for one question",
    "certificates-standing",
    /Another stands beside it/,
    "update certificate set superseded_by_id = null",
  ],
  [
    "a certificate gave way to one for another question",
    "certificates-standing",
    /answers another question/,
    "update certificate set superseded_by_id = (select min(id) from certificate) where superseded_by_id is not null",
  ],
  [
    "a certificate gave way to an older one",
    "certificates-standing",
    /is older/,
    "update certificate set issued_at = '2026-03-02T12:00:00.001Z' where superseded_by_id is not null",
  ],
  [
    "a certificate was not told of",
    "certificates-told",
    /CERTIFICATE_ISSUED was told 0 times/,
    lost("CERTIFICATE_ISSUED"),
  ],
  [
    "a change of a certificate was told twice",
    "certificates-told",
    /CERTIFICATE_STATUS_CHANGED at \d+ is from VALID, and what stood was/,
    again("CERTIFICATE_STATUS_CHANGED"),
  ],
  [
    "a certificate fell without a word",
    "certificates-told",
    /It is REVOKED, and what was told last is/,
    "update certificate set revoked_at = issued_at",
  ],
  [
    "it was told that a certificate is older than it is",
    "certificates-told",
    /It is VALID, and what was told last is STALE/,
    `insert into event (participant_id, entity_id, type, subject_id, from_status, to_status, occurred_at)
     select participant_id, entity_id, 'CERTIFICATE_STATUS_CHANGED', id, 'VALID', 'STALE', issued_at from certificate
      where revoked_at is null and disputed_reason is null and superseded_by_id is null order by id desc limit 1`,
  ],
];

/** Policies that somebody was asked by. */
const ASKED = "id in (select policy_id from query_event)";

const POLICY: readonly Tampering[] = [
  [
    "a version of a policy is missing",
    "policies",
    /Versions of it are missing/,
    "update policy set version = 2 where name = 'KYC_FULL'",
  ],
  [
    "a policy cannot be read",
    "policies",
    /What it requires cannot be read/,
    "update policy set requirements = '{' where name = 'KYC_FULL'",
  ],
  [
    "a policy names a kind that there is not",
    "policies",
    /requirements\[0\]\.kinds\[0\]: Is no sub-product of this product\.$/,
    "update policy set requirements = replace(requirements, 'DOCUMENT_REVIEW', 'PALMISTRY') where name = 'CIP_INDIVIDUAL'",
  ],
  [
    "a policy has a condition that nothing can meet",
    "policies",
    /requirements\[1\]\.conditions\[0\]\.values\[0\]: /,
    `update policy set requirements = replace(requirements, '["1"]', '["many"]') where name = 'CIP_INDIVIDUAL'`,
  ],
  [
    "a policy was written by another hand",
    "policies",
    /requirements: Is not as it was written\.$/,
    "update policy set requirements = ' ' || requirements",
  ],
  [
    "an archived policy is a default",
    "policies",
    /It is ARCHIVED, and a default/,
    "update policy set status = 'ARCHIVED' where default_for is not null",
  ],
  [
    "a policy is the default of another product",
    "policies",
    /It is the default of something else/,
    "update policy set default_for = network_id || ':KYX' where name = 'KYC_FULL'",
  ],
  [
    "a draft was published",
    "policies",
    /It is DRAFT, and was published/,
    "update policy set status = 'DRAFT' where published_at is not null",
  ],
  [
    "what was never published is in use",
    "policies",
    /It is PUBLISHED, and was never published/,
    "update policy set published_at = null",
  ],
  [
    "a policy accepts what is disputed by half",
    "policies",
    /disputed evidence counts/,
    "update policy set accepts_disputed = 2",
  ],
  [
    "a published policy was changed",
    "queries-answered",
    /Its policy does not require what was answered/,
    `update policy set requirements = replace(requirements, '"required":true', '"required":false') where ${ASKED}`,
  ],
  [
    "somebody was answered by a draft",
    "queries-answered",
    /It was asked by a draft/,
    `update policy set status = 'DRAFT' where ${ASKED}`,
  ],
  [
    "an answer cannot be read",
    "queries-answered",
    /Its answer cannot be read/,
    "update query_event set requirements = '{'",
  ],
  [
    "something was met for no reason",
    "queries-answered",
    /What was met and why do not fit/,
    `update query_event set requirements = replace(requirements, '"reason":"MET"', '"reason":"STALE"')`,
  ],
  [
    "a yes was a no",
    "queries-answered",
    /It is NOT_SATISFIED, and what was met says otherwise/,
    "update query_event set outcome = 'NOT_SATISFIED'",
  ],
  [
    "a certificate lacks what was met",
    "queries-answered",
    /Its certificate does not hold what was met/,
    "delete from certificate_block where position = 0",
  ],
  [
    "a query was asked under the consent of another",
    "queries-answered",
    /Its consent is another's/,
    `update query_event set participant_id = '${VENDOR}'`,
  ],
  [
    "coverage was asked under the consent of another",
    "coverage",
    /Its consent is another's/,
    `update coverage_check set participant_id = '${VENDOR}'`,
  ],
  ["coverage was asked by a draft", "coverage", /It was asked by a draft/, "update policy set status = 'DRAFT'"],
  ["coverage quotes what is no price", "coverage", /is no price/, "update coverage_check set no_price = '-1'"],
];

const KEYS: readonly Tampering[] = [
  [
    "no key signs",
    "signing-keys",
    /It is retired, and none took its place/,
    "update signing_key set retired_at = created_at",
  ],
  [
    "two keys sign",
    "signing-keys",
    /Another signs beside it/,
    "insert into signing_key select 'other', public_jwk, wrapped_key, sealed_private_jwk, created_at, null from signing_key",
  ],
  [
    "a key is published as another",
    "signing-keys",
    /What is published of it is another key/,
    "update signing_key set kid = 'other'",
  ],
  [
    "what is published of a key cannot be read",
    "signing-keys",
    /What is published of it cannot be read/,
    "update signing_key set public_jwk = '{'",
  ],
  [
    "a key is published for another use",
    "signing-keys",
    /It is not published as what it is/,
    `update signing_key set public_jwk = replace(public_jwk, '"sig"', '"enc"')`,
  ],
  [
    "the private part of a key is published",
    "signing-keys",
    /Its private part is published/,
    `update signing_key set public_jwk = replace(public_jwk, '"kty"', '"d":"AA","kty"')`,
  ],
  [
    "the private part of a key is lost",
    "signing-keys",
    /Its private part cannot be opened/,
    "update signing_key set sealed_private_jwk = wrapped_key",
  ],
  [
    "a secret is kept as it is",
    "api-keys",
    /What is kept of its secret is no hash/,
    "update api_key set secret_hash = 'open'",
  ],
  [
    "two keys have one secret",
    "api-keys",
    /Another key has its secret/,
    "update api_key set secret_hash = (select max(secret_hash) from api_key)",
  ],
  [
    "a key may what nobody may",
    "api-keys",
    /Its scopes are not such/,
    "update api_key set scopes = 'entities everything'",
  ],
  ["a key may something twice", "api-keys", /Its scopes are not such/, "update api_key set scopes = 'query query'"],
  ["a key never ends", "api-keys", /It ends at no moment/, "update api_key set expires_at = 'tomorrow'"],
  ["a key was revoked at some time", "api-keys", /It was revoked at no moment/, "update api_key set revoked_at = ''"],
];

const CHARGED: readonly Tampering[] = [
  ["what a query cost is no amount", "queries", /What it cost is no amount/, "update query_event set price = 'much'"],
  [
    "a certificate was charged in another currency",
    "certificates-billed",
    /did not ask for that currency/,
    "update query_event set currency = 'EUR'",
  ],
  ["a version of a price is missing", "prices", /Versions of it are missing/, "update price set version = version + 1"],
  ["a price is no amount", "prices", /It is no amount/, "update price set amount = '-1'"],
  ["a no has a price that is no amount", "prices", /It is no amount/, "update price set no_amount = ''"],
  ["a price is in no currency", "prices", /It is in no currency/, "update price set currency = '$'"],
  [
    "a charge cannot be added up",
    "ledgers",
    /Its ledger of \d{4}-\d\d is not the sum of its queries/,
    "update query_event set price = 'much'",
  ],
  [
    "something was done by no verb",
    "idempotency-keys",
    /No verb of this name takes a key/,
    "update idempotency_key set verb = 'think'",
  ],
  [
    "a query lost its certificate",
    "queries",
    /It is ISSUED, and its certificate does not fit/,
    "update query_event set certificate_id = null",
  ],
  [
    "a query's certificate is not there",
    "queries",
    /is not there/,
    `update query_event set certificate_id = ${NEW("cert")}`,
  ],
  [
    "two queries have one certificate",
    "queries",
    /was issued to another query/,
    "update query_event set certificate_id = (select min(id) from certificate) where certificate_id is not null",
  ],
  [
    "a certificate is older than its query",
    "queries",
    /at another time/,
    "update query_event set occurred_at = '2026-01-01T00:00:00.000Z'",
  ],
  [
    "a query is another's",
    "queries",
    /of another: participantId/,
    `update query_event set participant_id = '${VENDOR}'`,
  ],
  [
    "a no was charged for that nobody quoted",
    "queries",
    /not quoted before/,
    "update query_event set price = '0.26' where outcome = 'NOT_SATISFIED'",
  ],
  [
    "a no was charged for that was quoted too long ago",
    "queries",
    /not quoted before/,
    "update coverage_check set checked_at = '2026-01-01T00:00:00.000Z'",
  ],
  [
    "a certificate cost more than its networks ask",
    "certificates-billed",
    /It cost 9\.99, and its networks asked for \d/,
    "update query_event set price = '9.99'",
  ],
  [
    "a certificate was not charged",
    "certificates-billed",
    /does not know it/,
    "update query_event set certificate_id = null",
  ],
  [
    "a charge is in no month's ledger",
    "ledgers",
    /Its ledger of 2026-03 is not the sum of its queries/,
    "update query_event set occurred_at = '2026-03'",
  ],
  [
    "what was done under a key is not there",
    "idempotency-keys",
    /Its result \S+ is not there/,
    "update idempotency_key set result_id = 'qev_x'",
  ],
  [
    "what was done under a key is another's",
    "idempotency-keys",
    /another participant's/,
    `update idempotency_key set participant_id = '${BANK}' where verb = 'queryCertificate'`,
  ],
  [
    "what was done under a key was not done with it",
    "idempotency-keys",
    /at another time/,
    "update idempotency_key set created_at = '2026-01-01T00:00:00.000Z'",
  ],
  [
    "something was done under the key of another verb",
    "idempotency-keys",
    /is not what the verb makes/,
    "update idempotency_key set verb = 'upload' where verb = 'queryCertificate'",
  ],
  [
    "one thing was done under two keys",
    "idempotency-once",
    /Several keys lead to it/,
    copied("idempotency_key", KEY, { key: "'other'" }, "verb = 'queryCertificate'"),
  ],
];

/** An event that is like one that there is, but for something. */
const strange = (set: string): string =>
  `update event set ${set} where seq = (select max(seq) from event where type = 'VERIFICATION_STATUS_CHANGED')`;

const LOGGED: readonly Tampering[] = [
  ["an event is about nothing", "events", /What it is about, ver_x, is not there/, strange("subject_id = 'ver_x'")],
  [
    "an event is about something else",
    "events",
    /VERIFICATION_STATUS_CHANGED is about ent_/,
    strange("subject_id = entity_id"),
  ],
  ["an event was told to somebody else", "events", /whose ver_\w+ is not/, strange(`participant_id = '${VENDOR}'`)],
  ["an event was told to nobody", "events", /Its participant par_x is not there/, strange("participant_id = 'par_x'")],
  ["an event is placed elsewhere", "events", /is not about that/, strange("entity_id = (select min(id) from entity)")],
  ["an event does not say what changed", "events", /says too little or too much/, strange("from_status = null")],
  ["an event changes nothing", "events", /changes nothing/, strange("from_status = to_status")],
  ["an event is of no known type", "events", /Its type is not known/, strange("type = 'THOUGHT'")],
];

const ALL: readonly Tampering[] = [
  ...PEOPLE,
  ...VERIFICATION,
  ...BUSINESS,
  ...CERTIFIED,
  ...FURNISHED,
  ...QUERIED,
  ...POLICY,
  ...KEYS,
  ...CHARGED,
  ...LOGGED,
];

/** What is rare, and as it should be, and by which check it is not called a fault. */
const FINE: readonly (readonly [what: string, check: string, ...statements: string[]])[] = [
  [
    "somebody has come to a run, long after its time was over",
    "runs-worked",
    "update verification_work set due_at = '2030-01-01T00:00:00.000Z', lease = 'x' where step = 'WARN'",
  ],
  [
    "it was tried in vain to tell of a run, long after its time was over",
    "runs-worked",
    "update verification_work set due_at = '2030-01-01T00:00:00.000Z', tries = 1 where step = 'WARN'",
  ],
];

describe("an audit", () => {
  it.each(
    FINE.map(([what, check, ...statements]) => ({ what, check, statements })),
  )("finds nothing wrong where $what", async ({ check, statements }) => {
    await using test = await opened(busy);
    await tamper(test, ...statements);
    expect(faultsIn(await audited(test, { only: [check] }))).toEqual([]);
  });

  it.each(
    ALL.map(([what, check, says, ...statements]) => ({ what, check, says, statements })),
  )("finds that $what", async ({ check, says, statements }) => {
    await using test = await opened(busy);
    await tamper(test, ...statements);
    const verdicts = await audited(test, { only: [check] });
    expect(verdicts).toMatchObject([{ name: check }]);
    expect(faultsIn(verdicts).filter((fault) => says.test(fault))).not.toEqual([]);
  });

  it("has something that shows each check at work", () => {
    expect(CHECKS.map(({ name }) => name).filter((name) => !ALL.some(([, check]) => check === name))).toEqual([]);
  });
});
