import { registerBusiness } from "../../src/entity/register.js";
import { ask, data, refusalOf } from "../support/ask.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import { ADDRESS, givenConsent, givenFurnished, givenKey, givenRegistered, record } from "../support/given.js";
import { operation, QUERY } from "../support/operation.js";

interface Page {
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly endCursor: string | null;
  };
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
}

const paged = (list: string, filter = "") =>
  operation<
    { page: Page },
    { readonly first?: number; readonly after?: string | null }
  >(`query Page($first: Int, $after: String) {
    page: ${list}(first: $first, after: $after ${filter}) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage endCursor }
      edges { cursor node { id } }
    }
  }`);

const PEOPLE = 7;
const PER_PAGE = 3;

/** Seven people and two businesses. */
async function givenCustomers({ fintech, stranger }: Gateway): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < PEOPLE; index += 1)
    ids.push(await givenRegistered(fintech, { handle: `c${index}`, socialSecurityNumber: `318-66-200${index}` }));
  for (const [index, legalName] of ["Alder Bakery", "Birch Boats"].entries()) {
    const ein = `12-345678${index}`;
    const business = { handle: `b${index}`, legalName, businessType: "llc", ein, address: ADDRESS } as const;
    ids.push((await fintech.commit((write) => registerBusiness(write, business))).entityId);
  }
  await givenRegistered(stranger, { handle: "theirs", socialSecurityNumber: "318-66-3000" });
  return ids;
}

/** Three certificates about one person, of which the last stands. */
async function givenCertificates(gateway: Gateway): Promise<string[]> {
  const { fintech, vendor, network } = gateway;
  await givenFurnished(vendor, [network], [record()]);
  await givenRegistered(fintech);
  const input = { consentId: await givenConsent(fintech, network), networkIds: [network] };
  const ids: string[] = [];
  for (let count = 0; count < 3; count += 1)
    ids.push((await data(gateway, fintech.token, QUERY, { input })).queryCertificate.certificate!.id);
  return ids;
}

async function allPages(gateway: Gateway, token: string, document: ReturnType<typeof paged>): Promise<Page[]> {
  const pages: Page[] = [];
  for (let after: string | null = null; ; ) {
    const { page }: { page: Page } = await data(gateway, token, document, { first: PER_PAGE, after });
    pages.push(page);
    if (!page.pageInfo.hasNextPage) return pages;
    after = page.pageInfo.endCursor;
  }
}

const idsOf = (pages: readonly Page[]): string[] => pages.flatMap(({ edges }) => edges.map(({ node }) => node.id));

describe("an analyst", () => {
  it("pages through all entities, newest first, each once, and sees how many there are", async () => {
    await using gateway = await givenGateway();
    const ids = await givenCustomers(gateway);
    const { token } = await givenKey(gateway, gateway.fintech, "analyse");
    const pages = await allPages(gateway, token, paged("entities"));
    expect(idsOf(pages)).toEqual(ids.toReversed());
    expect(pages.map(({ edges }) => edges.length)).toEqual([3, 3, 3]);
    expect(pages.map(({ totalCount }) => totalCount)).toEqual([9, 9, 9]);
    expect(pages.map(({ pageInfo }) => pageInfo.hasPreviousPage)).toEqual([false, true, true]);
    for (const { pageInfo, edges } of pages) expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor);
  });

  it("keeps its place while others are registered", async () => {
    await using gateway = await givenGateway();
    const ids = await givenCustomers(gateway);
    const { token } = gateway.fintech;
    const { page: first } = await data(gateway, token, paged("entities"), { first: 4 });
    await givenRegistered(gateway.fintech, { handle: "late", socialSecurityNumber: "318-66-4000" });
    const { page: rest } = await data(gateway, token, paged("entities"), {
      first: 100,
      after: first.pageInfo.endCursor,
    });
    expect(idsOf([first, rest])).toEqual(ids.toReversed());
  });

  it.each([
    ["INDIVIDUAL", 0, PEOPLE],
    ["BUSINESS", PEOPLE, PEOPLE + 2],
  ])("filters entities of type %s", async (type, from, to) => {
    await using gateway = await givenGateway();
    const ids = await givenCustomers(gateway);
    const pages = await allPages(gateway, gateway.fintech.token, paged("entities", `, entityType: ${type}`));
    expect(idsOf(pages)).toEqual(ids.slice(from, to).toReversed());
    expect(pages[0]?.totalCount).toBe(to - from);
  });

  it("filters certificates by status, at the root and below an entity", async () => {
    await using gateway = await givenGateway();
    const [first, second, third] = await givenCertificates(gateway);
    const by = async (status: string) =>
      idsOf(await allPages(gateway, gateway.fintech.token, paged("certificates", `, status: [${status}]`)));
    expect(await by("VALID")).toEqual([third]);
    expect(await by("SUPERSEDED")).toEqual([second, first]);
    expect(await by("VALID, SUPERSEDED")).toEqual([third, second, first]);
    expect(await by("REVOKED, STALE, EXPIRING, DISPUTED")).toEqual([]);
    expect(await by("")).toEqual([]);
    const below = operation<{ entity: { certificates: Page } }>(
      `{ entity(handle: "ada") { certificates(status: [SUPERSEDED]) { totalCount edges { node { id } } } } }`,
    );
    const { entity } = await data(gateway, gateway.fintech.token, below);
    expect(entity.certificates).toMatchObject({
      totalCount: 2,
      edges: [{ node: { id: second } }, { node: { id: first } }],
    });
  });

  it.each(["entities", "certificates", "queryEvents", "events"])("is refused a page of 0 or 101 %s", async (list) => {
    await using gateway = await givenGateway();
    const document = operation<object, { readonly first: number }>(
      `query ($first: Int!) { ${list}(first: $first) { edges { cursor } } }`,
    );
    for (const first of [0, 101, -1]) {
      const answer = await ask(gateway, gateway.fintech.token, document, { first });
      expect(refusalOf(answer)).toEqual({ code: "BAD_USER_INPUT", paths: ["first"] });
    }
    expect((await ask(gateway, gateway.fintech.token, document, { first: 100 })).errors).toBeUndefined();
  });

  it("is refused a cursor that is none of ours", async () => {
    await using gateway = await givenGateway();
    for (const after of ["x", "\ud800", "c1:x", "=".repeat(201)]) {
      const answer = await ask(gateway, gateway.fintech.token, paged("entities"), { after });
      expect(refusalOf(answer).code).toBe("CURSOR_INVALID");
    }
  });

  it("is told what a question cost, by the size of its pages", async () => {
    await using gateway = await givenGateway();
    const nested = operation<object, { readonly first: number }>(
      `query ($first: Int!) { entities(first: $first) { edges { node { id certificates(first: 2) { edges { node { id } } } } } } }`,
    );
    const cost = async (first: number) =>
      (await ask(gateway, gateway.fintech.token, nested, { first })).extensions?.["cost"] as {
        requested: number;
        limit: number;
      };
    const [one, ten] = [await cost(1), await cost(10)];
    expect(one.limit).toBe(2_000);
    expect(ten.requested - 1).toBe(10 * (one.requested - 1));
  });

  it("is refused what is too costly, before anything runs", async () => {
    await using gateway = await givenGateway();
    const document = operation<object>(
      `{ entities(first: 100) { edges { node { certificates(first: 100) { edges { node { id } } } } } } }`,
    );
    gateway.statements.length = 0;
    const answer = await ask(gateway, gateway.fintech.token, document);
    expect(refusalOf(answer).code).toBe("QUERY_TOO_COSTLY");
    expect(gateway.statements.filter((sql) => !/ from api_key /.test(sql))).toEqual([]);
  });

  it("is refused when the minute's budget is spent, and told how long to wait", async () => {
    await using gateway = await givenGateway({ environment: { COST_LIMIT: "100", COST_PER_MINUTE: "100" } });
    const document = operation<object>(`{ entities(first: 40) { edges { node { id } } } }`);
    expect((await ask(gateway, gateway.fintech.token, document)).errors).toBeUndefined();
    const answer = await ask(gateway, gateway.fintech.token, document);
    expect([answer.status, refusalOf(answer).code]).toEqual([429, "RATE_LIMITED"]);
    expect(answer.errors?.[0]?.extensions["retryAfterMs"]).toBeGreaterThan(0);
    expect((await ask(gateway, gateway.vendor.token, document)).errors).toBeUndefined();
  });
});
