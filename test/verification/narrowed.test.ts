import fc from "fast-check";
import { CERTIFICATE_STATUSES } from "../../src/certificate/certificate.js";
import { fillDemo, type Filled } from "../../src/command/demo-world.js";
import { DEMO_ENVIRONMENT } from "../../src/command/open-demo.js";
import { ENTITY_TYPES } from "../../src/entity/entity.js";
import type { Server } from "../../src/server/http.js";
import { VERIFICATION_STATUSES } from "../../src/verification/status.js";
import { NOON, testApp, type TestApp } from "../support/app.js";
import { data } from "../support/ask.js";
import { DAY_MS } from "../support/verify.js";

const RUNS = 80;
const STORY_MS = 120_000;
const HOUR_MS = 3_600_000;

type Row = Readonly<Record<string, string>>;

interface Page {
  readonly list: {
    readonly edges: readonly { readonly node: Row }[];
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly endCursor: string | null;
    };
    readonly totalCount: number;
  };
}

/** What narrows a list: none of several states, or some of them; nothing, or one word of several. */
interface Narrowed {
  readonly status?: readonly string[] | undefined;
  readonly entityType?: string | undefined;
  readonly kycLevel?: string | undefined;
}

interface List {
  readonly name: string;
  readonly fields: string;
  readonly types: Readonly<Record<string, string>>;
  readonly narrowed: fc.Arbitrary<Narrowed>;
}

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof(fc.constant(undefined), value);

/** Some states, and some of them again. */
const some = (states: readonly string[]): fc.Arbitrary<readonly string[] | undefined> =>
  maybe(fc.array(fc.constantFrom(...states), { maxLength: states.length }));

/** Lists that are read in pieces, one for each state that is asked for, or type, or day, once. */
const LISTS: readonly List[] = [
  {
    name: "entities",
    fields: "id status: verificationStatus entityType",
    types: { status: "[VerificationStatus!]", entityType: "EntityType" },
    narrowed: fc.record({
      status: some(VERIFICATION_STATUSES),
      entityType: maybe(fc.constantFrom<string>(...ENTITY_TYPES)),
    }),
  },
  {
    name: "verifications",
    fields: "id status kycLevel",
    types: { status: "[VerificationStatus!]", kycLevel: "String" },
    narrowed: fc.record({
      status: some(VERIFICATION_STATUSES),
      kycLevel: maybe(fc.constantFrom("KYC-STANDARD", "DOC_KYC", "KYB-STANDARD", "NO-SUCH")),
    }),
  },
  {
    name: "certificates",
    fields: "id status",
    types: { status: "[CertificateStatus!]" },
    narrowed: fc.record({ status: some(CERTIFICATE_STATUSES) }),
  },
];

const passes = (row: Row, narrowed: Narrowed): boolean =>
  Object.entries(narrowed).every(([name, asked]) => asked === undefined || [asked].flat().includes(row[name]!));

describe("a list that is narrowed", () => {
  let test: TestApp;
  let server: Server;
  let demo: Filled;
  beforeAll(async () => {
    test = await testApp({ environment: DEMO_ENVIRONMENT });
    demo = await fillDemo(test.app, NOON);
    server = await test.app.listen();
  });
  afterAll(async () => {
    await server.close();
    await test[Symbol.asyncDispose]();
  });

  async function rowsOf(token: string, { name, fields, types }: List, narrowed: Narrowed, first: number) {
    const declared = Object.entries(types).map(([word, type]) => `, $${word}: ${type}`);
    const given = Object.keys(types).map((word) => `, ${word}: $${word}`);
    const query = `query ($first: Int, $after: String${declared.join("")}) {
      list: ${name}(first: $first, after: $after${given.join("")}) {
        edges { node { ${fields} } } pageInfo { hasNextPage endCursor } totalCount
      }
    }`;
    const rows: Row[] = [];
    for (let after: string | null = null; ; ) {
      const { list }: Page = await data<Page, object>(server, token, query, { ...narrowed, first, after });
      rows.push(...list.edges.map(({ node }) => node));
      if (!list.pageInfo.hasNextPage) return { rows, total: list.totalCount };
      after = list.pageInfo.endCursor;
    }
  }

  /** Certificates become old within a year and a half: at each hour of it other days lie ahead. */
  const hours = fc.integer({ min: 0, max: (550 * DAY_MS) / HOUR_MS });

  it.each(LISTS)(
    "of $name is, page by page, what the whole list holds of it, in the same order",
    async (list) => {
      let found = 0;
      let now = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...demo.keys),
          list.narrowed,
          fc.integer({ min: 1, max: 7 }),
          hours,
          async ({ token }, narrowed, first, hour) => {
            test.time.advance((hour - now) * HOUR_MS);
            now = hour;
            const all = await rowsOf(token, list, {}, 100);
            const expected = all.rows.filter((row) => passes(row, narrowed));
            const { rows, total } = await rowsOf(token, list, narrowed, first);
            expect(rows).toEqual(expected);
            expect(total).toBe(expected.length);
            found += total;
          },
        ),
        { numRuns: RUNS },
      );
      test.time.advance(-now * HOUR_MS);
      expect(found).toBeGreaterThan(0);
    },
    STORY_MS,
  );
});
