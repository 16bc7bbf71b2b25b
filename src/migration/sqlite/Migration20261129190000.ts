import { Migration } from '@mikro-orm/migrations';

/**
 * Whoever is registered has a standing from then on, with the type that lists are narrowed by; and lists of what is rare have indexes:
 * entities by state and type, certificates by what they are filed under, runs by level.
 */
export class Migration20261129190000 extends Migration {

  override name = 'Migration20261129190000';

  override up(): void | Promise<void> {
    this.addSql(`create index certificate_filed_index on certificate (participant_id, (case when revoked_at is not null then 'REVOKED' when superseded_by_id is not null then 'SUPERSEDED' when disputed_reason is not null then 'DISPUTED' else substr(stale_at, 1, 10) end), id);`);

    this.addSql(`drop index \`standing_participant_id_status_entity_id_index\`;`);
    this.addSql(`alter table \`standing\` add column \`entity_type\` text null;`);
    this.addSql(`create trigger registration_has_standing after insert on registration for each row begin
  insert into standing (participant_id, entity_id, own_status, status, updated_at, entity_type)
  select new.participant_id, id, 'UNVERIFIED', 'UNVERIFIED', new.created_at, entity_type from entity where id = new.entity_id
  on conflict do nothing;
end;`);
    this.addSql(`update standing set entity_type = (select e.entity_type from entity e where e.id = standing.entity_id);`);
    this.addSql(`insert into standing (participant_id, entity_id, own_status, status, updated_at, entity_type)
  select r.participant_id, r.entity_id, 'UNVERIFIED', 'UNVERIFIED', min(r.created_at), e.entity_type
    from registration r join entity e on e.id = r.entity_id where true group by r.participant_id, r.entity_id
  on conflict do nothing;`);
    this.addSql(`create index \`standing_participant_id_status_entity_type_entity_id_index\` on \`standing\` (\`participant_id\`, \`status\`, \`entity_type\`, \`entity_id\`);`);

    this.addSql(`create index verification_level_index on verification (participant_id, (kyc_level || ' ' || status), id);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop trigger registration_has_standing;`);
    this.addSql(`delete from standing where own_status = 'UNVERIFIED' and not exists (
  select 1 from member m where m.participant_id = standing.participant_id and m.business_id = standing.entity_id);`);

    this.addSql(`drop index \`certificate_filed_index\`;`);

    this.addSql(`drop index \`standing_participant_id_status_entity_type_entity_id_index\`;`);
    this.addSql(`alter table \`standing\` drop column \`entity_type\`;`);
    this.addSql(`create index \`standing_participant_id_status_entity_id_index\` on \`standing\` (\`participant_id\`, \`status\`, \`entity_id\`);`);

    this.addSql(`drop index \`verification_level_index\`;`);
  }

}
