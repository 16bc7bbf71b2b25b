import type { Ask } from "../../src/certificate/gather.js";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { plusMs } from "../../src/kernel/instant.js";
import { removeRoles, setPrice } from "../../src/network/create.js";
import { createPolicy } from "../../src/policy/create.js";
import { Policy } from "../../src/policy/policy.js";
import { NOON } from "../support/app.js";
import { coverage, givenPolicy, givenReady, operate, query, type Ready } from "../support/asked.js";
import { actorOf, givenBusinessAsk, givenConsent, givenNetwork, givenRegistered } from "../support/given.js";
import { checkCoverage } from "../../src/certificate/coverage.js";
import { queryCertificate } from "../../src/certificate/query.js";
import { refusedTrace } from "../support/trace.js";

interface Case {
  readonly what: string;
  readonly code: string;
  readonly paths: readonly string[];
  /** What is asked, after whatever has to be so that it is refused. */
  readonly given: (world: Ready) => Promise<Ask>;
}

const ids = (length: number, prefix: string): string[] => Array.from({ length }, (_, index) => `${prefix}_${index}`);

const wrong = (
  what: string,
  paths: readonly string[],
  over: (world: Ready) => Partial<Ask> | Promise<Partial<Ask>>,
  code = "BAD_USER_INPUT",
): Case => ({
  what,
  code,
  paths,
  given: async (world) => ({ ...world.ask, ...(await over(world)) }),
});

/** A second network, with fintech as a querier. */
const otherNetwork = (world: Ready) =>
  givenNetwork(
    world,
    "Other",
    [
      [world.fintech, "QUERIER"],
      [world.bank, "GOVERNOR"],
    ],
    "1.25",
  );

const LIVENESS = [{ key: "liveness", kinds: ["LIVENESS_REVIEW"] as const }];

const REFUSALS: readonly Case[] = [
  wrong("no network is named", ["input.networkIds"], () => ({ networkIds: [] })),
  wrong("a network is named twice", ["input.networkIds"], ({ network }) => ({ networkIds: [network, network] })),
  wrong("11 networks are named", ["input.networkIds"], () => ({ networkIds: ids(11, "net") })),
  wrong("no furnisher is accepted", ["input.furnisherIds"], () => ({ furnisherIds: [] })),
  wrong("101 furnishers are named", ["input.furnisherIds"], () => ({ furnisherIds: ids(101, "par") })),
  wrong(
    "there is no such consent",
    ["input.consentId"],
    () => ({ consentId: "con_00000000000000000000009999" }),
    "NOT_FOUND",
  ),
  wrong(
    "the consent is another querier's, as if it did not exist",
    ["input.consentId"],
    async ({ bank, network }) => {
      await givenRegistered(bank);
      return { consentId: await givenConsent(bank, network) };
    },
    "NOT_FOUND",
  ),
  wrong("the consent was withdrawn", ["input.consentId"], async ({ fintech, consentId }) => {
    await fintech.commit((write) => withdrawConsent(write, { consentId }));
    return {};
  }),
  wrong("the consent ends this moment", ["input.consentId"], async ({ fintech, network, time }) => {
    const consentId = await givenConsent(fintech, network, { expiresAt: plusMs(NOON, 1_000) });
    time.advance(1_000);
    return { consentId };
  }),
  wrong("the consent is for another network", ["input.networkIds"], async (world) => ({
    networkIds: [await otherNetwork(world)],
  })),
  wrong(
    "a network is unknown",
    ["input.networkIds[1]"],
    ({ network }) => ({ networkIds: [network, "net_00000000000000000000009999"] }),
    "NOT_FOUND",
  ),
  wrong(
    "a network is one that the caller is not in, as if it did not exist",
    ["input.networkIds[1]"],
    async (world) => ({ networkIds: [world.network, await givenNetwork(world, "Closed", [[world.bank, "QUERIER"]])] }),
    "NOT_FOUND",
  ),
  wrong(
    "the caller does not query in one of the networks",
    ["input.networkIds[1]"],
    async (world) => ({
      networkIds: [world.network, await givenNetwork(world, "Other", [[world.fintech, "FURNISHER", "GOVERNOR"]])],
    }),
    "FORBIDDEN",
  ),
  wrong(
    "the caller's role was taken away",
    ["input.networkIds[0]"],
    async (world) => {
      await operate(world)((write) => removeRoles(write, world.network, world.fintech.id, ["QUERIER"]));
      return {};
    },
    "NOT_FOUND",
  ),
  wrong(
    "there is no such policy",
    ["input.policyId"],
    () => ({ policyId: "pol_00000000000000000000009999" }),
    "NOT_FOUND",
  ),
  wrong(
    "the policy is a draft",
    ["input.policyId"],
    async ({ bank, network }) => ({
      policyId: await bank.commit((write) =>
        createPolicy(write, {
          networkId: network,
          name: "Own",
          product: "KYC",
          selection: "OLDEST",
          requirements: LIVENESS,
        }),
      ),
    }),
    "NOT_FOUND",
  ),
  wrong(
    "the policy is of a network that the caller is not in, as if it did not exist",
    ["input.policyId"],
    async (world) => {
      const closed = await givenNetwork(world, "Closed", [[world.bank, "GOVERNOR"]]);
      return { policyId: await givenPolicy(world.bank, closed, LIVENESS) };
    },
    "NOT_FOUND",
  ),
  wrong("the policy is of a network that was not asked", ["input.policyId"], async (world) => ({
    policyId: await givenPolicy(world.bank, await otherNetwork(world), LIVENESS),
  })),
  wrong("the policy is for another product", ["input.policyId"], async (world) => ({
    ...(await givenBusinessAsk(world)),
    policyId: await givenPolicy(world.bank, world.network, LIVENESS),
  })),
  wrong("the consent is of another kind of subject", ["input.product"], () => ({ product: "KYB" })),
  wrong("there is no default policy for the product", ["input.policyId"], async (world) => {
    await operate(world)((write) => write.em.nativeUpdate(Policy, { product: "KYC" }, { defaultFor: null }));
    return {};
  }),
  wrong("the networks charge in different currencies", ["input.networkIds"], async (world) => {
    const other = await otherNetwork(world);
    await operate(world)((write) =>
      setPrice(write, { networkId: other, product: "KYC", amount: "1.25", currency: "EUR" }),
    );
    return { networkIds: [world.network, other] };
  }),
];

const ASKING = [
  ["queryCertificate", query],
  ["checkCoverage", coverage],
] as const;

describe.each(ASKING)("%s", (_verb, asking) => {
  it.each(REFUSALS)("is refused when $what", async ({ code, paths, given }) => {
    await using world = await givenReady(["LIVENESS_REVIEW"]);
    const input = await given(world);
    expect(await refusedTrace(world, () => asking(world.fintech, input))).toEqual({ code, paths, changed: [] });
  });
});

describe("queryCertificate and checkCoverage", () => {
  it("are refused without the scope", async () => {
    await using world = await givenReady(["LIVENESS_REVIEW"]);
    const commit = world.app.commitAs(actorOf(world.fintech.id, ["entities", "furnish", "analyse"]));
    const works = [
      () => commit((write) => checkCoverage(write, world.ask)),
      () => commit((write) => queryCertificate(write, world.ask, "https://gateway.example")),
    ];
    for (const work of works)
      expect(await refusedTrace(world, work)).toEqual({ code: "FORBIDDEN", paths: [], changed: [] });
  });
});
