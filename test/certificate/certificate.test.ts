import fc from "fast-check";
import {
  CERTIFICATE_STATUSES,
  EXPIRING_DAYS,
  certificateStatus,
  hasAnyStatus,
  hasStatus,
  statusReason,
  type CertificateStatus,
} from "../../src/certificate/certificate.js";
import type { Id } from "../../src/kernel/id.js";
import { plusDays, plusMs, type Instant } from "../../src/kernel/instant.js";
import type { Rows } from "../../src/kernel/reader.js";
import type { Sql } from "../../src/kernel/table.js";
import { NOON, testApp } from "../support/app.js";

const RUNS = 1_000;

interface Standing {
  readonly revokedAt: Instant | null;
  readonly supersededById: Id<"cert"> | null;
  readonly disputedReason: string | null;
  readonly staleAt: Instant | null;
}

const standing = (over: Partial<Standing> = {}): Standing => ({
  revokedAt: null,
  supersededById: null,
  disputedReason: null,
  staleAt: null,
  ...over,
});

const soon = plusDays(NOON, EXPIRING_DAYS);

/** Moments around every border, and far from them. */
const moments = fc.constantFrom(
  ...[NOON, soon, plusDays(NOON, -400), plusDays(NOON, 400)].flatMap((at) => [-1, 0, 1].map((ms) => plusMs(at, ms))),
);

const standings: fc.Arbitrary<Standing> = fc.record({
  revokedAt: fc.option(moments),
  supersededById: fc.option(fc.constant<Id<"cert">>("cert_2")),
  disputedReason: fc.option(fc.constant("Doubted.")),
  staleAt: fc.option(moments),
});

/** Those to whom nothing has happened, but that they become old. */
const aging: fc.Arbitrary<Standing> = moments.map((staleAt) => standing({ staleAt }));

/** Whether the database finds a row of this standing by a condition. */
async function finds(
  rows: Rows,
  { revokedAt, supersededById, disputedReason, staleAt }: Standing,
  condition: Sql,
): Promise<boolean> {
  const text = `with t(revoked_at, superseded_by_id, disputed_reason, stale_at) as (values (?, ?, ?, ?)) select 1 from t where ${condition.text}`;
  return (await rows(text, [revokedAt, supersededById, disputedReason, staleAt, ...condition.params])).length === 1;
}

describe("certificateStatus", () => {
  it.each<readonly [CertificateStatus, Partial<Standing>]>([
    ["VALID", {}],
    ["VALID", { staleAt: plusMs(soon, 1) }],
    ["EXPIRING", { staleAt: soon }],
    ["EXPIRING", { staleAt: plusMs(NOON, 1) }],
    ["STALE", { staleAt: NOON }],
    ["SUPERSEDED", { supersededById: "cert_2" }],
    ["SUPERSEDED", { supersededById: "cert_2", staleAt: NOON }],
    ["DISPUTED", { disputedReason: "Doubted." }],
    ["DISPUTED", { disputedReason: "Doubted.", staleAt: NOON }],
    ["SUPERSEDED", { supersededById: "cert_2", disputedReason: "Doubted." }],
    ["REVOKED", { revokedAt: NOON, disputedReason: "Doubted." }],
    ["REVOKED", { revokedAt: NOON }],
    ["REVOKED", { revokedAt: NOON, supersededById: "cert_2", staleAt: NOON }],
  ])("is %s for %j", (status, over) => {
    expect(certificateStatus(standing(over), NOON)).toBe(status);
  });

  it("comes with time alone, in this order and never back", () => {
    const steps = [-31, -30, -1, 0, 1].map((days) =>
      certificateStatus(standing({ staleAt: NOON }), plusDays(NOON, days)),
    );
    expect(steps).toEqual(["VALID", "EXPIRING", "EXPIRING", "STALE", "STALE"]);
  });
});

describe("hasStatus", () => {
  it("finds a row by the status that it has and by no other", async () => {
    await using test = await testApp();
    const { rows } = test.app.store;
    await fc.assert(
      fc.asyncProperty(standings, moments, async (row, at) => {
        const found = await Promise.all(
          CERTIFICATE_STATUSES.map(async (status) => ((await finds(rows, row, hasStatus(status, at))) ? [status] : [])),
        );
        expect(found.flat()).toEqual([certificateStatus(row, at)]);
      }),
      { numRuns: RUNS },
    );
  });
});

describe("hasAnyStatus", () => {
  it("finds a row by any list that holds its status", async () => {
    await using test = await testApp();
    const { rows } = test.app.store;
    await fc.assert(
      fc.asyncProperty(standings, moments, fc.subarray([...CERTIFICATE_STATUSES]), async (row, at, list) => {
        expect(await finds(rows, row, hasAnyStatus(list, at)!)).toBe(list.includes(certificateStatus(row, at)));
      }),
      { numRuns: RUNS },
    );
  });

  it("finds a row in one piece alone, where it finds it at all", async () => {
    await using test = await testApp();
    const { rows } = test.app.store;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(standings, aging),
        moments,
        fc.subarray([...CERTIFICATE_STATUSES]),
        async (row, at, list) => {
          const pieces = hasAnyStatus([...list, ...list], at)!.each!;
          const found = await Promise.all(pieces.map((piece) => finds(rows, row, piece)));
          expect(found.filter(Boolean)).toHaveLength(list.includes(certificateStatus(row, at)) ? 1 : 0);
        },
      ),
      { numRuns: RUNS },
    );
  });

  it.each([null, undefined])("is no condition at all where no list is given: %s", (list) => {
    expect(hasAnyStatus(list, NOON)).toBeUndefined();
  });
});

describe("statusReason", () => {
  it.each<readonly [Partial<Standing> & { readonly revokedReason?: string }, string | null]>([
    [{}, null],
    [{ staleAt: plusMs(soon, 1) }, null],
    [{ staleAt: soon }, "A check passes the age that the policy allows on 2026-04-01."],
    [{ staleAt: NOON }, "A check passed the age that the policy allows on 2026-03-02."],
    [{ supersededById: "cert_2" }, "A newer certificate was issued: cert_2."],
    [{ disputedReason: "Doubted." }, "Doubted."],
    [{ revokedAt: NOON, revokedReason: "The subject withdrew the consent." }, "The subject withdrew the consent."],
  ])("of %j is %j", (over, reason) => {
    expect(statusReason({ ...standing(over), revokedReason: over.revokedReason ?? null }, NOON)).toBe(reason);
  });

  it("is given for every status that does not stand as issued, and for no other", () => {
    fc.assert(
      fc.property(standings, moments, (row, at) => {
        const reason = statusReason({ ...row, revokedReason: row.revokedAt && "Because." }, at);
        expect(reason === null).toBe(certificateStatus(row, at) === "VALID");
      }),
      { numRuns: RUNS },
    );
  });
});
