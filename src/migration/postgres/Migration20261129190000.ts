import { Migration } from '@mikro-orm/migrations';

/**
 * Whoever is registered has a standing from then on, with the type that lists are narrowed by. The database sees to it, so that it holds of
 * what gateways of the version before register, too.
 */
export class Migration20261129190000 extends Migration {

  override name = 'Migration20261129190000';

  override up(): void | Promise<void> {
    this.addSql(`alter table "standing" add "entity_type" text collate "C" null;`);
    this.addSql(`create function write_standings() returns trigger language plpgsql as $$
begin
  insert into standing (participant_id, entity_id, own_status, status, updated_at, entity_type)
  select r.participant_id, r.entity_id, 'UNVERIFIED', 'UNVERIFIED', min(r.created_at), e.entity_type
    from registered r join entity e on e.id = r.entity_id
   group by r.participant_id, r.entity_id, e.entity_type order by r.participant_id, r.entity_id
  on conflict do nothing;
  return null;
end $$;`);
    this.addSql(`create trigger registration_has_standing after insert on registration referencing new table as registered for each statement execute function write_standings();`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop trigger registration_has_standing on registration;`);
    this.addSql(`drop function write_standings();`);
    this.addSql(`delete from standing s where s.own_status = 'UNVERIFIED' and not exists (
  select 1 from member m where m.participant_id = s.participant_id and m.business_id = s.entity_id);`);
    this.addSql(`alter table "standing" drop column "entity_type";`);
  }

}
