import { NOON } from "../support/app.js";
import { ask, data, refusalOf } from "../support/ask.js";
import { givenGateway, type Gateway } from "../support/gateway.js";
import { ADA, ALL_KINDS, givenConsent, givenFurnished, givenKey, givenRegistered, record } from "../support/given.js";
import { operation, QUERY } from "../support/operation.js";
import { stored } from "../support/stored.js";

interface Person {
  readonly id: string;
  readonly identity: { readonly socialSecurityNumber: string; readonly dateOfBirth: string };
}

const PEOPLE = operation<
  { entities: { edges: readonly { node: Person }[] } },
  { readonly reveal?: string | null }
>(`query People($reveal: String) {
  entities { edges { node { id ... on Individual { identity(reveal: $reveal) { dateOfBirth socialSecurityNumber } } } } }
}`);

const REASON = "Case 4711: the subject asked for a copy.";

const people = async (gateway: Gateway, token: string, reveal?: string | null) =>
  (await data(gateway, token, PEOPLE, { reveal: reveal ?? null })).entities.edges.map(({ node }) => node);

const reveals = async (gateway: Gateway) => (await stored(gateway.app))["reveal"] ?? [];

describe("personal data", () => {
  it("is masked where nobody says why it is needed, and nothing is recorded", async () => {
    await using gateway = await givenGateway();
    const id = await givenRegistered(gateway.fintech);
    const identity = { dateOfBirth: "1988-••-••", socialSecurityNumber: "•••••0101" };
    expect(await people(gateway, gateway.fintech.token)).toEqual([{ id, identity }]);
    expect(await reveals(gateway)).toEqual([]);
  });

  it("is shown in the clear for a reason, which is on record with who asked and when", async () => {
    await using gateway = await givenGateway();
    const id = await givenRegistered(gateway.fintech);
    const { keyId, token } = await givenKey(gateway, gateway.fintech, "query");
    const identity = { dateOfBirth: ADA.dateOfBirth, socialSecurityNumber: "212550101" };
    expect(await people(gateway, token, REASON)).toEqual([{ id, identity }]);
    expect(await reveals(gateway)).toEqual([
      {
        id: expect.stringMatching(/^rvl_/),
        entity_id: id,
        participant_id: gateway.fintech.id,
        credential_id: keyId,
        what: "identity",
        reason: REASON,
        revealed_at: NOON,
      },
    ]);
  });

  it("is recorded for many people in one transaction, one record each", async () => {
    await using gateway = await givenGateway();
    const ids: string[] = [];
    for (const handle of ["a", "b", "c"])
      ids.push(await givenRegistered(gateway.fintech, { handle, socialSecurityNumber: null }));
    gateway.statements.length = 0;
    expect((await people(gateway, gateway.fintech.token, REASON)).map(({ id }) => id)).toEqual(ids.toReversed());
    expect(gateway.statements.filter((sql) => /^begin/i.test(sql))).toHaveLength(1);
    expect(await reveals(gateway)).toMatchObject(ids.toReversed().map((id) => ({ entity_id: id, reason: REASON })));
  });

  it("of a document is masked in a certificate until somebody says why", async () => {
    await using gateway = await givenGateway();
    const { fintech, vendor, network } = gateway;
    await givenFurnished(vendor, [network], [record(ALL_KINDS)]);
    const ent = await givenRegistered(fintech);
    const input = { consentId: await givenConsent(fintech, network), networkIds: [network] };
    const { queryCertificate } = await data(gateway, fintech.token, QUERY, { input });
    const document = operation<{ certificate: object }>(`query ($id: ID!, $reveal: String) {
      certificate(id: $id) { documentCapture { data { documentNumber(reveal: $reveal) } } }
    }`);
    const read = (reveal: string | null) =>
      data(gateway, fintech.token, document, { id: queryCertificate.certificate!.id, reveal });
    const showing = (documentNumber: string) => ({ certificate: { documentCapture: { data: { documentNumber } } } });
    const masked = await read(null);
    expect(masked).not.toEqual(showing("P1002003"));
    expect(await reveals(gateway)).toEqual([]);
    expect(await read(REASON)).toEqual(showing("P1002003"));
    expect(await reveals(gateway)).toMatchObject([{ entity_id: ent, what: "documentNumber", reason: REASON }]);
  });

  it.each([
    ["blank", ""],
    ["of blanks", "   "],
    ["of 501 characters", "x".repeat(501)],
    ["with a control character", "a\u0007"],
    ["with a lone surrogate", "\udc00"],
  ])("is not shown for a reason that is %s", async (_what, reason) => {
    await using gateway = await givenGateway();
    await givenRegistered(gateway.fintech);
    const answer = await ask(gateway, gateway.fintech.token, PEOPLE, { reveal: reason });
    expect(refusalOf(answer)).toEqual({ code: "BAD_USER_INPUT", paths: ["reveal"] });
    expect(JSON.stringify(answer)).not.toContain("212550101");
    expect(await reveals(gateway)).toEqual([]);
  });

  it.each(["analyse", "furnish", "verify"] as const)("is not shown to a key with only the scope %s", async (scope) => {
    await using gateway = await givenGateway();
    await givenRegistered(gateway.fintech);
    const { token } = await givenKey(gateway, gateway.fintech, scope);
    const answer = await ask(gateway, token, PEOPLE, { reveal: REASON });
    expect(refusalOf(answer).code).toBe("FORBIDDEN");
    expect(JSON.stringify(answer)).not.toContain("212550101");
    expect(await reveals(gateway)).toEqual([]);
  });

  it("never stands in the database or in the log in the clear", async () => {
    await using gateway = await givenGateway();
    await givenRegistered(gateway.fintech, { email: "ada@example.com", phone: "503-555-0142" });
    await givenFurnished(gateway.vendor, [gateway.network], [record(ALL_KINDS)]);
    await people(gateway, gateway.fintech.token, REASON);
    await gateway.close();
    const kept = JSON.stringify(await stored(gateway.app)) + gateway.logged.join("\n");
    expect(kept).toContain(REASON);
    for (const secret of [
      "Ada",
      "Moreno",
      "1988-04-12",
      "212550101",
      "212-55-0101",
      "ada@example.com",
      "5550142",
      "Alder",
      "P1002003",
    ])
      expect(kept).not.toContain(secret);
  });
});
