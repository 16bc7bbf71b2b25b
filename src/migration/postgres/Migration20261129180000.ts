import { Migration } from '@mikro-orm/migrations';

/**
 * What gateways on one database hold in common, and what nobody misses after a crash: unlogged, so that it writes nothing to the
 * write-ahead log and no commit of it waits for the disk. Time is this server's own, in microseconds.
 *
 * A budget is a minute that refills by itself: a cost is its share of that minute. Gateways draw portions of it, and report at each draw
 * what they still hold of earlier ones, so that what is left and what is held are together never more than the minute. What is held goes
 * stale when the era ends in which it was drawn, a minute after the era's first draw.
 */
export class Migration20261129180000 extends Migration {

  override name = 'Migration20261129180000';

  override up(): void | Promise<void> {
    this.addSql(`create unlogged table "cost_budget" ("participant_id" text collate "C" not null, "left_us" bigint not null, "held_us" bigint not null, "counted_at" bigint not null, "stale_at" bigint not null, primary key ("participant_id"));`);
    this.addSql(`create unlogged table "held_place" ("use" text collate "C" not null, "participant_id" text collate "C" not null, "number" bigint not null, "holder" text collate "C" not null, "held_until" bigint not null, primary key ("use", "participant_id", "number"));`);
    this.addSql(`create index "held_place_holder_index" on "held_place" ("holder");`);
    this.addSql(`create function draw_cost(
  whose text, known_era bigint, counted bigint, keeps bigint, returned bigint, least_us bigint, most_us bigint, spends bigint, at bigint,
  out granted bigint, out left_us bigint, out held_us bigint, out era bigint, out fresh_us bigint
) language plpgsql volatile as $$
declare
  minute constant bigint := 60000000;
  b cost_budget;
  now_us bigint;
  ended boolean;
begin
  insert into cost_budget values (whose, minute, 0, 0, 0) on conflict do nothing;
  select * into b from cost_budget where participant_id = whose for update;
  -- Looked at once the row is had, so that nobody goes back behind whoever was first.
  now_us := coalesce(at, (extract(epoch from clock_timestamp()) * 1000000)::bigint);
  -- An era that ends too far ahead is one of a clock that was set back.
  ended := now_us >= b.stale_at or b.stale_at > now_us + minute;
  -- What was held until now had no room to refill into.
  b.left_us := least(minute - b.held_us, b.left_us + greatest(0, least(now_us, b.stale_at) - b.counted_at));
  if ended then
    b.left_us := least(minute, b.left_us + greatest(0, now_us - b.stale_at));
    b.held_us := 0;
    b.stale_at := now_us + minute;
  elsif known_era = b.stale_at then
    b.held_us := greatest(0, b.held_us - counted);
    b.left_us := least(minute - b.held_us, b.left_us + returned);
  end if;
  granted := case when b.left_us >= least_us then least(most_us, b.left_us) else 0 end;
  b.left_us := b.left_us - granted;
  -- Whose earlier holdings have gone stale meanwhile may not be able to pay at once: then it holds all of this.
  b.held_us := least(minute, b.held_us + case
    when known_era = b.stale_at or keeps = 0 then greatest(keeps, keeps + granted - spends)
    else granted end);
  update cost_budget c set left_us = b.left_us, held_us = b.held_us, counted_at = now_us, stale_at = b.stale_at where c.participant_id = whose;
  left_us := b.left_us;
  held_us := b.held_us;
  era := b.stale_at;
  fresh_us := b.stale_at - now_us;
end $$;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop function if exists draw_cost(text, bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint);`);
    this.addSql(`drop table if exists held_place;`);
    this.addSql(`drop table if exists cost_budget;`);
  }

}
