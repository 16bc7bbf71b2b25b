import fc from "fast-check";
import { components } from "../../src/business/components.js";
import { beneficialOwners, thresholdOf } from "../../src/business/owners.js";
import { stakes, type Link } from "../../src/business/ownership.js";
import { readOwnership } from "../../src/business/read-ownership.js";
import type { Decimal } from "../../src/kernel/decimal.js";
import { Failure } from "../../src/kernel/failure.js";
import type { Id } from "../../src/kernel/id.js";
import { clientOf } from "../support/given.js";
import { givenBusiness, givenCompany, own, unlink } from "./company.js";

const RUNS = 1_000;

const ROOT = "ent_root" as const;
const ANY = "0.000001" as Decimal;

const entity = (name: string): Id<"ent"> => `ent_${name}`;

/** That `owner` has so many percent of `business`; names in capitals are businesses. */
const owns = (owner: string, business: string, stake: string): Link => ({
  memberId: `mem_${owner}_${business}`,
  businessId: entity(business),
  entityId: entity(owner),
  entityType: owner === owner.toUpperCase() || owner === "root" ? "BUSINESS" : "INDIVIDUAL",
  stake: stake as Decimal,
});

const told = (links: readonly Link[], threshold?: Decimal): (readonly [string, string])[] =>
  beneficialOwners(stakes(links), ROOT, threshold).map(
    ({ entityId, percentage }) => [entityId.slice(4), percentage] as const,
  );

const pathsOf = (links: readonly Link[], threshold = ANY): string[][] =>
  beneficialOwners(stakes(links), ROOT, threshold).flatMap(({ paths }) =>
    paths().map((path) => path.map((id) => id.slice(4))),
  );

describe("beneficialOwners", () => {
  it("multiplies along a chain: 50 % of 60 % is 30 %, an owner", () => {
    expect(told([owns("A", "root", "60"), owns("ann", "A", "50")])).toEqual([["ann", "30"]]);
  });

  it("does not list whoever has less: 40 % of 60 % is 24 %", () => {
    expect(told([owns("A", "root", "60"), owns("ann", "A", "40")])).toEqual([]);
  });

  it.each([
    ["exactly 25 %", "25", [["ann", "25"]]],
    ["25.000000 %", "25.000000", [["ann", "25"]]],
    ["less by a millionth", "24.999999", []],
  ])("counts %s", (_what, stake, expected) => {
    expect(told([owns("ann", "root", stake)])).toEqual(expected);
  });

  it("adds over chains, so that many small parts make an owner", () => {
    const links = ["A", "B", "C"].flatMap((name) => [owns(name, "root", "20"), owns("ann", name, "50")]);
    expect(told([...links, owns("ann", "root", "10")])).toEqual([["ann", "40"]]);
  });

  it("loses nothing to rounding: three thirds of a third", () => {
    const links = ["A", "B", "C"].flatMap((name) => [owns(name, "root", "33.333333"), owns("ann", name, "33.333333")]);
    expect(told(links)).toEqual([["ann", percentOf(3n * 33_333_333n ** 2n, 16)]]);
  });

  it("lists the greatest first, and equals by id", () => {
    const links = [owns("cid", "root", "30"), owns("ann", "root", "30"), owns("ben", "root", "40")];
    expect(told(links).map(([name]) => name)).toEqual(["ben", "ann", "cid"]);
  });

  it("lists natural persons alone", () => {
    expect(told([owns("A", "root", "100")])).toEqual([]);
  });

  it("leaves out what is owned beside the business", () => {
    expect(told([owns("ann", "A", "100"), owns("ben", "root", "100")])).toEqual([["ben", "100"]]);
  });

  it("takes another threshold", () => {
    const links = [owns("ann", "root", "10"), owns("ben", "root", "9.999999")];
    expect(told(links, "10" as Decimal)).toEqual([["ann", "10"]]);
  });

  it("ends where owners own each other, and counts no chain that returns", () => {
    const links = [
      owns("A", "root", "60"),
      owns("B", "A", "50"),
      owns("A", "B", "50"),
      owns("root", "B", "10"),
      owns("ann", "A", "50"),
      owns("ben", "B", "40"),
    ];
    expect(told(links, ANY)).toEqual([
      ["ann", "30"],
      ["ben", "12"],
    ]);
  });

  it("gives the chains, from the business to the person, the most valuable first", () => {
    const links = [
      owns("ann", "root", "5"),
      owns("A", "root", "40"),
      owns("B", "root", "50"),
      owns("ann", "A", "20"),
      owns("ann", "B", "50"),
    ];
    expect(pathsOf(links)).toEqual([["B_root", "ann_B"], ["A_root", "ann_A"], ["ann_root"]]);
  });

  it("says exactly what twenty diamonds in a row come to: a million chains", () => {
    const level = (n: number): string => (n === 0 ? "root" : `L${n}`);
    const links = Array.from({ length: 20 }, (_, n) => [
      owns(`A${n}`, level(n), "60"),
      owns(`B${n}`, level(n), "39.999999"),
      owns(level(n + 1), `A${n}`, "50.5"),
      owns(level(n + 1), `B${n}`, "80"),
    ]).flat();
    const [owner] = beneficialOwners(stakes([...links, owns("ann", "L20", "100")]), ROOT, ANY);
    // 0.6 × 0.505 + 0.39999999 × 0.8 = 0.622999992, twenty times over.
    expect(owner!.percentage).toBe(percentOf(622_999_992n ** 20n, 180));
    expect(owner!.paths()).toHaveLength(100);
    expect(owner!.paths()[0]).toHaveLength(41);
  });

  it("gives up on rings that are too entangled, and never guesses", () => {
    const names = Array.from({ length: 14 }, (_, n) => `N${n}`);
    const links = names.flatMap((one) => [
      owns(one, "root", "5"),
      owns("ann", one, "10"),
      ...names.filter((other) => other !== one).map((other) => owns(one, other, "5")),
    ]);
    expect(() => beneficialOwners(stakes(links), ROOT)).toThrow(Failure);
    expect(() => beneficialOwners(stakes(links), ROOT)).toThrow("too entangled");
  });

  it("shares the work that it may take among all businesses that are asked about", () => {
    const links = Array.from({ length: 600 }, (_, n) => owns(`C${n + 1}`, n === 0 ? "root" : `C${n}`, "99.999999"));
    const all = stakes([...links, owns("ann", "C600", "50"), owns("ben", "A", "50")]);
    expect(beneficialOwners(all, ROOT)).toHaveLength(1);
    expect(() => beneficialOwners(all, ROOT)).toThrow("too entangled");
    expect(() => beneficialOwners(all, entity("A"))).toThrow("too entangled");
  });

  it("shows the most valuable chains first where very many are worth the same", () => {
    const layer = (n: number): string[] => (n === 0 ? ["root"] : Array.from({ length: 10 }, (_, at) => `L${n}_${at}`));
    const links = [0, 1, 2, 3, 4].flatMap((n) =>
      layer(n).flatMap((one) => layer(n + 1).map((other, at) => owns(other, one, at === 0 ? "10" : "9.999999"))),
    );
    const [owner] = beneficialOwners(stakes([...links, ...layer(5).map((one) => owns("ann", one, "100"))]), ROOT);
    const worth = owner!.paths().map((path) => path.filter((id) => /^mem_L\d_0_/.test(id)).length);
    expect(worth).toHaveLength(100);
    expect(worth).toEqual(worth.toSorted((one, other) => other - one));
    expect(worth[0]).toBe(5);
  });

  it("goes down a long chain without falling", () => {
    const links = Array.from({ length: 5_000 }, (_, n) => owns(`C${n + 1}`, n === 0 ? "root" : `C${n}`, "100"));
    expect(told([...links, owns("ann", "C5000", "100")])).toEqual([["ann", "100"]]);
  });
});

/** So many billionths of billionths … as percent, in its shortest exact spelling. */
function percentOf(numerator: bigint, decimals: number): string {
  const digits = String(numerator * 100n).padStart(decimals + 1, "0");
  const text = `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
  return text.replace(/\.?0+$/, "");
}

/** Every simple chain, one by one, in whole numbers: 10^-8 a stake. */
function bruteForce(links: readonly Link[]): Map<string, { share: bigint; paths: string[] }> {
  const MOST = 12;
  const found = new Map<string, { share: bigint; paths: string[] }>();
  const go = (at: string, share: bigint, visited: readonly string[], path: readonly string[]): void => {
    for (const { memberId, businessId, entityId, entityType, stake } of links) {
      if (businessId !== at || visited.includes(entityId)) continue;
      const next = share * BigInt(Math.round(Number(stake) * 1e6));
      const chain = [...path, memberId];
      if (entityType === "INDIVIDUAL") {
        const known = found.get(entityId) ?? { share: 0n, paths: [] };
        const scaled = next * 10n ** BigInt(8 * (MOST - chain.length));
        found.set(entityId, { share: known.share + scaled, paths: [...known.paths, chain.join(" ")] });
      } else go(entityId, next, [...visited, entityId], chain);
    }
  };
  go(ROOT, 1n, [ROOT], []);
  return found;
}

/** Businesses that own each other as they like, among them the one that is asked about, and people who own some of them. */
const webs: fc.Arbitrary<Link[]> = fc
  .record({
    businesses: fc.integer({ min: 1, max: 6 }),
    people: fc.integer({ min: 1, max: 3 }),
    density: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ businesses, people, density }) => {
    const names = ["root", ...Array.from({ length: businesses - 1 }, (_, n) => `N${n}`)];
    const owners = [...names, ...Array.from({ length: people }, (_, n) => `p${n}`)];
    const pairs = names.flatMap((one) => owners.filter((other) => other !== one).map((other) => [other, one] as const));
    const stake = fc.oneof(
      fc.constantFrom("100", "50", "25"),
      fc.integer({ min: 1, max: 100_000_000 }).map(millionths),
    );
    return fc
      .tuple(...pairs.map(() => fc.tuple(fc.integer({ min: 0, max: 3 }), stake)))
      .map((drawn) =>
        drawn.flatMap(([n, each], at) => (n < density ? [owns(pairs[at]![0], pairs[at]![1], each)] : [])),
      );
  });

const millionths = (n: number): string => percentOf(BigInt(n), 8);

describe("beneficialOwners, over any web of owners", () => {
  it("comes to what every simple chain, walked one by one, sums to", () => {
    fc.assert(
      fc.property(webs, (links) => {
        const expected = [...bruteForce(links)].filter(([, { share }]) => share * 10n ** 2n >= 10n ** 90n);
        const found = beneficialOwners(stakes(links), ROOT, ANY);
        expect(new Map(found.map(({ entityId, percentage }) => [entityId as string, percentage as string]))).toEqual(
          new Map(expected.map(([id, { share }]) => [id, percentOf(share, 96)])),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it("gives chains that are there, none twice, and all of them while there are few", () => {
    fc.assert(
      fc.property(webs, (links) => {
        const expected = bruteForce(links);
        for (const { entityId, paths } of beneficialOwners(stakes(links), ROOT, ANY)) {
          const found = paths().map((path) => path.join(" "));
          const all = expected.get(entityId)!.paths;
          expect(new Set(found).size).toBe(found.length);
          expect(found.filter((path) => !all.includes(path))).toEqual([]);
          expect(found).toHaveLength(Math.min(all.length, 100));
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe("components", () => {
  it("keeps rings together, and puts whoever is reached after whoever reaches", () => {
    const next: Readonly<Record<string, readonly string[]>> = {
      a: ["b", "d"],
      b: ["c"],
      c: ["b", "d"],
      d: [],
      e: ["a"],
    };
    expect(components("a", (id) => next[id] ?? []).map((ids) => ids.toSorted())).toEqual([["a"], ["b", "c"], ["d"]]);
  });
});

describe("thresholdOf", () => {
  it("is 25 where nothing is said", () => {
    expect(thresholdOf(null, "threshold")).toBe("25");
  });

  it.each(["0", "-1", "100.1", "many", "1.0000001", ""])("refuses %j", (text) => {
    expect(() => thresholdOf(text, "threshold")).toThrow(Failure);
  });
});

describe("readOwnership", () => {
  it("reads a whole structure in one statement: what is linked now, of the caller alone", async () => {
    await using world = await givenCompany();
    const { fintech, bank, company, statements } = world;
    const holding = await givenBusiness(fintech, "holding");
    const beside = await givenBusiness(fintech, "beside");
    const ids = [
      await own(fintech, "company", "holding", "60"),
      await own(fintech, "holding", "company", "10"),
      await own(fintech, "holding", "ann", "50"),
    ];
    await own(fintech, "holding", "ben", "10");
    await unlink(fintech, "holding", "ben", "BENEFICIAL_OWNER");
    await own(fintech, "beside", "ben", "10");
    statements.length = 0;
    const [all] = await readOwnership(fintech.read, [company]);
    expect(statements).toHaveLength(1);
    expect([...all!.in(company), ...all!.in(holding)].map(({ memberId }) => memberId)).toEqual(ids);
    expect(beneficialOwners(all!, company)).toMatchObject([{ entityId: world.ann, percentage: "30" }]);
    expect(all!.in(beside)).toEqual([]);
    const [theirs] = await readOwnership(bank.read, [company]);
    expect(theirs!.in(company)).toEqual([]);
  });

  it("tells a client token of its own business alone", async () => {
    await using world = await givenCompany();
    const { fintech, company } = world;
    const holding = await givenBusiness(fintech, "holding");
    await own(fintech, "company", "holding", "60");
    await own(fintech, "holding", "ann", "50");
    const { read } = world.app.context(clientOf(fintech.id, company));
    const [ours, other] = await readOwnership(read, [company, holding]);
    expect(beneficialOwners(ours!, company)).toHaveLength(1);
    expect(beneficialOwners(other!, holding)).toEqual([]);
  });
});
