import { Migration } from '@mikro-orm/migrations';

/**
 * Standings of whom was registered before, and their types. Each batch is a transaction of its own: it waits for the rows that others change
 * meanwhile, and what of it is there already stays as it is.
 */
export class Migration20261129190100 extends Migration {

  override name = 'Migration20261129190100';

  override isTransactional(): boolean {
    return false;
  }

  override up(): void | Promise<void> {
    this.addSql(`do $$
declare
  behind text collate "C" := '';
  upto text collate "C";
begin
  loop
    select max(id) into upto from (select id from registration where id > behind order by id limit 5000) page;
    exit when upto is null;
    insert into standing (participant_id, entity_id, own_status, status, updated_at, entity_type)
    select r.participant_id, r.entity_id, 'UNVERIFIED', 'UNVERIFIED', min(r.created_at), e.entity_type
      from registration r join entity e on e.id = r.entity_id
     where r.id > behind and r.id <= upto
     group by r.participant_id, r.entity_id, e.entity_type order by r.participant_id, r.entity_id
    on conflict (participant_id, entity_id) do update set entity_type = excluded.entity_type where standing.entity_type is null;
    commit;
    behind := upto;
  end loop;
end $$;`);
  }

  override down(): void | Promise<void> {
    return undefined;
  }

}
