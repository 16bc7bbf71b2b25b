import { RECERTIFY_DAYS, reopenCertificationsOf } from "../../src/business/reopen.js";
import { Certification } from "../../src/business/certification.js";
import { DAY_MS, plusDays, type Instant } from "../../src/kernel/instant.js";
import type { Id } from "../../src/kernel/id.js";
import { columns } from "../../src/kernel/table.js";
import { NOON } from "../support/app.js";
import { traced } from "../support/trace.js";
import {
  certify,
  certifyOwner,
  givenBusiness,
  givenCertified,
  givenOwned,
  link,
  own,
  statusOf,
  told,
  tokenOf,
  unlink,
  type Company,
} from "./company.js";

const expiries = async ({ app }: Company): Promise<(Instant | null | undefined)[]> =>
  (await app.store.rows<Certification>(`select ${columns(Certification, "c")} from certification c order by c.id`)).map(
    ({ expiresAfter }) => expiresAfter,
  );

const reopen = ({ fintech }: Company, entityId: Id<"ent">): Promise<void> =>
  fintech.commit((write) => reopenCertificationsOf(write, entityId));

const OPENED = ["CERTIFICATION_CHANGED", "CERTIFIED", "CERTIFICATION_PENDING"];

const IN_30_DAYS = plusDays(NOON, RECERTIFY_DAYS);

describe("reopenCertification", () => {
  it.each([
    ["somebody is linked", async (world: Company) => void (await officer(world))],
    [
      "an administrator is linked",
      async ({ fintech }: Company) => void (await link(fintech, "company", "ben", "ADMINISTRATOR")),
    ],
    [
      "an owner is unlinked",
      async ({ fintech }: Company) => void (await unlink(fintech, "company", "ben", "BENEFICIAL_OWNER")),
    ],
    [
      "the administrator is unlinked",
      async ({ fintech }: Company) => void (await unlink(fintech, "company", "cid", "ADMINISTRATOR")),
    ],
  ])("opens what was certified, once %s, expires it in 30 days, and says so", async (_what, change) => {
    await using world = await givenCertified();
    const facts = await told(world, world.fintech, () => change(world));
    expect(facts.slice(1).map(([type, , from, to]) => [type, from, to])).toEqual([OPENED]);
    expect(await expiries(world)).toEqual([IN_30_DAYS]);
    expect(await statusOf(world)).toBe("CERTIFICATION_PENDING");
  });

  it("says nothing of a second change, and does not put off the day", async () => {
    await using world = await givenCertified();
    await officer(world);
    world.time.advance(DAY_MS);
    expect(
      (await told(world, world.fintech, () => unlink(world.fintech, "company", "ben", "BENEFICIAL_OWNER"))).length,
    ).toBe(1);
    expect(await expiries(world)).toEqual([IN_30_DAYS]);
  });

  it("does not close again when what was changed is changed back", async () => {
    await using world = await givenCertified();
    const { fintech } = world;
    await link(fintech, "company", "ben", "ADMINISTRATOR");
    await unlink(fintech, "company", "ben", "ADMINISTRATOR");
    expect(await statusOf(world)).toBe("CERTIFICATION_PENDING");
  });

  it("leaves a new certification to be made, which keeps the owners that are as they were", async () => {
    await using world = await givenCertified();
    await officer(world);
    world.time.advance(DAY_MS);
    const id = await certify(world);
    expect(id).not.toBe(world.certification);
    expect(await statusOf(world)).toBe("CERTIFIED");
    expect(await expiries(world)).toEqual([IN_30_DAYS, null]);
  });

  it("has nothing to open where nothing was certified", async () => {
    await using world = await givenOwned();
    const { changed } = await traced(world, () => officer(world));
    expect(changed.filter((table) => table.includes("certification"))).toEqual([]);
  });
});

const officer = ({ fintech }: Company): Promise<Id<"mem">> => link(fintech, "company", "ann", "CONTROLLING_OFFICER");

describe("reopenCertificationsOf", () => {
  it("opens what every business has certified of which the entity owns a part", async () => {
    await using world = await givenCertified();
    const { fintech, ann } = world;
    await givenBusiness(fintech, "other");
    await own(fintech, "other", "ann", "10");
    expect(await told(world, fintech, () => reopen(world, ann))).toEqual([
      ["CERTIFICATION_CHANGED", world.company, "CERTIFIED", "CERTIFICATION_PENDING"],
    ]);
    expect(await expiries(world)).toEqual([IN_30_DAYS]);
  });

  it("leaves alone what somebody administers, or owned once", async () => {
    await using world = await givenCertified();
    const { fintech } = world;
    await unlink(fintech, "company", "ben", "BENEFICIAL_OWNER");
    await certifyOwner(world, "ann", await tokenOf(world, world.annOwns));
    await certify(world);
    for (const entity of [world.ben, world.cid])
      expect((await traced(world, () => reopen(world, entity))).changed).toEqual([]);
  });

  it("opens nothing of another participant", async () => {
    await using world = await givenCertified();
    const work = () => world.bank.commit((write) => reopenCertificationsOf(write, world.ann));
    expect((await traced(world, work)).changed).toEqual([]);
  });
});
