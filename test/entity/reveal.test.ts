import { recordReveal } from "../../src/entity/reveal.js";
import { revealOnce } from "../../src/graph/reveal.js";
import { SCOPES } from "../../src/kernel/actor.js";
import type { Id } from "../../src/kernel/id.js";
import { actorOf, clientOf, countOf, givenParty, givenRegistered, type Party } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { testApp, type TestApp } from "../support/app.js";
import { onPostgres } from "../support/database.js";
import { ask, data, refusalOf } from "../support/ask.js";

interface Given extends TestApp {
  readonly bank: Party;
  readonly ids: readonly Id<"ent">[];
}

async function given(): Promise<Given> {
  const test = await testApp();
  const bank = await givenParty(test, "Bank");
  const ids: Id<"ent">[] = [];
  for (const [index, handle] of ["ada", "ben", "cy"].entries())
    ids.push(await givenRegistered(bank, { handle, socialSecurityNumber: `212-55-010${index + 1}` }));
  return { ...test, bank, ids };
}

const reveals = ({ app }: TestApp) =>
  app.store.rows<Record<string, unknown>>(
    "select entity_id, participant_id, credential_id, what, reason, revealed_at from reveal order by id",
  );

const WRITES = /^(insert|begin|commit)/i;

describe("recordReveal", () => {
  it("keeps who looked at what of whom, why and when, and never the value", async () => {
    await using test = await given();
    await test.bank.commit((write) => recordReveal(write, "manual review 17", "identity", test.ids.slice(0, 2)));
    const kept = {
      participant_id: test.bank.id,
      credential_id: "key_test",
      what: "identity",
      reason: "manual review 17",
      revealed_at: test.time.clock(),
    };
    expect(await reveals(test)).toEqual(test.ids.slice(0, 2).map((entity_id) => ({ entity_id, ...kept })));
  });

  it.each([
    "",
    "  ",
    "x".repeat(501),
    "because\u0000",
    "\ud800",
  ])("refuses the reason %j and keeps nothing", async (reason) => {
    await using test = await given();
    const refused = await refusal(test.bank.commit((write) => recordReveal(write, reason, "identity", test.ids)));
    expect(refused).toMatchObject({ code: "BAD_USER_INPUT", paths: ["reveal"] });
    expect(await countOf(test, "reveal")).toBe(0);
  });

  it("needs the scope `entities` or `query`, and is never done with a client token", async () => {
    await using test = await given();
    const others = SCOPES.filter((scope) => scope !== "entities" && scope !== "query");
    for (const actor of [actorOf(test.bank.id, others), clientOf(test.bank.id, test.ids[0]!)])
      expect(
        (await refusal(test.app.commitAs(actor)((write) => recordReveal(write, "review", "identity", test.ids)))).code,
      ).toBe("FORBIDDEN");
    expect(await countOf(test, "reveal")).toBe(0);
  });
});

describe("revealOnce", () => {
  it("shows nothing and keeps nothing where nobody asks for it", async () => {
    await using test = await given();
    const context = test.app.context(test.bank.actor);
    expect(await revealOnce(context, test.ids[0]!, null, "identity")).toBe(false);
    expect(await revealOnce(context, test.ids[0]!, undefined, "identity")).toBe(false);
    expect(await countOf(test, "reveal")).toBe(0);
  });

  it("lets see only after the record is durable", async () => {
    await using test = await given();
    const seen = await revealOnce(test.app.context(test.bank.actor), test.ids[0]!, "review", "identity").then(
      (may) => ({ may, kept: countOf(test, "reveal") }),
    );
    expect([seen.may, await seen.kept]).toEqual([true, 1]);
  });

  it("keeps the records of one request in one transaction, each entity once", async () => {
    await using test = await given();
    const context = test.app.context(test.bank.actor);
    test.statements.length = 0;
    await Promise.all([...test.ids, ...test.ids].map((id) => revealOnce(context, id, "review", "identity")));
    // Rows of one table travel one by one, or all at once.
    const inserts = onPostgres ? ["insert"] : ["insert", "insert", "insert"];
    expect(test.statements.filter((sql) => WRITES.test(sql)).map((sql) => sql.split(" ")[0])).toEqual([
      "begin",
      ...inserts,
      "commit",
    ]);
    expect((await reveals(test)).map((row) => row["entity_id"])).toEqual(test.ids);
  });

  it("keeps each reason apart", async () => {
    await using test = await given();
    const context = test.app.context(test.bank.actor);
    await Promise.all(["review", "complaint"].map((reason) => revealOnce(context, test.ids[0]!, reason, "identity")));
    expect((await reveals(test)).map((row) => String(row["reason"])).toSorted()).toEqual(["complaint", "review"]);
  });

  it("shows nothing where the record is refused", async () => {
    await using test = await given();
    expect((await refusal(revealOnce(test.app.context(test.bank.actor), test.ids[0]!, " ", "identity"))).paths).toEqual(
      ["reveal"],
    );
    expect(await countOf(test, "reveal")).toBe(0);
  });
});

describe("identity(reveal:)", () => {
  const IDENTITY = `query ($reveal: String) { entities { edges { node { ... on Individual { handle identity(reveal: $reveal) { socialSecurityNumber dateOfBirth } } } } } }`;

  it("is masked and leaves no record, until a reason is given; then one record for each person", async () => {
    await using test = await given();
    const server = await test.app.listen();
    try {
      const masked = await data<unknown, unknown>(server, test.bank.token, IDENTITY);
      expect(JSON.stringify(masked)).toContain("•••••0101");
      expect(JSON.stringify(masked)).not.toContain("21255");
      expect(await countOf(test, "reveal")).toBe(0);
      const clear = await data<unknown, unknown>(server, test.bank.token, IDENTITY, { reveal: "review" });
      expect(JSON.stringify(clear)).toContain("212550101");
      expect(await countOf(test, "reveal")).toBe(3);
    } finally {
      await server.close();
    }
    expect(JSON.stringify(test.logged)).not.toContain("212550101");
  });

  it("gives nothing in the clear for a reason that is refused", async () => {
    await using test = await given();
    const server = await test.app.listen();
    try {
      const answer = await ask(server, test.bank.token, IDENTITY, { reveal: "" });
      expect(refusalOf(answer).code).toBe("BAD_USER_INPUT");
      expect(JSON.stringify(answer)).not.toContain("212550101");
    } finally {
      await server.close();
    }
    expect(await countOf(test, "reveal")).toBe(0);
  });
});
