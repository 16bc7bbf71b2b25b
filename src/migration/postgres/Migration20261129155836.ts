import { Migration } from '@mikro-orm/migrations';

export class Migration20261129155836 extends Migration {

  override name = 'Migration20261129155836';

  override up(): void | Promise<void> {
    this.addSql(`create table "callback" ("provider" text collate "C" not null, "message_id" text collate "C" not null, "received_at" text collate "C" not null, primary key ("provider", "message_id"));`);
    this.addSql(`create index "callback_received_at_index" on "callback" ("received_at");`);

    this.addSql(`create table "entity" ("id" text collate "C" not null, "entity_type" text collate "C" not null, "match_fingerprint" text collate "C" null, "tax_fingerprint" text collate "C" null, "wrapped_key" text collate "C" null, "created_at" text collate "C" not null, "updated_at" text collate "C" not null, primary key ("id"));`);
    this.addSql(`alter table "entity" add constraint "entity_match_fingerprint_unique" unique ("match_fingerprint");`);
    this.addSql(`create index "entity_tax_fingerprint_index" on "entity" ("tax_fingerprint");`);

    this.addSql(`create table "entity_conflict" ("entity_id" text collate "C" not null, "other_entity_id" text collate "C" not null, "detected_at" text collate "C" not null, primary key ("entity_id", "other_entity_id"));`);

    this.addSql(`create table "event" ("seq" bigserial primary key, "participant_id" text collate "C" not null, "entity_id" text collate "C" not null, "type" text collate "C" not null, "subject_id" text collate "C" not null, "from_status" text collate "C" null, "to_status" text collate "C" null, "reason" text collate "C" null, "occurred_at" text collate "C" not null);`);
    this.addSql(`create index "event_participant_id_seq_index" on "event" ("participant_id", "seq");`);
    this.addSql(`create index "event_participant_id_entity_id_seq_index" on "event" ("participant_id", "entity_id", "seq");`);

    this.addSql(`create table "installation" ("id" text collate "C" not null, "wrapped_key" text collate "C" not null, "sealed_mark" text collate "C" not null, "fingerprint" text collate "C" not null, "created_at" text collate "C" not null, "sandbox" bigint not null default '0', "clock_offset_ms" bigint not null default '0', primary key ("id"));`);

    this.addSql(`create table "due_moment" ("subject_id" text collate "C" not null, "kind" text collate "C" not null, "due_at" text collate "C" not null, "told_status" text collate "C" not null, primary key ("subject_id"));`);
    this.addSql(`create index "due_moment_due_at_index" on "due_moment" ("due_at");`);

    this.addSql(`create table "network" ("id" text collate "C" not null, "name" text collate "C" not null, "created_at" text collate "C" not null, primary key ("id"));`);
    this.addSql(`alter table "network" add constraint "network_name_unique" unique ("name");`);

    this.addSql(`create table "participant" ("id" text collate "C" not null, "name" text collate "C" not null, "created_at" text collate "C" not null, primary key ("id"));`);
    this.addSql(`alter table "participant" add constraint "participant_name_unique" unique ("name");`);

    this.addSql(`create table "membership" ("network_id" text collate "C" not null, "participant_id" text collate "C" not null, "role" text collate "C" not null, "granted_at" text collate "C" not null, primary key ("network_id", "participant_id", "role"));`);
    this.addSql(`create index "membership_participant_id_index" on "membership" ("participant_id");`);

    this.addSql(`create table "member" ("id" text collate "C" not null, "participant_id" text collate "C" not null, "business_id" text collate "C" not null, "entity_id" text collate "C" not null, "role" text collate "C" not null, "details" text collate "C" null, "ownership_stake" text collate "C" null, "linked_as" text collate "C" null, "linked_at" text collate "C" not null, "unlinked_at" text collate "C" null, primary key ("id"));`);
    this.addSql(`alter table "member" add constraint "member_linked_as_unique" unique ("linked_as");`);
    this.addSql(`create index "member_participant_id_business_id_unlinked_at_index" on "member" ("participant_id", "business_id", "unlinked_at");`);
    this.addSql(`create index "member_participant_id_entity_id_unlinked_at_index" on "member" ("participant_id", "entity_id", "unlinked_at");`);

    this.addSql(`create table "owner_certification" ("member_id" text collate "C" not null, "token" text collate "C" not null, "administrator_id" text collate "C" not null, "certified_at" text collate "C" not null, primary key ("member_id"));`);

    this.addSql(`create table "level_approval" ("participant_id" text collate "C" not null, "kyc_level" text collate "C" not null, "approved" bigint not null, "decided_at" text collate "C" not null, primary key ("participant_id", "kyc_level"));`);

    this.addSql(`create table "idempotency_key" ("participant_id" text collate "C" not null, "verb" text collate "C" not null, "key" text collate "C" not null, "body_hash" text collate "C" not null, "result_id" text collate "C" not null, "created_at" text collate "C" not null, primary key ("participant_id", "verb", "key"));`);

    this.addSql(`create table "entitlement" ("participant_id" text collate "C" not null, "entity_id" text collate "C" not null, "network_id" text collate "C" not null, "kind" text collate "C" not null, "earned_by" text collate "C" not null, "earned_at" text collate "C" not null, primary key ("participant_id", "entity_id", "network_id", "kind"));`);

    this.addSql(`create table "consent" ("id" text collate "C" not null, "entity_id" text collate "C" not null, "participant_id" text collate "C" not null, "network_id" text collate "C" not null, "purpose" text collate "C" not null, "kinds" text collate "C" not null, "granted_at" text collate "C" not null, "expires_at" text collate "C" null, "withdrawn_at" text collate "C" null, primary key ("id"));`);
    this.addSql(`create index "consent_entity_id_participant_id_index" on "consent" ("entity_id", "participant_id");`);

    this.addSql(`create table "certification" ("id" text collate "C" not null, "participant_id" text collate "C" not null, "business_id" text collate "C" not null, "administrator_id" text collate "C" not null, "content_fingerprint" text collate "C" not null, "owners" text collate "C" not null, "created_at" text collate "C" not null, "expires_after" text collate "C" null, primary key ("id"));`);
    this.addSql(`create index "certification_participant_id_business_id_id_index" on "certification" ("participant_id", "business_id", "id");`);

    this.addSql(`create table "api_key" ("id" text collate "C" not null, "participant_id" text collate "C" not null, "label" text collate "C" not null, "secret_hash" text collate "C" not null, "scopes" text collate "C" not null, "created_at" text collate "C" not null, "expires_at" text collate "C" null, "revoked_at" text collate "C" null, primary key ("id"));`);
    this.addSql(`create index "api_key_participant_id_index" on "api_key" ("participant_id");`);

    this.addSql(`create table "policy" ("id" text collate "C" not null, "network_id" text collate "C" not null, "name" text collate "C" not null, "version" bigint not null, "product" text collate "C" not null, "selection" text collate "C" not null, "status" text collate "C" not null, "requirements" text collate "C" not null, "accepts_disputed" bigint not null, "default_for" text collate "C" null, "created_at" text collate "C" not null, "published_at" text collate "C" null, primary key ("id"));`);
    this.addSql(`alter table "policy" add constraint "policy_default_for_unique" unique ("default_for");`);
    this.addSql(`alter table "policy" add constraint "policy_network_id_name_version_unique" unique ("network_id", "name", "version");`);

    this.addSql(`create table "coverage_check" ("id" text collate "C" not null, "participant_id" text collate "C" not null, "entity_id" text collate "C" not null, "consent_id" text collate "C" not null, "policy_id" text collate "C" not null, "no_price" text collate "C" not null, "currency" text collate "C" not null, "checked_at" text collate "C" not null, primary key ("id"));`);
    this.addSql(`create index "coverage_check_participant_id_checked_at_index" on "coverage_check" ("participant_id", "checked_at");`);

    this.addSql(`create table "price" ("network_id" text collate "C" not null, "product" text collate "C" not null, "version" bigint not null, "amount" text collate "C" not null, "no_amount" text collate "C" not null, "currency" text collate "C" not null, "effective_at" text collate "C" not null, primary key ("network_id", "product", "version"));`);

    this.addSql(`create table "query_event" ("id" text collate "C" not null, "participant_id" text collate "C" not null, "entity_id" text collate "C" not null, "consent_id" text collate "C" not null, "policy_id" text collate "C" not null, "outcome" text collate "C" not null, "price" text collate "C" not null, "currency" text collate "C" not null, "requirements" text collate "C" not null, "occurred_at" text collate "C" not null, "certificate_id" text collate "C" null, primary key ("id"));`);
    this.addSql(`create index "query_event_participant_id_occurred_at_index" on "query_event" ("participant_id", "occurred_at");`);

    this.addSql(`create table "certificate" ("id" text collate "C" not null, "product" text collate "C" not null, "entity_id" text collate "C" not null, "participant_id" text collate "C" not null, "policy_id" text collate "C" not null, "consent_id" text collate "C" not null, "query_event_id" text collate "C" not null, "issued_at" text collate "C" not null, "network_ids" text collate "C" not null, "jws" text collate "C" not null, "stale_at" text collate "C" null, "revoked_at" text collate "C" null, "revoked_reason" text collate "C" null, "superseded_by_id" text collate "C" null, "disputed_reason" text collate "C" null, primary key ("id"));`);
    this.addSql(`create index "certificate_consent_id_index" on "certificate" ("consent_id");`);
    this.addSql(`create index "certificate_participant_id_id_index" on "certificate" ("participant_id", "id");`);
    this.addSql(`create index "certificate_entity_id_participant_id_index" on "certificate" ("entity_id", "participant_id");`);

    this.addSql(`create table "registration" ("id" text collate "C" not null, "entity_id" text collate "C" not null, "participant_id" text collate "C" not null, "handle" text collate "C" null, "version" bigint not null, "sealed_facts" text collate "C" not null, "facts_fingerprint" text collate "C" not null, "created_at" text collate "C" not null, "superseded_at" text collate "C" null, primary key ("id"));`);
    this.addSql(`create index "registration_entity_id_participant_id_index" on "registration" ("entity_id", "participant_id");`);
    this.addSql(`create index "registration_participant_id_entity_id_index" on "registration" ("participant_id", "entity_id");`);
    this.addSql(`alter table "registration" add constraint "registration_participant_id_handle_version_unique" unique ("participant_id", "handle", "version");`);

    this.addSql(`create table "reveal" ("id" text collate "C" not null, "entity_id" text collate "C" not null, "participant_id" text collate "C" not null, "credential_id" text collate "C" not null, "what" text collate "C" not null, "reason" text collate "C" not null, "revealed_at" text collate "C" not null, primary key ("id"));`);
    this.addSql(`create index "reveal_entity_id_revealed_at_index" on "reveal" ("entity_id", "revealed_at");`);

    this.addSql(`create table "signing_key" ("kid" text collate "C" not null, "public_jwk" text collate "C" not null, "wrapped_key" text collate "C" not null, "sealed_private_jwk" text collate "C" not null, "created_at" text collate "C" not null, "retired_at" text collate "C" null, primary key ("kid"));`);

    this.addSql(`create table "standing" ("participant_id" text collate "C" not null, "entity_id" text collate "C" not null, "own_status" text collate "C" not null, "status" text collate "C" not null, "updated_at" text collate "C" not null, primary key ("participant_id", "entity_id"));`);
    this.addSql(`create index "standing_participant_id_status_entity_id_index" on "standing" ("participant_id", "status", "entity_id");`);

    this.addSql(`create table "submission" ("id" text collate "C" not null, "participant_id" text collate "C" not null, "state" text collate "C" not null, "line_count" bigint not null, "bad_count" bigint not null, "record_count" bigint not null, "attestation_count" bigint not null, "lines_fingerprint" text collate "C" null, "furnished_at" text collate "C" not null, "updated_at" text collate "C" not null, primary key ("id"));`);
    this.addSql(`create index "submission_participant_id_index" on "submission" ("participant_id");`);

    this.addSql(`create table "attestation" ("id" text collate "C" not null, "submission_id" text collate "C" not null, "entity_id" text collate "C" not null, "furnisher_id" text collate "C" not null, "kind" text collate "C" not null, "performed_at" text collate "C" not null, "furnished_at" text collate "C" not null, "statement" text collate "C" not null, "content_hash" text collate "C" not null, "sealed_values" text collate "C" null, "revoked_at" text collate "C" null, "revoked_reason" text collate "C" null, "disputed_reason" text collate "C" null, primary key ("id"));`);
    this.addSql(`create index "attestation_submission_id_index" on "attestation" ("submission_id");`);
    this.addSql(`create index "attestation_entity_id_kind_performed_at_index" on "attestation" ("entity_id", "kind", "performed_at");`);
    this.addSql(`create index "attestation_furnisher_id_id_index" on "attestation" ("furnisher_id", "id");`);
    this.addSql(`create or replace function "attestation_attestation_statement_is_immutable_fn"() returns trigger as \$\$ begin raise exception 'an attestation is immutable' using errcode = 'restrict_violation'; end; \$\$ language plpgsql;`);
    this.addSql(`create trigger "attestation_statement_is_immutable" BEFORE UPDATE on "attestation" for each ROW
  when (new.id <> old.id or new.submission_id <> old.submission_id or new.statement <> old.statement or new.content_hash <> old.content_hash or new.entity_id <> old.entity_id or new.furnisher_id <> old.furnisher_id or new.kind <> old.kind or new.performed_at <> old.performed_at or new.furnished_at <> old.furnished_at or old.revoked_at is not null and (new.revoked_at is null or new.revoked_at <> old.revoked_at or new.revoked_reason <> old.revoked_reason)) execute function "attestation_attestation_statement_is_immutable_fn"();`);
    this.addSql(`create or replace function "attestation_attestation_is_kept_fn"() returns trigger as \$\$ begin raise exception 'an attestation is never deleted' using errcode = 'restrict_violation'; end; \$\$ language plpgsql;`);
    this.addSql(`create trigger "attestation_is_kept" BEFORE DELETE on "attestation" for each ROW execute function "attestation_attestation_is_kept_fn"();`);

    this.addSql(`create table "dispute" ("id" text collate "C" not null, "attestation_id" text collate "C" not null, "open_for" text collate "C" null, "raised_by_id" text collate "C" not null, "reason" text collate "C" not null, "raised_at" text collate "C" not null, "outcome" text collate "C" null, "settled_reason" text collate "C" null, "settled_at" text collate "C" null, "corrected_by_id" text collate "C" null, primary key ("id"));`);
    this.addSql(`alter table "dispute" add constraint "dispute_open_for_unique" unique ("open_for");`);
    this.addSql(`create index "dispute_attestation_id_id_index" on "dispute" ("attestation_id", "id");`);

    this.addSql(`create table "certificate_block" ("certificate_id" text collate "C" not null, "kind" text collate "C" not null, "position" bigint not null, "requirement_key" text collate "C" not null, "attestation_id" text collate "C" not null, "network_id" text collate "C" not null, primary key ("certificate_id", "kind"));`);
    this.addSql(`create index "certificate_block_attestation_id_index" on "certificate_block" ("attestation_id");`);

    this.addSql(`create table "attestation_network" ("attestation_id" text collate "C" not null, "network_id" text collate "C" not null, primary key ("attestation_id", "network_id"));`);
    this.addSql(`create index "attestation_network_network_id_index" on "attestation_network" ("network_id");`);

    this.addSql(`create table "verification" ("id" text collate "C" not null, "entity_id" text collate "C" not null, "participant_id" text collate "C" not null, "registration_id" text collate "C" not null, "kyc_level" text collate "C" not null, "status" text collate "C" not null, "attempt" bigint not null, "parent_verification_id" text collate "C" null, "certificate_id" text collate "C" null, "provider" text collate "C" null, "provider_reference" text collate "C" null, "answered_at" text collate "C" null, "score" text collate "C" null, "reasons" text collate "C" not null, "tags" text collate "C" not null, "requested_at" text collate "C" not null, "updated_at" text collate "C" not null, "due_at" text collate "C" null, primary key ("id"));`);
    this.addSql(`create index "verification_participant_id_entity_id_id_index" on "verification" ("participant_id", "entity_id", "id");`);
    this.addSql(`create index "verification_participant_id_id_index" on "verification" ("participant_id", "id");`);

    this.addSql(`create table "document" ("id" text collate "C" not null, "verification_id" text collate "C" not null, "entity_id" text collate "C" not null, "participant_id" text collate "C" not null, "document_type" text collate "C" not null, "sealed_filename" text collate "C" not null, "mime_type" text collate "C" not null, "sha256" text collate "C" not null, "size_bytes" bigint not null, "address" text collate "C" not null, "received_at" text collate "C" not null, primary key ("id"));`);
    this.addSql(`create index "document_address_index" on "document" ("address");`);
    this.addSql(`alter table "document" add constraint "document_verification_id_sha256_unique" unique ("verification_id", "sha256");`);

    this.addSql(`create table "verification_check" ("verification_id" text collate "C" not null, "position" bigint not null, "element" text collate "C" not null, "outcome" text collate "C" not null, "tag" text collate "C" not null, "score" text collate "C" null, primary key ("verification_id", "position"));`);

    this.addSql(`create table "verification_work" ("verification_id" text collate "C" not null, "participant_id" text collate "C" not null, "step" text collate "C" not null, "due_at" text collate "C" not null, "tries" bigint not null, "lease" text collate "C" null, primary key ("verification_id"));`);
    this.addSql(`create index "verification_work_due_at_index" on "verification_work" ("due_at");`);

    this.addSql(`alter table "entity_conflict" add constraint "entity_conflict_entity_id_foreign" foreign key ("entity_id") references "entity" ("id") on update cascade on delete cascade;`);
    this.addSql(`alter table "entity_conflict" add constraint "entity_conflict_other_entity_id_foreign" foreign key ("other_entity_id") references "entity" ("id") on update cascade on delete cascade;`);

    this.addSql(`alter table "membership" add constraint "membership_network_id_foreign" foreign key ("network_id") references "network" ("id");`);
    this.addSql(`alter table "membership" add constraint "membership_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);

    this.addSql(`alter table "member" add constraint "member_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);
    this.addSql(`alter table "member" add constraint "member_business_id_foreign" foreign key ("business_id") references "entity" ("id");`);
    this.addSql(`alter table "member" add constraint "member_entity_id_foreign" foreign key ("entity_id") references "entity" ("id");`);

    this.addSql(`alter table "owner_certification" add constraint "owner_certification_member_id_foreign" foreign key ("member_id") references "member" ("id") on update cascade on delete cascade;`);
    this.addSql(`alter table "owner_certification" add constraint "owner_certification_administrator_id_foreign" foreign key ("administrator_id") references "entity" ("id");`);

    this.addSql(`alter table "level_approval" add constraint "level_approval_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);

    this.addSql(`alter table "idempotency_key" add constraint "idempotency_key_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);

    this.addSql(`alter table "entitlement" add constraint "entitlement_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);
    this.addSql(`alter table "entitlement" add constraint "entitlement_entity_id_foreign" foreign key ("entity_id") references "entity" ("id");`);
    this.addSql(`alter table "entitlement" add constraint "entitlement_network_id_foreign" foreign key ("network_id") references "network" ("id");`);

    this.addSql(`alter table "consent" add constraint "consent_entity_id_foreign" foreign key ("entity_id") references "entity" ("id");`);
    this.addSql(`alter table "consent" add constraint "consent_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);
    this.addSql(`alter table "consent" add constraint "consent_network_id_foreign" foreign key ("network_id") references "network" ("id");`);

    this.addSql(`alter table "certification" add constraint "certification_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);
    this.addSql(`alter table "certification" add constraint "certification_business_id_foreign" foreign key ("business_id") references "entity" ("id");`);
    this.addSql(`alter table "certification" add constraint "certification_administrator_id_foreign" foreign key ("administrator_id") references "entity" ("id");`);

    this.addSql(`alter table "api_key" add constraint "api_key_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);

    this.addSql(`alter table "policy" add constraint "policy_network_id_foreign" foreign key ("network_id") references "network" ("id");`);

    this.addSql(`alter table "coverage_check" add constraint "coverage_check_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);
    this.addSql(`alter table "coverage_check" add constraint "coverage_check_entity_id_foreign" foreign key ("entity_id") references "entity" ("id");`);
    this.addSql(`alter table "coverage_check" add constraint "coverage_check_consent_id_foreign" foreign key ("consent_id") references "consent" ("id");`);
    this.addSql(`alter table "coverage_check" add constraint "coverage_check_policy_id_foreign" foreign key ("policy_id") references "policy" ("id");`);

    this.addSql(`alter table "price" add constraint "price_network_id_foreign" foreign key ("network_id") references "network" ("id");`);

    this.addSql(`alter table "query_event" add constraint "query_event_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);
    this.addSql(`alter table "query_event" add constraint "query_event_entity_id_foreign" foreign key ("entity_id") references "entity" ("id");`);
    this.addSql(`alter table "query_event" add constraint "query_event_consent_id_foreign" foreign key ("consent_id") references "consent" ("id");`);
    this.addSql(`alter table "query_event" add constraint "query_event_policy_id_foreign" foreign key ("policy_id") references "policy" ("id");`);

    this.addSql(`alter table "certificate" add constraint "certificate_entity_id_foreign" foreign key ("entity_id") references "entity" ("id");`);
    this.addSql(`alter table "certificate" add constraint "certificate_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);
    this.addSql(`alter table "certificate" add constraint "certificate_policy_id_foreign" foreign key ("policy_id") references "policy" ("id");`);
    this.addSql(`alter table "certificate" add constraint "certificate_consent_id_foreign" foreign key ("consent_id") references "consent" ("id");`);
    this.addSql(`alter table "certificate" add constraint "certificate_query_event_id_foreign" foreign key ("query_event_id") references "query_event" ("id");`);

    this.addSql(`alter table "registration" add constraint "registration_entity_id_foreign" foreign key ("entity_id") references "entity" ("id");`);
    this.addSql(`alter table "registration" add constraint "registration_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);

    this.addSql(`alter table "reveal" add constraint "reveal_entity_id_foreign" foreign key ("entity_id") references "entity" ("id");`);
    this.addSql(`alter table "reveal" add constraint "reveal_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);

    this.addSql(`alter table "standing" add constraint "standing_participant_id_foreign" foreign key ("participant_id") references "participant" ("id") on update cascade on delete cascade;`);
    this.addSql(`alter table "standing" add constraint "standing_entity_id_foreign" foreign key ("entity_id") references "entity" ("id") on update cascade on delete cascade;`);

    this.addSql(`alter table "submission" add constraint "submission_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);

    this.addSql(`alter table "attestation" add constraint "attestation_submission_id_foreign" foreign key ("submission_id") references "submission" ("id");`);
    this.addSql(`alter table "attestation" add constraint "attestation_entity_id_foreign" foreign key ("entity_id") references "entity" ("id");`);
    this.addSql(`alter table "attestation" add constraint "attestation_furnisher_id_foreign" foreign key ("furnisher_id") references "participant" ("id");`);

    this.addSql(`alter table "dispute" add constraint "dispute_attestation_id_foreign" foreign key ("attestation_id") references "attestation" ("id");`);
    this.addSql(`alter table "dispute" add constraint "dispute_raised_by_id_foreign" foreign key ("raised_by_id") references "participant" ("id");`);

    this.addSql(`alter table "certificate_block" add constraint "certificate_block_certificate_id_foreign" foreign key ("certificate_id") references "certificate" ("id");`);
    this.addSql(`alter table "certificate_block" add constraint "certificate_block_attestation_id_foreign" foreign key ("attestation_id") references "attestation" ("id");`);
    this.addSql(`alter table "certificate_block" add constraint "certificate_block_network_id_foreign" foreign key ("network_id") references "network" ("id");`);

    this.addSql(`alter table "attestation_network" add constraint "attestation_network_attestation_id_foreign" foreign key ("attestation_id") references "attestation" ("id") on update cascade on delete cascade;`);
    this.addSql(`alter table "attestation_network" add constraint "attestation_network_network_id_foreign" foreign key ("network_id") references "network" ("id") on update cascade on delete cascade;`);

    this.addSql(`alter table "verification" add constraint "verification_entity_id_foreign" foreign key ("entity_id") references "entity" ("id");`);
    this.addSql(`alter table "verification" add constraint "verification_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);
    this.addSql(`alter table "verification" add constraint "verification_registration_id_foreign" foreign key ("registration_id") references "registration" ("id");`);
    this.addSql(`alter table "verification" add constraint "verification_certificate_id_foreign" foreign key ("certificate_id") references "certificate" ("id") on delete set null;`);

    this.addSql(`alter table "document" add constraint "document_verification_id_foreign" foreign key ("verification_id") references "verification" ("id");`);
    this.addSql(`alter table "document" add constraint "document_entity_id_foreign" foreign key ("entity_id") references "entity" ("id");`);
    this.addSql(`alter table "document" add constraint "document_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);

    this.addSql(`alter table "verification_check" add constraint "verification_check_verification_id_foreign" foreign key ("verification_id") references "verification" ("id");`);

    this.addSql(`alter table "verification_work" add constraint "verification_work_verification_id_foreign" foreign key ("verification_id") references "verification" ("id") on update cascade on delete cascade;`);
    this.addSql(`alter table "verification_work" add constraint "verification_work_participant_id_foreign" foreign key ("participant_id") references "participant" ("id");`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "verification_work" cascade;`);
    this.addSql(`drop table if exists "verification_check" cascade;`);
    this.addSql(`drop table if exists "document" cascade;`);
    this.addSql(`drop table if exists "verification" cascade;`);
    this.addSql(`drop table if exists "attestation_network" cascade;`);
    this.addSql(`drop table if exists "certificate_block" cascade;`);
    this.addSql(`drop table if exists "dispute" cascade;`);
    this.addSql(`drop table if exists "attestation" cascade;`);
    this.addSql(`drop table if exists "submission" cascade;`);
    this.addSql(`drop table if exists "standing" cascade;`);
    this.addSql(`drop table if exists "signing_key" cascade;`);
    this.addSql(`drop table if exists "reveal" cascade;`);
    this.addSql(`drop table if exists "registration" cascade;`);
    this.addSql(`drop table if exists "certificate" cascade;`);
    this.addSql(`drop table if exists "query_event" cascade;`);
    this.addSql(`drop table if exists "price" cascade;`);
    this.addSql(`drop table if exists "coverage_check" cascade;`);
    this.addSql(`drop table if exists "policy" cascade;`);
    this.addSql(`drop table if exists "api_key" cascade;`);
    this.addSql(`drop table if exists "certification" cascade;`);
    this.addSql(`drop table if exists "consent" cascade;`);
    this.addSql(`drop table if exists "entitlement" cascade;`);
    this.addSql(`drop table if exists "idempotency_key" cascade;`);
    this.addSql(`drop table if exists "level_approval" cascade;`);
    this.addSql(`drop table if exists "owner_certification" cascade;`);
    this.addSql(`drop table if exists "member" cascade;`);
    this.addSql(`drop table if exists "membership" cascade;`);
    this.addSql(`drop table if exists "participant" cascade;`);
    this.addSql(`drop table if exists "network" cascade;`);
    this.addSql(`drop table if exists "due_moment" cascade;`);
    this.addSql(`drop table if exists "installation" cascade;`);
    this.addSql(`drop table if exists "event" cascade;`);
    this.addSql(`drop table if exists "entity_conflict" cascade;`);
    this.addSql(`drop table if exists "entity" cascade;`);
    this.addSql(`drop table if exists "callback" cascade;`);
    this.addSql(`drop function if exists "attestation_attestation_statement_is_immutable_fn"();`);
    this.addSql(`drop function if exists "attestation_attestation_is_kept_fn"();`);
  }

}
