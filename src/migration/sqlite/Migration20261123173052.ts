import { Migration } from '@mikro-orm/migrations';

export class Migration20261123173052 extends Migration {

  override name = 'Migration20261123173052';

  override up(): void | Promise<void> {
    this.addSql(`create table \`callback\` (\`provider\` text not null, \`message_id\` text not null, \`received_at\` text not null, primary key (\`provider\`, \`message_id\`));`);
    this.addSql(`create index \`callback_received_at_index\` on \`callback\` (\`received_at\`);`);

    this.addSql(`create table \`member\` (\`id\` text not null primary key, \`participant_id\` text not null, \`business_id\` text not null, \`entity_id\` text not null, \`role\` text not null, \`details\` text null, \`ownership_stake\` text null, \`linked_as\` text null, \`linked_at\` text not null, \`unlinked_at\` text null, constraint \`member_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`), constraint \`member_business_id_foreign\` foreign key (\`business_id\`) references \`entity\` (\`id\`), constraint \`member_entity_id_foreign\` foreign key (\`entity_id\`) references \`entity\` (\`id\`));`);
    this.addSql(`create unique index \`member_linked_as_unique\` on \`member\` (\`linked_as\`);`);
    this.addSql(`create index \`member_participant_id_business_id_unlinked_at_index\` on \`member\` (\`participant_id\`, \`business_id\`, \`unlinked_at\`);`);
    this.addSql(`create index \`member_participant_id_entity_id_unlinked_at_index\` on \`member\` (\`participant_id\`, \`entity_id\`, \`unlinked_at\`);`);

    this.addSql(`create table \`owner_certification\` (\`member_id\` text not null primary key, \`token\` text not null, \`administrator_id\` text not null, \`certified_at\` text not null, constraint \`owner_certification_member_id_foreign\` foreign key (\`member_id\`) references \`member\` (\`id\`) on update cascade on delete cascade, constraint \`owner_certification_administrator_id_foreign\` foreign key (\`administrator_id\`) references \`entity\` (\`id\`));`);

    this.addSql(`create table \`level_approval\` (\`participant_id\` text not null, \`kyc_level\` text not null, \`approved\` integer not null, \`decided_at\` text not null, primary key (\`participant_id\`, \`kyc_level\`), constraint \`level_approval_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`));`);

    this.addSql(`create table \`certification\` (\`id\` text not null primary key, \`participant_id\` text not null, \`business_id\` text not null, \`administrator_id\` text not null, \`content_fingerprint\` text not null, \`owners\` text not null, \`created_at\` text not null, \`expires_after\` text null, constraint \`certification_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`), constraint \`certification_business_id_foreign\` foreign key (\`business_id\`) references \`entity\` (\`id\`), constraint \`certification_administrator_id_foreign\` foreign key (\`administrator_id\`) references \`entity\` (\`id\`));`);
    this.addSql(`create index \`certification_participant_id_business_id_id_index\` on \`certification\` (\`participant_id\`, \`business_id\`, \`id\`);`);

    this.addSql(`create table \`standing\` (\`participant_id\` text not null, \`entity_id\` text not null, \`own_status\` text not null, \`status\` text not null, \`updated_at\` text not null, primary key (\`participant_id\`, \`entity_id\`), constraint \`standing_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`) on update cascade on delete cascade, constraint \`standing_entity_id_foreign\` foreign key (\`entity_id\`) references \`entity\` (\`id\`) on update cascade on delete cascade);`);
    this.addSql(`create index \`standing_participant_id_status_entity_id_index\` on \`standing\` (\`participant_id\`, \`status\`, \`entity_id\`);`);

    this.addSql(`create table \`verification\` (\`id\` text not null primary key, \`entity_id\` text not null, \`participant_id\` text not null, \`registration_id\` text not null, \`kyc_level\` text not null, \`status\` text not null, \`attempt\` integer not null, \`parent_verification_id\` text null, \`certificate_id\` text null, \`provider\` text null, \`provider_reference\` text null, \`answered_at\` text null, \`score\` text null, \`reasons\` text not null, \`tags\` text not null, \`requested_at\` text not null, \`updated_at\` text not null, \`due_at\` text null, constraint \`verification_entity_id_foreign\` foreign key (\`entity_id\`) references \`entity\` (\`id\`), constraint \`verification_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`), constraint \`verification_registration_id_foreign\` foreign key (\`registration_id\`) references \`registration\` (\`id\`), constraint \`verification_certificate_id_foreign\` foreign key (\`certificate_id\`) references \`certificate\` (\`id\`) on delete set null);`);
    this.addSql(`create index \`verification_participant_id_entity_id_id_index\` on \`verification\` (\`participant_id\`, \`entity_id\`, \`id\`);`);
    this.addSql(`create index \`verification_participant_id_id_index\` on \`verification\` (\`participant_id\`, \`id\`);`);

    this.addSql(`create table \`document\` (\`id\` text not null primary key, \`verification_id\` text not null, \`entity_id\` text not null, \`participant_id\` text not null, \`document_type\` text not null, \`sealed_filename\` text not null, \`mime_type\` text not null, \`sha256\` text not null, \`size_bytes\` integer not null, \`address\` text not null, \`received_at\` text not null, constraint \`document_verification_id_foreign\` foreign key (\`verification_id\`) references \`verification\` (\`id\`), constraint \`document_entity_id_foreign\` foreign key (\`entity_id\`) references \`entity\` (\`id\`), constraint \`document_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`));`);
    this.addSql(`create index \`document_address_index\` on \`document\` (\`address\`);`);
    this.addSql(`create unique index \`document_verification_id_sha256_unique\` on \`document\` (\`verification_id\`, \`sha256\`);`);

    this.addSql(`create table \`verification_check\` (\`verification_id\` text not null, \`position\` integer not null, \`element\` text not null, \`outcome\` text not null, \`tag\` text not null, \`score\` text null, primary key (\`verification_id\`, \`position\`), constraint \`verification_check_verification_id_foreign\` foreign key (\`verification_id\`) references \`verification\` (\`id\`));`);

    this.addSql(`create table \`verification_work\` (\`verification_id\` text not null primary key, \`participant_id\` text not null, \`step\` text not null, \`due_at\` text not null, \`tries\` integer not null, \`lease\` text null, constraint \`verification_work_verification_id_foreign\` foreign key (\`verification_id\`) references \`verification\` (\`id\`) on update cascade on delete cascade, constraint \`verification_work_participant_id_foreign\` foreign key (\`participant_id\`) references \`participant\` (\`id\`));`);
    this.addSql(`create index \`verification_work_due_at_index\` on \`verification_work\` (\`due_at\`);`);

    this.addSql(`alter table \`installation\` add column \`sandbox\` integer not null default 0;`);
    this.addSql(`alter table \`installation\` add column \`clock_offset_ms\` integer not null default 0;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`verification_work\`;`);
    this.addSql(`drop table if exists \`document\`;`);
    this.addSql(`drop table if exists \`verification_check\`;`);
    this.addSql(`drop table if exists \`standing\`;`);
    this.addSql(`drop table if exists \`level_approval\`;`);
    this.addSql(`drop table if exists \`callback\`;`);
    this.addSql(`drop table if exists \`verification\`;`);
    this.addSql(`drop table if exists \`certification\`;`);
    this.addSql(`drop table if exists \`owner_certification\`;`);
    this.addSql(`drop table if exists \`member\`;`);
    this.addSql(`alter table \`installation\` drop column \`sandbox\`;`);
    this.addSql(`alter table \`installation\` drop column \`clock_offset_ms\`;`);
  }

}
