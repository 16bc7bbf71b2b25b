import type { Policy } from "../../src/policy/policy.js";
import { createPolicy, type CreatePolicy, type RequirementInput } from "../../src/policy/create.js";
import { actorOf, givenWorld, type Party, type World } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { refusedTrace, traced } from "../support/trace.js";

const LIVE = { field: "livenessReviewOutcome", operator: "EQ", values: ["live"] } as const;

const liveness: RequirementInput = { key: "liveness", kinds: ["LIVENESS_REVIEW"] };

const policy = ({ network }: World, over: Partial<CreatePolicy> = {}): CreatePolicy => ({
  networkId: network,
  name: "Own",
  product: "KYC",
  selection: "FRESHEST",
  requirements: [liveness],
  ...over,
});

const creating = (party: Party, input: CreatePolicy) => party.commit((write) => createPolicy(write, input));

const many = (length: number): RequirementInput[] =>
  Array.from({ length }, (_, index) => ({ ...liveness, key: `r${index}` }));

describe("createPolicy", () => {
  it("writes a draft with every default spelled out", async () => {
    await using world = await givenWorld();
    const { result: id, changed } = await traced(world, () =>
      creating(world.bank, policy(world, { requirements: [{ ...liveness, conditions: [LIVE] }] })),
    );
    expect(changed).toEqual(["policy"]);
    const [row] = await world.app.store.rows<Policy>(
      "select name, version, status, requirements, default_for, published_at from policy where id = ?",
      [id],
    );
    expect({ ...row, requirements: JSON.parse(row!.requirements) as unknown }).toEqual({
      name: "Own",
      version: 1,
      status: "DRAFT",
      requirements: [
        {
          key: "liveness",
          kinds: ["LIVENESS_REVIEW"],
          required: true,
          maxAgeDays: null,
          conditions: [LIVE],
          furnisherIds: null,
        },
      ],
      default_for: null,
      published_at: null,
    });
  });

  it("counts versions by name, from one", async () => {
    await using world = await givenWorld();
    for (const name of ["Own", "Own", "Other", "Own"]) await creating(world.bank, policy(world, { name }));
    expect(await world.app.store.rows("select name, version from policy where status = 'DRAFT' order by id")).toEqual([
      { name: "Own", version: 1 },
      { name: "Own", version: 2 },
      { name: "Other", version: 1 },
      { name: "Own", version: 3 },
    ]);
  });

  it("gives parallel drafts of one name a version each", async () => {
    await using world = await givenWorld();
    await Promise.all(Array.from({ length: 5 }, () => creating(world.bank, policy(world))));
    const versions = await world.app.store.rows<{ version: number }>(
      "select version from policy where name = 'Own' order by version",
    );
    expect(versions.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5]);
  });

  it("takes the most of everything", async () => {
    await using world = await givenWorld();
    const { network } = world;
    const requirement: RequirementInput = {
      key: `k${"x".repeat(49)}`,
      kinds: ["LIVENESS_REVIEW"],
      maxAgeDays: 36_500,
      conditions: Array.from({ length: 10 }, () => LIVE),
    };
    const input = policy(world, { name: "n".repeat(100), networkId: network, requirements: [requirement] });
    expect(await creating(world.bank, input)).toMatch(/^pol_/);
  });

  it.each<readonly [what: string, over: Partial<CreatePolicy>, paths: readonly string[]]>([
    ["it has no name", { name: " " }, ["input.name"]],
    ["its name is too long", { name: "n".repeat(101) }, ["input.name"]],
    ["it asks for nothing", { requirements: [] }, ["input.requirements"]],
    [
      "it asks for 21 things",
      { requirements: many(21) },
      [
        "input.requirements",
        ...many(21).flatMap((_, index) => (index > 0 ? [`input.requirements[${index}].kinds[0]`] : [])),
      ],
    ],
    ["a key begins with a digit", { requirements: [{ ...liveness, key: "1st" }] }, ["input.requirements[0].key"]],
    ["a key is empty", { requirements: [{ ...liveness, key: "" }] }, ["input.requirements[0].key"]],
    ["a key is too long", { requirements: [{ ...liveness, key: "k".repeat(51) }] }, ["input.requirements[0].key"]],
    ["a requirement has no kind", { requirements: [{ ...liveness, kinds: [] }] }, ["input.requirements[0].kinds"]],
    [
      "its product has no such kind",
      { product: "KYB", requirements: [{ ...liveness, conditions: [LIVE] }] },
      ["input.requirements[0].kinds[0]"],
    ],
    ["an age is zero", { requirements: [{ ...liveness, maxAgeDays: 0 }] }, ["input.requirements[0].maxAgeDays"]],
    [
      "an age is no whole number",
      { requirements: [{ ...liveness, maxAgeDays: 1.5 }] },
      ["input.requirements[0].maxAgeDays"],
    ],
    [
      "an age is more than 100 years",
      { requirements: [{ ...liveness, maxAgeDays: 36_501 }] },
      ["input.requirements[0].maxAgeDays"],
    ],
    [
      "there are 11 conditions",
      { requirements: [{ ...liveness, conditions: Array.from({ length: 11 }, () => LIVE) }] },
      ["input.requirements[0].conditions"],
    ],
    [
      "a key is used twice",
      { requirements: [liveness, { key: "liveness", kinds: ["DOCUMENT_REVIEW"] }] },
      ["input.requirements[1].key"],
    ],
    [
      "a kind is used in two requirements",
      { requirements: [liveness, { key: "again", kinds: ["LIVENESS_REVIEW"] }] },
      ["input.requirements[1].kinds[0]"],
    ],
    [
      "a kind is used twice in one",
      { requirements: [{ ...liveness, kinds: ["LIVENESS_REVIEW", "LIVENESS_REVIEW"] }] },
      ["input.requirements[0].kinds[1]"],
    ],
    [
      "a condition names no field",
      { requirements: [{ ...liveness, conditions: [LIVE, { ...LIVE, field: "mood" }] }] },
      ["input.requirements[0].conditions[1].field"],
    ],
    [
      "a condition is about a personal value",
      {
        requirements: [
          {
            key: "d",
            kinds: ["DOCUMENT_CAPTURE"],
            conditions: [{ field: "documentNumber", operator: "EQ", values: ["P1"] }],
          },
        ],
      },
      ["input.requirements[0].conditions[0].field"],
    ],
    [
      "an operator does not fit the field",
      { requirements: [{ ...liveness, conditions: [{ ...LIVE, operator: "GTE" }] }] },
      ["input.requirements[0].conditions[0].operator"],
    ],
    [
      "a value does not fit the field",
      { requirements: [{ ...liveness, conditions: [{ ...LIVE, operator: "IN", values: ["live", "lively"] }] }] },
      ["input.requirements[0].conditions[0].values[1]"],
    ],
    [
      "a value is too long to be one",
      { requirements: [{ ...liveness, conditions: [{ ...LIVE, values: ["x".repeat(201)] }] }] },
      ["input.requirements[0].conditions[0].values[0]"],
    ],
  ])("is refused when %s", async (_what, over, paths) => {
    await using world = await givenWorld();
    expect(await refusedTrace(world, () => creating(world.bank, policy(world, over)))).toEqual({
      code: "BAD_USER_INPUT",
      paths,
      changed: [],
    });
  });

  it("reports every fault at once", async () => {
    await using world = await givenWorld();
    const requirements: RequirementInput[] = [
      { ...liveness, maxAgeDays: 0 },
      { key: "liveness", kinds: ["DOCUMENT_REVIEW"], conditions: [{ ...LIVE, field: "mood" }] },
    ];
    const { code, paths } = await refusal(creating(world.bank, policy(world, { name: "", requirements })));
    expect(code).toBe("BAD_USER_INPUT");
    expect(paths.toSorted()).toEqual([
      "input.name",
      "input.requirements[0].maxAgeDays",
      "input.requirements[1].conditions[0].field",
      "input.requirements[1].key",
    ]);
  });

  it.each<readonly [string, (world: World) => Party, string]>([
    ["a member that does not govern", ({ vendor }) => vendor, "FORBIDDEN"],
    ["a participant outside the network, as if that did not exist", ({ stranger }) => stranger, "NOT_FOUND"],
  ])("is refused to %s", async (_who, party, code) => {
    await using world = await givenWorld();
    expect(await refusedTrace(world, () => creating(party(world), policy(world)))).toEqual({
      code,
      paths: ["input.networkId"],
      changed: [],
    });
  });

  it("is refused without the scope", async () => {
    await using world = await givenWorld();
    const commit = world.app.commitAs(actorOf(world.bank.id, ["query", "furnish"]));
    expect(await refusedTrace(world, () => commit((write) => createPolicy(write, policy(world))))).toEqual({
      code: "FORBIDDEN",
      paths: [],
      changed: [],
    });
  });
});
