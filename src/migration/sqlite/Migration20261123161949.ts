import { Migration } from '@mikro-orm/migrations';

export class Migration20261123161949 extends Migration {

  override name = 'Migration20261123161949';

  override up(): void | Promise<void> {
    this.addSql(`create table \`entity\` (\`id\` text not null primary key, \`entity_type\` text not null, \`match_fingerprint\` text null, \`tax_fingerprint\` text null, \`wrapped_key\` text null, \`created_at\` text not null, \`updated_at\` text not null);`);
    this.addSql(`create unique index \`entity_match_fingerprint_unique\` on \`entity\` (\`match_fingerprint\`);`);
    this.addSql(`create index \`entity_tax_fingerprint_index\` on \`entity\` (\`tax_fingerprint\`);`);

    this.addSql(`create table \`entity_conflict\` (\`entity_id\` text not null, \`other_entity_id\` text not null, \`detected_at\` text not null, primary key (\`entity_id\`, \`other_entity_id\`), constraint \`entity_conflict_entity_id_foreign\` foreign key (\`entity_id\`) references \`entity\` (\`id\`) on update cascade on delete cascade, constraint \`entity_conflict_other_entity_id_foreign\` foreign key (\`other_entity_id\`) references \`entity\` (\`id\`) on update cascade on delete cascade);`);

    this.addSql(`create table \`event\` (\`seq\` integer not null primary key autoincrement, \`participant_id\` text not null, \`entity_id\` text not null, \`type\` text not null, \`subject_id\` text not null, \`from_status\` text null, \`to_status\` text null, \`reason\` text null, \`occurred_at\` text not null);`);
    this.addSql(`create index \`event_participant_id_seq_index\` on \`event\` (\`participant_id\`, \`seq\`);`);
    this.addSql(`create index \`event_participant_id_entity_id_seq_index\` on \`event\` (\`participant_id\`, \`entity_id\`, \`seq\`);`);

    this.addSql(`create table \`installation\` (\`id\` text not null primary key, \`wrapped_key\` text not null, \`sealed_mark\` text not null, \`fingerprint\` text not null, \`created_at\` text not null);`);

    this.addSql(`create table \`network\` (\`id\` text not null primary key, \`name\` text not null, \`created_at\` text not null);`);
    this.addSql(`create unique index \`network_name_unique\` on \`network\` (\`name\`);`);

    this.addSql(`create table \`participant\` (\`id\` text not null primary key, \`name\` text not null, \`created_at\` text not null);`);
    this.addSql(`create unique index \`participant_name_unique\` on \`participant\` (\`name\`);`);

    this.addSql(`create table \`membership\` (\`network_id\` text not null, \`participant_id\` text not null, \`role\` text not null, \`granted_at\` text not null, primary key (\`network_id\`, \`participant_id\`, \`role\`), constraint \`membership_network_id_foreign\` foreign key (\`network_id\`) references \`network\` (\`id\`), constraint \`membership_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`));`);
    this.addSql(`create index \`membership_participant_id_index\` on \`membership\` (\`participant_id\`);`);

    this.addSql(`create table \`idempotency_key\` (\`participant_id\` text not null, \`verb\` text not null, \`key\` text not null, \`body_hash\` text not null, \`result_id\` text not null, \`created_at\` text not null, primary key (\`participant_id\`, \`verb\`, \`key\`), constraint \`idempotency_key_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`));`);

    this.addSql(`create table \`entitlement\` (\`participant_id\` text not null, \`entity_id\` text not null, \`network_id\` text not null, \`kind\` text not null, \`earned_by\` text not null, \`earned_at\` text not null, primary key (\`participant_id\`, \`entity_id\`, \`network_id\`, \`kind\`), constraint \`entitlement_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`), constraint \`entitlement_entity_id_foreign\` foreign key (\`entity_id\`) references \`entity\` (\`id\`), constraint \`entitlement_network_id_foreign\` foreign key (\`network_id\`) references \`network\` (\`id\`));`);

    this.addSql(`create table \`consent\` (\`id\` text not null primary key, \`entity_id\` text not null, \`participant_id\` text not null, \`network_id\` text not null, \`purpose\` text not null, \`kinds\` text not null, \`granted_at\` text not null, \`expires_at\` text null, \`withdrawn_at\` text null, constraint \`consent_entity_id_foreign\` foreign key (\`entity_id\`) references \`entity\` (\`id\`), constraint \`consent_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`), constraint \`consent_network_id_foreign\` foreign key (\`network_id\`) references \`network\` (\`id\`));`);
    this.addSql(`create index \`consent_entity_id_participant_id_index\` on \`consent\` (\`entity_id\`, \`participant_id\`);`);

    this.addSql(`create table \`api_key\` (\`id\` text not null primary key, \`participant_id\` text not null, \`label\` text not null, \`secret_hash\` text not null, \`scopes\` text not null, \`created_at\` text not null, \`expires_at\` text null, \`revoked_at\` text null, constraint \`api_key_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`));`);
    this.addSql(`create index \`api_key_participant_id_index\` on \`api_key\` (\`participant_id\`);`);

    this.addSql(`create table \`policy\` (\`id\` text not null primary key, \`network_id\` text not null, \`name\` text not null, \`version\` integer not null, \`product\` text not null, \`selection\` text not null, \`status\` text not null, \`requirements\` text not null, \`accepts_disputed\` integer not null, \`default_for\` text null, \`created_at\` text not null, \`published_at\` text null, constraint \`policy_network_id_foreign\` foreign key (\`network_id\`) references \`network\` (\`id\`));`);
    this.addSql(`create unique index \`policy_default_for_unique\` on \`policy\` (\`default_for\`);`);
    this.addSql(`create unique index \`policy_network_id_name_version_unique\` on \`policy\` (\`network_id\`, \`name\`, \`version\`);`);

    this.addSql(`create table \`coverage_check\` (\`id\` text not null primary key, \`participant_id\` text not null, \`entity_id\` text not null, \`consent_id\` text not null, \`policy_id\` text not null, \`no_price\` text not null, \`currency\` text not null, \`checked_at\` text not null, constraint \`coverage_check_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`), constraint \`coverage_check_entity_id_foreign\` foreign key (\`entity_id\`) references \`entity\` (\`id\`), constraint \`coverage_check_consent_id_foreign\` foreign key (\`consent_id\`) references \`consent\` (\`id\`), constraint \`coverage_check_policy_id_foreign\` foreign key (\`policy_id\`) references \`policy\` (\`id\`));`);
    this.addSql(`create index \`coverage_check_participant_id_checked_at_index\` on \`coverage_check\` (\`participant_id\`, \`checked_at\`);`);

    this.addSql(`create table \`price\` (\`network_id\` text not null, \`product\` text not null, \`version\` integer not null, \`amount\` text not null, \`no_amount\` text not null, \`currency\` text not null, \`effective_at\` text not null, primary key (\`network_id\`, \`product\`, \`version\`), constraint \`price_network_id_foreign\` foreign key (\`network_id\`) references \`network\` (\`id\`));`);

    this.addSql(`create table \`query_event\` (\`id\` text not null primary key, \`participant_id\` text not null, \`entity_id\` text not null, \`consent_id\` text not null, \`policy_id\` text not null, \`outcome\` text not null, \`price\` text not null, \`currency\` text not null, \`requirements\` text not null, \`occurred_at\` text not null, \`certificate_id\` text null, constraint \`query_event_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`), constraint \`query_event_entity_id_foreign\` foreign key (\`entity_id\`) references \`entity\` (\`id\`), constraint \`query_event_consent_id_foreign\` foreign key (\`consent_id\`) references \`consent\` (\`id\`), constraint \`query_event_policy_id_foreign\` foreign key (\`policy_id\`) references \`policy\` (\`id\`));`);
    this.addSql(`create index \`query_event_participant_id_occurred_at_index\` on \`query_event\` (\`participant_id\`, \`occurred_at\`);`);

    this.addSql(`create table \`certificate\` (\`id\` text not null primary key, \`product\` text not null, \`entity_id\` text not null, \`participant_id\` text not null, \`policy_id\` text not null, \`consent_id\` text not null, \`query_event_id\` text not null, \`issued_at\` text not null, \`network_ids\` text not null, \`jws\` text not null, \`stale_at\` text null, \`revoked_at\` text null, \`revoked_reason\` text null, \`superseded_by_id\` text null, \`disputed_reason\` text null, constraint \`certificate_entity_id_foreign\` foreign key (\`entity_id\`) references \`entity\` (\`id\`), constraint \`certificate_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`), constraint \`certificate_policy_id_foreign\` foreign key (\`policy_id\`) references \`policy\` (\`id\`), constraint \`certificate_consent_id_foreign\` foreign key (\`consent_id\`) references \`consent\` (\`id\`), constraint \`certificate_query_event_id_foreign\` foreign key (\`query_event_id\`) references \`query_event\` (\`id\`));`);
    this.addSql(`create index \`certificate_consent_id_index\` on \`certificate\` (\`consent_id\`);`);
    this.addSql(`create index \`certificate_participant_id_id_index\` on \`certificate\` (\`participant_id\`, \`id\`);`);
    this.addSql(`create index \`certificate_entity_id_participant_id_index\` on \`certificate\` (\`entity_id\`, \`participant_id\`);`);

    this.addSql(`create table \`registration\` (\`id\` text not null primary key, \`entity_id\` text not null, \`participant_id\` text not null, \`handle\` text null, \`version\` integer not null, \`sealed_facts\` text not null, \`facts_fingerprint\` text not null, \`created_at\` text not null, \`superseded_at\` text null, constraint \`registration_entity_id_foreign\` foreign key (\`entity_id\`) references \`entity\` (\`id\`), constraint \`registration_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`));`);
    this.addSql(`create index \`registration_entity_id_participant_id_index\` on \`registration\` (\`entity_id\`, \`participant_id\`);`);
    this.addSql(`create index \`registration_participant_id_entity_id_index\` on \`registration\` (\`participant_id\`, \`entity_id\`);`);
    this.addSql(`create unique index \`registration_participant_id_handle_version_unique\` on \`registration\` (\`participant_id\`, \`handle\`, \`version\`);`);

    this.addSql(`create table \`reveal\` (\`id\` text not null primary key, \`entity_id\` text not null, \`participant_id\` text not null, \`credential_id\` text not null, \`what\` text not null, \`reason\` text not null, \`revealed_at\` text not null, constraint \`reveal_entity_id_foreign\` foreign key (\`entity_id\`) references \`entity\` (\`id\`), constraint \`reveal_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`));`);
    this.addSql(`create index \`reveal_entity_id_revealed_at_index\` on \`reveal\` (\`entity_id\`, \`revealed_at\`);`);

    this.addSql(`create table \`signing_key\` (\`kid\` text not null primary key, \`public_jwk\` text not null, \`wrapped_key\` text not null, \`sealed_private_jwk\` text not null, \`created_at\` text not null, \`retired_at\` text null);`);

    this.addSql(`create table \`submission\` (\`id\` text not null primary key, \`participant_id\` text not null, \`state\` text not null, \`line_count\` integer not null, \`bad_count\` integer not null, \`record_count\` integer not null, \`attestation_count\` integer not null, \`lines_fingerprint\` text null, \`furnished_at\` text not null, \`updated_at\` text not null, constraint \`submission_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`));`);
    this.addSql(`create index \`submission_participant_id_index\` on \`submission\` (\`participant_id\`);`);

    this.addSql(`create table \`attestation\` (\`id\` text not null primary key, \`submission_id\` text not null, \`entity_id\` text not null, \`furnisher_id\` text not null, \`kind\` text not null, \`performed_at\` text not null, \`furnished_at\` text not null, \`statement\` text not null, \`content_hash\` text not null, \`sealed_values\` text null, \`revoked_at\` text null, \`revoked_reason\` text null, \`disputed_reason\` text null, constraint \`attestation_submission_id_foreign\` foreign key (\`submission_id\`) references \`submission\` (\`id\`), constraint \`attestation_entity_id_foreign\` foreign key (\`entity_id\`) references \`entity\` (\`id\`), constraint \`attestation_furnisher_id_foreign\` foreign key (\`furnisher_id\`) references \`participant\` (\`id\`));`);
    this.addSql(`create index \`attestation_submission_id_index\` on \`attestation\` (\`submission_id\`);`);
    this.addSql(`create index \`attestation_entity_id_kind_performed_at_index\` on \`attestation\` (\`entity_id\`, \`kind\`, \`performed_at\`);`);
    this.addSql(`create index \`attestation_furnisher_id_id_index\` on \`attestation\` (\`furnisher_id\`, \`id\`);`);
    this.addSql(`create trigger \`attestation_statement_is_immutable\` BEFORE UPDATE on \`attestation\` for each ROW
  when new.id <> old.id or new.submission_id <> old.submission_id or new.statement <> old.statement or new.content_hash <> old.content_hash or new.entity_id <> old.entity_id or new.furnisher_id <> old.furnisher_id or new.kind <> old.kind or new.performed_at <> old.performed_at or new.furnished_at <> old.furnished_at or old.revoked_at is not null and (new.revoked_at is null or new.revoked_at <> old.revoked_at or new.revoked_reason <> old.revoked_reason) begin select raise(abort, 'an attestation is immutable'); end;`);
    this.addSql(`create trigger \`attestation_is_kept\` BEFORE DELETE on \`attestation\` for each ROW begin select raise(abort, 'an attestation is never deleted'); end;`);

    this.addSql(`create table \`dispute\` (\`id\` text not null primary key, \`attestation_id\` text not null, \`open_for\` text null, \`raised_by_id\` text not null, \`reason\` text not null, \`raised_at\` text not null, \`outcome\` text null, \`settled_reason\` text null, \`settled_at\` text null, \`corrected_by_id\` text null, constraint \`dispute_attestation_id_foreign\` foreign key (\`attestation_id\`) references \`attestation\` (\`id\`), constraint \`dispute_raised_by_id_foreign\` foreign key (\`raised_by_id\`) references \`participant\` (\`id\`));`);
    this.addSql(`create unique index \`dispute_open_for_unique\` on \`dispute\` (\`open_for\`);`);
    this.addSql(`create index \`dispute_attestation_id_id_index\` on \`dispute\` (\`attestation_id\`, \`id\`);`);

    this.addSql(`create table \`certificate_block\` (\`certificate_id\` text not null, \`kind\` text not null, \`position\` integer not null, \`requirement_key\` text not null, \`attestation_id\` text not null, \`network_id\` text not null, primary key (\`certificate_id\`, \`kind\`), constraint \`certificate_block_certificate_id_foreign\` foreign key (\`certificate_id\`) references \`certificate\` (\`id\`), constraint \`certificate_block_attestation_id_foreign\` foreign key (\`attestation_id\`) references \`attestation\` (\`id\`), constraint \`certificate_block_network_id_foreign\` foreign key (\`network_id\`) references \`network\` (\`id\`));`);
    this.addSql(`create index \`certificate_block_attestation_id_index\` on \`certificate_block\` (\`attestation_id\`);`);

    this.addSql(`create table \`attestation_network\` (\`attestation_id\` text not null, \`network_id\` text not null, primary key (\`attestation_id\`, \`network_id\`), constraint \`attestation_network_attestation_id_foreign\` foreign key (\`attestation_id\`) references \`attestation\` (\`id\`) on update cascade on delete cascade, constraint \`attestation_network_network_id_foreign\` foreign key (\`network_id\`) references \`network\` (\`id\`) on update cascade on delete cascade);`);
    this.addSql(`create index \`attestation_network_network_id_index\` on \`attestation_network\` (\`network_id\`);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`attestation_network\`;`);
    this.addSql(`drop table if exists \`certificate_block\`;`);
    this.addSql(`drop table if exists \`dispute\`;`);
    this.addSql(`drop table if exists \`attestation\`;`);
    this.addSql(`drop table if exists \`submission\`;`);
    this.addSql(`drop table if exists \`signing_key\`;`);
    this.addSql(`drop table if exists \`reveal\`;`);
    this.addSql(`drop table if exists \`registration\`;`);
    this.addSql(`drop table if exists \`certificate\`;`);
    this.addSql(`drop table if exists \`query_event\`;`);
    this.addSql(`drop table if exists \`price\`;`);
    this.addSql(`drop table if exists \`coverage_check\`;`);
    this.addSql(`drop table if exists \`policy\`;`);
    this.addSql(`drop table if exists \`api_key\`;`);
    this.addSql(`drop table if exists \`consent\`;`);
    this.addSql(`drop table if exists \`entitlement\`;`);
    this.addSql(`drop table if exists \`idempotency_key\`;`);
    this.addSql(`drop table if exists \`membership\`;`);
    this.addSql(`drop table if exists \`participant\`;`);
    this.addSql(`drop table if exists \`network\`;`);
    this.addSql(`drop table if exists \`installation\`;`);
    this.addSql(`drop table if exists \`event\`;`);
    this.addSql(`drop table if exists \`entity_conflict\`;`);
    this.addSql(`drop table if exists \`entity\`;`);
  }

}
