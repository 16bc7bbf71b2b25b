import { fillDemo, type Filled } from "../../src/command/demo-world.js";
import { DEMO_ENVIRONMENT } from "../../src/command/open-demo.js";
import type { Server } from "../../src/server/http.js";
import { NOON, testApp, type TestApp } from "../support/app.js";
import { data } from "../support/ask.js";

interface Page {
  readonly list: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly status: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    readonly totalCount: number;
  };
}

type List = readonly [list: string, fields: string, type: string, states: readonly string[]];

/** Lists that are read in pieces, one for each state that is asked for, once. */
const LISTS: readonly List[] = [
  ["entities", "id status: verificationStatus", "VerificationStatus", ["PASSED", "REVIEW", "MEMBER_REVIEW"]],
  ["entities", "id status: verificationStatus", "VerificationStatus", ["UNVERIFIED", "PASSED", "PASSED"]],
  ["verifications", "id status", "VerificationStatus", ["PASSED", "REVIEW", "DOCUMENTS_REQUIRED", "PASSED"]],
  ["certificates", "id status", "CertificateStatus", ["VALID", "REVOKED", "STALE", "VALID"]],
];

describe("a list of whatever has one of several states", () => {
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

  const rowsOf = async (
    token: string,
    [list, fields, type]: List,
    status: readonly string[] | null,
    first: number,
  ): Promise<{ readonly rows: readonly Page["list"]["edges"][number]["node"][]; readonly total: number }> => {
    const query = `query ($status: [${type}!], $first: Int, $after: String) {
      list: ${list}(status: $status, first: $first, after: $after) {
        edges { node { ${fields} } } pageInfo { hasNextPage endCursor } totalCount
      }
    }`;
    const rows = [];
    for (let after: string | null = null; ; ) {
      const { list: page }: Page = await data<Page, object>(server, token, query, { status, first, after });
      rows.push(...page.edges.map(({ node }) => node));
      if (!page.pageInfo.hasNextPage) return { rows, total: page.totalCount };
      after = page.pageInfo.endCursor;
    }
  };

  it.each(LISTS)("is, page by page, what the list of all %s holds of them, in the same order", async (...list) => {
    let found = 0;
    for (const { token } of demo.keys) {
      const all = await rowsOf(token, list, null, 100);
      const expected = all.rows.filter(({ status }) => list[3].includes(status));
      const { rows, total } = await rowsOf(token, list, list[3], 3);
      expect(rows).toEqual(expected);
      expect(total).toBe(expected.length);
      found += total;
    }
    expect(found).toBeGreaterThan(0);
  });
});
