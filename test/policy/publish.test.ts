import { createPolicy } from "../../src/policy/create.js";
import { publishPolicy } from "../../src/policy/publish.js";
import { requirementsOf, type Policy } from "../../src/policy/policy.js";
import { kindsOf } from "../../src/attestation/sub-product.js";
import { NOON } from "../support/app.js";
import { givenPolicy, queried, givenReady } from "../support/asked.js";
import { actorOf, givenBusinessAsk, givenNetwork, givenWorld, type Party, type World } from "../support/given.js";
import { refusedTrace, traced } from "../support/trace.js";

type Row = Pick<
  Policy,
  "id" | "name" | "product" | "status" | "version" | "selection" | "requirements" | "publishedAt" | "defaultFor"
> & { readonly networkId: string };

const policies = ({ app }: World): Promise<Row[]> =>
  app.store.rows<Row>(
    `select id, network_id as "networkId", name, product, status, version, selection, requirements, published_at as "publishedAt", default_for as "defaultFor" from policy order by id`,
  );

const drafted = (bank: Party, networkId: string, name = "Own") =>
  bank.commit((write) =>
    createPolicy(write, {
      networkId,
      name,
      product: "KYC",
      selection: "OLDEST",
      requirements: [{ key: "liveness", kinds: ["LIVENESS_REVIEW"] }],
    }),
  );

const publishing = (party: Party, policyId: string, isDefault = false) =>
  party.commit((write) => publishPolicy(write, { policyId, isDefault }));

const defaultsOf = async (world: World): Promise<string[]> =>
  (await policies(world))
    .filter(({ product, defaultFor }) => product === "KYC" && defaultFor)
    .map(({ name, version }) => `${name} ${version}`);

describe("publishPolicy", () => {
  it("turns a draft into a published policy, now, and leaves the default where it is", async () => {
    await using world = await givenWorld();
    const id = await drafted(world.bank, world.network);
    const { result, changed } = await traced(world, () => publishing(world.bank, id));
    expect(result).toBe(id);
    expect(changed).toEqual(["policy"]);
    expect((await policies(world)).find((row) => row.id === id)).toMatchObject({
      status: "PUBLISHED",
      publishedAt: NOON,
      defaultFor: null,
    });
    expect(await defaultsOf(world)).toEqual(["KYC_FULL 1"]);
  });

  it("moves the default where that is asked for, so that there is one", async () => {
    await using world = await givenWorld();
    await publishing(world.bank, await drafted(world.bank, world.network), true);
    expect(await defaultsOf(world)).toEqual(["Own 1"]);
    await publishing(world.bank, await drafted(world.bank, world.network), true);
    expect(await defaultsOf(world)).toEqual(["Own 2"]);
  });

  it("leaves the default of another network alone", async () => {
    await using world = await givenWorld();
    const other = await givenNetwork(world, "Other", [[world.bank, "GOVERNOR"]]);
    await publishing(world.bank, await drafted(world.bank, world.network), true);
    const defaults = (await policies(world)).filter(({ product, defaultFor }) => product === "KYC" && defaultFor);
    expect(defaults.map(({ networkId, name }) => [networkId, name])).toEqual([
      [other, "KYC_FULL"],
      [world.network, "Own"],
    ]);
  });

  it("lets the new default answer the next query that names none", async () => {
    await using world = await givenReady(["LIVENESS_REVIEW"]);
    expect((await queried(world.fintech, world.ask)).event.outcome).toBe("NOT_SATISFIED");
    const policyId = await givenPolicy(world.bank, world.network, [{ key: "liveness", kinds: ["LIVENESS_REVIEW"] }], {
      isDefault: true,
    });
    expect((await queried(world.fintech, world.ask)).event).toMatchObject({ outcome: "ISSUED", policyId });
  });

  it.each([
    true,
    false,
  ])("is refused for what is published already: it is frozen (as a default: %s)", async (isDefault) => {
    await using world = await givenWorld();
    const id = await drafted(world.bank, world.network);
    await publishing(world.bank, id);
    expect(await refusedTrace(world, () => publishing(world.bank, id, isDefault))).toEqual({
      code: "ILLEGAL_TRANSITION",
      paths: [],
      changed: [],
    });
  });

  it("does not touch the published version when the next one is written and published", async () => {
    await using world = await givenWorld();
    const first = await drafted(world.bank, world.network);
    await publishing(world.bank, first);
    const before = (await policies(world)).find(({ id }) => id === first);
    await publishing(world.bank, await drafted(world.bank, world.network));
    expect((await policies(world)).find(({ id }) => id === first)).toEqual(before);
  });

  it.each<readonly [string, (world: World) => Party]>([
    ["a member that does not govern", ({ fintech }) => fintech],
    ["a participant outside the network", ({ stranger }) => stranger],
  ])("is refused to %s as if the draft did not exist", async (_who, party) => {
    await using world = await givenWorld();
    const id = await drafted(world.bank, world.network);
    expect(await refusedTrace(world, () => publishing(party(world), id))).toEqual({
      code: "NOT_FOUND",
      paths: ["input.policyId"],
      changed: [],
    });
  });

  it("is refused to a member that does not govern, of a policy that it can read", async () => {
    await using world = await givenWorld();
    const [shipped] = await policies(world);
    expect(await refusedTrace(world, () => publishing(world.fintech, shipped!.id))).toEqual({
      code: "FORBIDDEN",
      paths: ["input.policyId"],
      changed: [],
    });
  });

  it("is refused to the governor of another network as if it did not exist", async () => {
    await using world = await givenWorld();
    await givenNetwork(world, "Other", [[world.stranger, "GOVERNOR"]]);
    const id = await drafted(world.bank, world.network);
    expect(await refusedTrace(world, () => publishing(world.stranger, id, true))).toEqual({
      code: "NOT_FOUND",
      paths: ["input.policyId"],
      changed: [],
    });
  });

  it.each([
    "pol_00000000000000000000009999",
    "",
    "Own",
  ])("is refused for an id that names no policy: %j", async (id) => {
    await using world = await givenWorld();
    expect(await refusedTrace(world, () => publishing(world.bank, id))).toEqual({
      code: "NOT_FOUND",
      paths: ["input.policyId"],
      changed: [],
    });
  });

  it("is refused without the scope", async () => {
    await using world = await givenWorld();
    const policyId = await drafted(world.bank, world.network);
    const commit = world.app.commitAs(actorOf(world.bank.id, ["query"]));
    const work = () => commit((write) => publishPolicy(write, { policyId, isDefault: false }));
    expect(await refusedTrace(world, work)).toEqual({ code: "FORBIDDEN", paths: [], changed: [] });
  });
});

describe("shipPolicies", () => {
  it("opens a network with five published policies, KYC_FULL and KYB_BASIC the defaults", async () => {
    await using world = await givenWorld();
    const rows = (await policies(world)).map(({ name, version, status, selection, defaultFor, publishedAt }) => ({
      name,
      version,
      status,
      selection,
      defaultFor,
      publishedAt,
    }));
    expect(rows).toEqual([
      {
        name: "KYC_FULL",
        version: 1,
        status: "PUBLISHED",
        selection: "OLDEST",
        defaultFor: `${world.network}:KYC`,
        publishedAt: NOON,
      },
      {
        name: "CIP_INDIVIDUAL",
        version: 1,
        status: "PUBLISHED",
        selection: "FRESHEST",
        defaultFor: null,
        publishedAt: NOON,
      },
      {
        name: "KYB_BASIC",
        version: 1,
        status: "PUBLISHED",
        selection: "FRESHEST",
        defaultFor: `${world.network}:KYB`,
        publishedAt: NOON,
      },
      ...["KYC_STANDARD", "KYB_STANDARD"].map((name) => ({
        name,
        version: 1,
        status: "PUBLISHED",
        selection: "FRESHEST",
        defaultFor: null,
        publishedAt: NOON,
      })),
    ]);
  });

  it("asks in KYC_FULL for each of the nine checks, whatever their age", async () => {
    await using world = await givenWorld();
    const requirements = requirementsOf((await policies(world))[0]!);
    expect(requirements).toEqual(
      kindsOf("KYC").map((kind) => ({
        key: kind.toLowerCase(),
        kinds: [kind],
        required: true,
        maxAgeDays: null,
        conditions: [],
        furnisherIds: null,
      })),
    );
  });

  it("asks in CIP_INDIVIDUAL for a document, an address and an identity, each of some age, and would like liveness", async () => {
    await using world = await givenWorld();
    const requirements = requirementsOf((await policies(world))[1]!);
    expect(requirements.map(({ key, kinds, required, maxAgeDays }) => [key, kinds, required, maxAgeDays])).toEqual([
      ["document", ["DOCUMENT_REVIEW"], true, 730],
      ["address", ["ADDRESS_VERIFICATION"], true, 365],
      ["identity", ["IDENTITY_CORROBORATION"], true, 365],
      ["liveness", ["LIVENESS_REVIEW"], false, null],
    ]);
  });

  it("can be met by one good check of each kind, for people and for businesses", async () => {
    await using world = await givenReady();
    for (const { id, product } of await policies(world)) {
      const ask = product === "KYC" ? world.ask : await givenBusinessAsk(world);
      expect((await queried(world.fintech, { ...ask, policyId: id })).event.outcome).toBe("ISSUED");
    }
  });
});
