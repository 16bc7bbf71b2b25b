import { disputeAttestation } from "../../src/dispute/raise.js";
import { settleDispute } from "../../src/dispute/settle.js";
import { query } from "../support/asked.js";
import { givenGateway } from "../support/gateway.js";
import { givenConsent, givenFurnished, givenRegistered, JUN, record } from "../support/given.js";
import { dataOf, listen, type Client } from "../support/listen.js";
import { givenTelling, type Telling } from "../support/telling.js";
import { worked } from "../support/verify.js";

/** A check as it is followed. */
interface Check {
  readonly success: boolean;
  readonly verificationStatus: string;
}

/** An entity with those who are under it. */
interface Rolled {
  readonly members: readonly object[];
}

const CHECK = `subscription Check($handle: String!) { checkKyc(handle: $handle) { success verificationStatus } }`;

async function checking({ gateway }: Telling, handle: string, question = CHECK): Promise<Client> {
  const client = await listen(gateway, gateway.fintech.token);
  client.subscribe("1", question, { handle });
  return client;
}

const statusOf = async (client: Client): Promise<string> =>
  (dataOf(await client.next()) as { checkKyc: Check }).checkKyc.verificationStatus;

/** What is shown up to a status: who is followed may be shown every step, or only the later of two that come together. */
async function statusesUpTo(client: Client, last: string): Promise<string[]> {
  const seen = [await statusOf(client)];
  while (seen.at(-1) !== last) seen.push(await statusOf(client));
  return seen;
}

describe("a check that is followed", () => {
  it("shows a person unverified, then each step, to the pass", async () => {
    await using telling = await givenTelling();
    const { gateway, caller } = telling;
    await caller.person();
    await using client = await checking(telling, "ada");
    expect(await statusOf(client)).toBe("UNVERIFIED");
    await caller.request("ada");
    expect(await statusOf(client)).toBe("PENDING");
    await worked(gateway);
    expect((dataOf(await client.next()) as { checkKyc: Check }).checkKyc).toEqual({
      success: true,
      verificationStatus: "PASSED",
    });
    await client.quiet();
  });

  it("shows a business passed when the last of its members has passed", async () => {
    await using telling = await givenTelling();
    const { gateway, caller } = telling;
    await caller.business();
    await caller.person({ ...JUN, handle: "jun" });
    await caller.link("alder", "jun", "CONTROLLING_OFFICER");
    await using client = await checking(telling, "alder");
    expect(await statusOf(client)).toBe("UNVERIFIED");
    await caller.request("alder");
    expect(await statusOf(client)).toBe("PENDING");
    await worked(gateway);
    expect(await statusesUpTo(client, "MEMBER_UNVERIFIED")).toContain("MEMBER_UNVERIFIED");
    await caller.request("jun");
    expect(await statusOf(client)).toBe("MEMBER_PENDING");
    await worked(gateway);
    expect(await statusOf(client)).toBe("PASSED");
    await client.quiet();
  });

  it("follows who is linked later, and who is linked below those, in what is not the standing of the business", async () => {
    await using telling = await givenTelling();
    const { gateway, caller } = telling;
    await caller.business();
    await caller.business({ handle: "holding", legalName: "Holding Inc", ein: "98-7654321" });
    await caller.person({ ...JUN, handle: "jun" });
    const MEMBERS = `subscription ($handle: String!) {
      checkKyc(handle: $handle) {
        entity { ... on Business { members { entity { verificationStatus
          ... on Business { members { entity { verificationStatus } } } } } } }
      }
    }`;
    await using client = await checking(telling, "alder", MEMBERS);
    const shown = async () => (dataOf(await client.next()) as { checkKyc: { entity: Rolled } }).checkKyc.entity.members;
    expect(await shown()).toEqual([]);
    await caller.link("alder", "holding", "BENEFICIAL_OWNER", { ownershipStake: "30" });
    expect(await shown()).toEqual([{ entity: { verificationStatus: "UNVERIFIED", members: [] } }]);
    await caller.link("holding", "jun", "BENEFICIAL_OWNER", { ownershipStake: "50" });
    const under = (verificationStatus: string): object[] => [
      { entity: { verificationStatus: "UNVERIFIED", members: [{ entity: { verificationStatus } }] } },
    ];
    expect(await shown()).toEqual(under("UNVERIFIED"));
    await caller.request("jun");
    expect(await shown()).toEqual(under("PENDING"));
    await worked(gateway);
    expect(await shown()).toEqual(under("PASSED"));
    await client.quiet();
  });

  it("shows who comes later, or comes back, what holds by then", async () => {
    await using telling = await givenTelling();
    const { gateway, caller } = telling;
    await caller.person();
    await using first = await checking(telling, "ada");
    expect(await statusOf(first)).toBe("UNVERIFIED");
    await caller.request("ada");
    await worked(gateway);
    await using second = await checking(telling, "ada");
    expect(await statusOf(second)).toBe("PASSED");
    first.cut();
    await using again = await checking(telling, "ada");
    expect(await statusOf(again)).toBe("PASSED");
  });
});

describe("a certificate that is followed", () => {
  it("is shown valid, then disputed, then revoked, with why", async () => {
    await using gateway = await givenGateway();
    const { vendor, fintech, bank, network } = gateway;
    const attestations = await givenFurnished(vendor, [network], [record()]);
    await givenRegistered(fintech);
    const consentId = await givenConsent(fintech, network);
    await query(fintech, { consentId, networkIds: [network], product: "KYC" });
    const [certificate] = await fintech.read.rows<{ id: string }>("select id from certificate");
    await using client = await listen(gateway, fintech.token);
    const FOLLOW = `subscription ($id: ID!) { certificate(id: $id) { id status statusReason } }`;
    client.subscribe("1", FOLLOW, { id: certificate!.id });
    const shown = async () => (dataOf(await client.next()) as { certificate: object }).certificate;
    const { id } = certificate!;
    expect(await shown()).toEqual({ id, status: "VALID", statusReason: null });
    const attestationId = attestations.get("DOCUMENT_REVIEW")!;
    await bank.commit((write) => disputeAttestation(write, { attestationId, reason: "Somebody else." }));
    expect(await shown()).toEqual({
      id,
      status: "DISPUTED",
      statusReason: "DOCUMENT_REVIEW is disputed: Somebody else.",
    });
    await vendor.commit((write) => settleDispute(write, { attestationId, outcome: "WITHDRAWN", reason: "So it was." }));
    expect(await shown()).toMatchObject({ id, status: "REVOKED" });
    await client.quiet();
  });
});
