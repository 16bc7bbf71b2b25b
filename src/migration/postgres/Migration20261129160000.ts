import { Migration } from '@mikro-orm/migrations';

/**
 * How far the log is settled. Many transactions append at once, and the one that took a lower number may commit later: nobody may read past
 * it. So whoever is about to append first holds a lock, until its transaction ends, whose key says above which number its own will be.
 * A reader looks at what was given out first, and at what is held afterwards: whatever it does not see held either has ended, and
 * is seen, or takes numbers above the one that it looked at. Nobody waits for anybody.
 *
 * The keys are 2^62 and a number of the log: no other advisory locks of this database may lie there.
 */
export class Migration20261129160000 extends Migration {

  override name = 'Migration20261129160000';

  override up(): void | Promise<void> {
    this.addSql(`create function announce_event() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(
    4611686018427387904 + (select case when is_called then last_value else last_value - 1 end from event_seq_seq));
  return null;
end $$;`);
    this.addSql(`create trigger event_is_announced before insert on event for each statement execute function announce_event();`);
    this.addSql(`create function settled_log_head() returns bigint language plpgsql volatile as $$
declare
  given bigint;
  held bigint;
begin
  select case when is_called then last_value else last_value - 1 end into given from event_seq_seq;
  select min(((classid::bigint - 1073741824) << 32) | objid::bigint) into held from pg_locks
   where locktype = 'advisory' and objsubid = 1
     and classid::bigint >= 1073741824 and classid::bigint < 2147483648
     and database = (select oid from pg_database where datname = current_database());
  return (select coalesce(max(seq), 0) from event where seq <= least(given, coalesce(held, given)));
end $$;`);
    this.addSql(`create view log_head as select settled_log_head() as seq;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop view if exists log_head;`);
    this.addSql(`drop function if exists settled_log_head();`);
    this.addSql(`drop trigger if exists event_is_announced on event;`);
    this.addSql(`drop function if exists announce_event();`);
  }

}
