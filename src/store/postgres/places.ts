import type pg from "pg";
import type { Leases } from "../../server/places.js";

/** The table of places that gateways share; only this database has it, since another has one gateway. */
export const PLACES_TABLE = "held_place";

/** A gateway renews three times within it; a place of one that died is free afterwards. */
const LEASE_US = 30_000_000;

/** The database's own time, in microseconds, but where a test says which it is. */
const nowIn = (param: string): string =>
  `coalesce(${param}::bigint, (extract(epoch from clock_timestamp()) * 1000000)::bigint)`;

const TAKE = `insert into held_place as p (use, participant_id, number, holder, held_until)
  select $1, $2, n, $3, ${nowIn("$5")} + ${LEASE_US} from generate_series(1, $4::bigint) n
   where not exists (select 1 from held_place h
     where h.use = $1 and h.participant_id = $2 and h.number = n and h.held_until > ${nowIn("$5")})
   order by n limit 1
  on conflict (use, participant_id, number) do update set holder = excluded.holder, held_until = excluded.held_until
   where p.held_until <= ${nowIn("$5")}
  returning 1 as n`;

const RENEW = `update held_place set held_until = ${nowIn("$2")} + ${LEASE_US} where holder = $1`;

const LEAVE = "delete from held_place where holder = $1";

type Query = (statement: pg.QueryConfig) => Promise<pg.QueryResult>;

/** Places by rows, of which each number of a participant has one: nobody has to count, and no two can have the same. */
export const createLeases = (query: Query, atUs: () => number | null = () => null): Leases => ({
  take: async ({ use, participantId, most, holder }) => {
    // Whoever was first at a number leaves the next to try: there are no more tries than places.
    for (let tried = 0; tried < most; tried += 1) {
      const { rows } = await query({ text: TAKE, values: [use, participantId, holder, most, atUs()] });
      if (rows.length > 0) return true;
    }
    return false;
  },
  renew: async (holder) => void (await query({ text: RENEW, values: [holder, atUs()] })),
  leave: async (holder) => void (await query({ text: LEAVE, values: [holder] })),
});
