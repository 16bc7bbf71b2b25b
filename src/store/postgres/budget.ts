import type pg from "pg";
import type { Draw, Drawn } from "../../server/shared-budget.js";

/** The table of what gateways draw from; only this database has it, since another has one gateway. */
export const BUDGET_TABLE = "cost_budget";

/** Microseconds since 1970 are exact in a number, too. */
const DRAW = {
  name: "attestry_draw_cost",
  text: `select granted::float8 as granted, left_us::float8 as "left", held_us::float8 as held, era::float8 as era, fresh_us::float8 as fresh
    from draw_cost($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
};

type Query = (statement: pg.QueryConfig) => Promise<pg.QueryResult<Drawn & pg.QueryResultRow>>;

/**
 * Draws cost by one statement that is a transaction of its own: the lock on one row is all that it takes, and nothing else conflicts with it.
 * Whose time it is only a test says; else it is the database's, since clocks of gateways differ.
 */
export const createDraw =
  (query: Query, atUs: () => number | null = () => null): Draw =>
  async ({ participantId, era, counted, keeps, returned, least, most, spends }) => {
    const values = [participantId, era, counted, keeps, returned, least, most, spends, atUs()];
    const { rows } = await query({ ...DRAW, values });
    return rows[0]!;
  };
