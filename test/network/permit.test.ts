import { OPERATOR, SCOPES, type Actor, type Scope } from "../../src/kernel/actor.js";
import { Failure } from "../../src/kernel/failure.js";
import { removeRoles } from "../../src/network/create.js";
import { NETWORK_ROLES } from "../../src/network/network.js";
import { permit, requireRole, type Verb } from "../../src/network/permit.js";
import { actorOf, clientOf, givenNetwork, givenParty, givenWorld } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { testApp } from "../support/app.js";

const SOMEBODY = "par_00000000000000000000000001";

const ANY = [...SCOPES];

/** Who may do what: the verb, the scopes of which one is enough, and whether a client token may. */
const WHO: Readonly<Record<Verb, readonly [scopes: readonly Scope[], client: "client" | "no client"]>> = {
  viewer: [ANY, "client"],
  readMembers: [ANY, "no client"],
  readEntities: [["entities", "verify", "review", "furnish", "query", "analyse"], "client"],
  readVerifications: [["entities", "verify", "review", "analyse"], "client"],
  readAttestations: [["furnish", "query", "analyse"], "client"],
  readPolicies: [ANY, "no client"],
  readCertificates: [["query", "analyse"], "client"],
  readQueryEvents: [["query", "analyse"], "no client"],
  readDisputes: [["furnish", "query", "analyse", "policies"], "no client"],
  readStaffWords: [ANY, "no client"],
  readLedger: [["query", "analyse"], "no client"],
  disputeAttestation: [["furnish", "policies"], "no client"],
  readEvents: [["entities", "verify", "review", "furnish", "query", "analyse"], "client"],
  registerEntity: [["entities"], "no client"],
  requestVerification: [["verify"], "no client"],
  submitDocument: [["verify"], "no client"],
  openDocument: [["verify", "review"], "no client"],
  reviewVerification: [["review"], "no client"],
  linkMember: [["entities"], "no client"],
  certify: [["entities"], "no client"],
  revealIdentity: [["entities", "query"], "no client"],
  createClientToken: [["entities"], "no client"],
  recordConsent: [["entities", "query"], "no client"],
  withdrawConsent: [["entities", "query"], "no client"],
  furnish: [["furnish"], "no client"],
  revokeAttestation: [["furnish"], "no client"],
  writePolicies: [["policies"], "no client"],
  checkCoverage: [["query"], "no client"],
  queryCertificate: [["query"], "no client"],
};

const VERBS = Object.entries(WHO) as [Verb, (typeof WHO)[Verb]][];

/** Whether the verb is permitted; any refusal but FORBIDDEN is a failure of the test. */
async function may(actor: Actor, verb: Verb): Promise<boolean> {
  try {
    permit(actor, verb);
    return true;
  } catch (error) {
    if (error instanceof Failure && error.code === "FORBIDDEN") return false;
    throw error;
  }
}

const passing = async <One>(all: readonly One[], test: (one: One) => Promise<boolean>): Promise<One[]> => {
  const answers = await Promise.all(all.map(test));
  return all.filter((_, index) => answers[index]);
};

describe("permit", () => {
  it.each(VERBS)("lets %s pass for %j", async (verb, [scopes]) => {
    const found = await passing(SCOPES, (scope) => may(actorOf(SOMEBODY, [scope]), verb));
    expect(found.toSorted()).toEqual([...scopes].toSorted());
    const staff = await passing(SCOPES, (scope) => may({ ...actorOf(SOMEBODY, [scope]), via: "OIDC" }, verb));
    expect(staff).toEqual(found);
  });

  it.each(VERBS)("lets %s pass for a client token, or not, whatever scopes somebody writes into it: %j", async (verb, [
    ,
    client,
  ]) => {
    const token = clientOf(SOMEBODY, "ent_00000000000000000000000001");
    expect(await may(token, verb)).toBe(client === "client");
    expect(await may({ ...token, scopes: new Set(SCOPES) }, verb)).toBe(client === "client");
  });

  it("lets nobody write or reveal through a client token", async () => {
    const token = clientOf(SOMEBODY, "ent_00000000000000000000000001");
    const verbs = await passing(Object.keys(WHO) as Verb[], (verb) => may(token, verb));
    expect(verbs).toEqual([
      "viewer",
      "readEntities",
      "readVerifications",
      "readAttestations",
      "readCertificates",
      "readEvents",
    ]);
  });

  it("gives a credential without scopes nothing but to see itself and the policies", async () => {
    for (const actor of [actorOf(SOMEBODY, []), OPERATOR])
      expect(await passing(Object.keys(WHO) as Verb[], (verb) => may(actor, verb))).toEqual([
        "viewer",
        "readMembers",
        "readPolicies",
        "readStaffWords",
      ]);
  });

  it("says which scope is missing, or that a client token will never do", async () => {
    const missing = await refusal((async () => permit(actorOf(SOMEBODY, ["admin"]), "recordConsent"))());
    expect(missing.message).toBe("This needs the scope `entities` or `query`.");
    const client = await refusal(
      (async () => permit(clientOf(SOMEBODY, "ent_00000000000000000000000001"), "furnish"))(),
    );
    expect(client.message).toBe("This needs an API key.");
  });
});

describe("requireRole", () => {
  it.each(NETWORK_ROLES)("lets pass whoever is %s in every network that is named", async (role) => {
    await using test = await testApp();
    const party = await givenParty(test, "Bank");
    const networks = [
      await givenNetwork(test, "One", [[party, role]]),
      await givenNetwork(test, "Two", [[party, role]]),
    ];
    await expect(requireRole(party.read, networks, role, "input.networkIds")).resolves.toBeUndefined();
  });

  it("is FORBIDDEN at the first network in which another role is held", async () => {
    await using world = await givenWorld();
    const { bank, fintech, network } = world;
    const second = await givenNetwork(world, "Second", [
      [fintech, "FURNISHER", "GOVERNOR"],
      [bank, "QUERIER"],
    ]);
    const refused = await refusal(requireRole(fintech.read, [network, second], "QUERIER", "input.networkIds"));
    expect(refused).toMatchObject({ code: "FORBIDDEN", paths: ["input.networkIds[1]"] });
  });

  it("is NOT_FOUND for a network of others, in the words for one that does not exist", async () => {
    await using world = await givenWorld();
    const { stranger, network } = world;
    const foreign = await refusal(requireRole(stranger.read, [network], "QUERIER", "input.networkIds"));
    const missing = await refusal(
      requireRole(stranger.read, ["net_00000000000000000000009999"], "QUERIER", "input.networkIds"),
    );
    expect(foreign).toMatchObject({ code: "NOT_FOUND", paths: ["input.networkIds[0]"] });
    expect(foreign).toEqual(missing);
  });

  it("names the path as it is where one network is asked for", async () => {
    await using world = await givenWorld();
    const { vendor, network } = world;
    const refused = await refusal(requireRole(vendor.read, [network], "GOVERNOR", "input.networkId"));
    expect(refused).toMatchObject({ code: "FORBIDDEN", paths: ["input.networkId"] });
  });

  it("refuses as soon as the role was taken away", async () => {
    await using world = await givenWorld();
    const { app, vendor, network } = world;
    await requireRole(vendor.read, [network], "FURNISHER", "input.networkIds");
    await app.commitAs(OPERATOR)((write) => removeRoles(write, network, vendor.id, ["FURNISHER"]));
    expect((await refusal(requireRole(vendor.read, [network], "FURNISHER", "input.networkIds"))).code).toBe(
      "NOT_FOUND",
    );
  });
});
