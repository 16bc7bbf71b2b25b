import { OPERATOR } from "../../src/kernel/actor.js";
import { Failure } from "../../src/kernel/failure.js";
import type { Writer } from "../../src/kernel/reader.js";
import { createParticipant } from "../../src/network/create.js";
import { Network } from "../../src/network/network.js";
import { Participant } from "../../src/network/participant.js";
import { registerIndividual } from "../../src/entity/register.js";
import { testApp, type TestApp } from "../support/app.js";
import { countOf, givenParty, individual } from "../support/given.js";
import { refusal } from "../support/refusal.js";

const operate = <Result>({ app }: TestApp, work: (write: Writer) => Promise<Result>): Promise<Result> =>
  app.commitAs(OPERATOR)(work);

/** Writes in each of the ways that a verb has: a row of the ORM, a row of an insert, a statement. */
async function writeEverywhere(write: Writer): Promise<void> {
  const createdAt = write.now;
  write.em.create(Participant, { id: write.newId("par"), name: "By the ORM", createdAt });
  await write.flush();
  await write.insert(Network, [{ id: write.newId("net"), name: "By insert", createdAt }]);
  await write.rows("insert into network (id, name, created_at) values (?, ?, ?)", [
    write.newId("net"),
    "By a statement",
    createdAt,
  ]);
}

const counts = async (test: TestApp): Promise<number[]> => [
  await countOf(test, "participant"),
  await countOf(test, "network"),
];

describe("commit", () => {
  it("keeps everything that was written, in whatever way, once it resolves", async () => {
    await using test = await testApp();
    await operate(test, writeEverywhere);
    expect(await counts(test)).toEqual([1, 2]);
  });

  it("answers what the work answers", async () => {
    await using test = await testApp();
    expect(await operate(test, async () => 7)).toBe(7);
  });

  it("keeps nothing of a transaction that throws, and throws the same", async () => {
    await using test = await testApp();
    const reason = new Error("The disk is full.");
    const work = operate(test, async (write) => {
      await writeEverywhere(write);
      throw reason;
    });
    await expect(work).rejects.toBe(reason);
    expect(await counts(test)).toEqual([0, 0]);
  });

  it("keeps nothing of a transaction that is refused, nor of one whose last row breaks a rule of the tables", async () => {
    await using test = await testApp();
    const refused = operate(test, async (write) => {
      await writeEverywhere(write);
      throw new Failure("CONFLICT", "Something was in the way.");
    });
    expect((await refusal(refused)).code).toBe("CONFLICT");
    const broken = operate(test, async (write) => {
      await writeEverywhere(write);
      await write.rows(
        "insert into membership (network_id, participant_id, role, granted_at) values ('net_x', 'par_x', 'QUERIER', ?)",
        [write.now],
      );
    });
    await expect(broken).rejects.toThrow(/foreign key/i);
    expect(await counts(test)).toEqual([0, 0]);
  });

  it("can write again after it threw", async () => {
    await using test = await testApp();
    await expect(operate(test, () => Promise.reject(new Error("No.")))).rejects.toThrow("No.");
    await operate(test, writeEverywhere);
    expect(await counts(test)).toEqual([1, 2]);
  });

  it("shows the work what it wrote, and nobody else before it is done", async () => {
    await using test = await testApp();
    await operate(test, async (write) => {
      await writeEverywhere(write);
      expect(await write.rows("select count(*) as n from network")).toEqual([{ n: 2 }]);
      expect(await counts(test)).toEqual([0, 0]);
    });
    expect(await counts(test)).toEqual([1, 2]);
  });

  it("runs one at a time: fifty that read and then write lose nothing", async () => {
    await using test = await testApp();
    const work = async (write: Writer): Promise<void> => {
      const [row] = await write.rows<{ n: number }>("select count(*) as n from participant");
      await createParticipant(write, `Participant ${row!.n}`);
    };
    await Promise.all(Array.from({ length: 50 }, () => operate(test, work)));
    const rows = await test.app.store.rows<{ name: string }>("select name from participant order by created_at, id");
    expect(rows.map(({ name }) => name)).toEqual(Array.from({ length: 50 }, (_, index) => `Participant ${index}`));
  });

  it("does the work again when another was first, and then finds the world as it is", async () => {
    await using test = await testApp();
    await operate(test, (write) => createParticipant(write, "Taken"));
    let attempts = 0;
    await operate(test, async (write) => {
      attempts += 1;
      const [taken] = await write.rows<{ n: number }>("select count(*) as n from participant where name like 'Mine%'");
      expect(taken!.n).toBe(0);
      write.em.create(Participant, { id: write.newId("par"), name: `Mine ${attempts}`, createdAt: write.now });
      write.em.create(Participant, {
        id: write.newId("par"),
        name: attempts < 3 ? "Taken" : "Free",
        createdAt: write.now,
      });
    });
    const rows = await test.app.store.rows<{ name: string }>("select name from participant order by id");
    expect([attempts, rows.map(({ name }) => name)]).toEqual([3, ["Taken", "Mine 3", "Free"]]);
  });

  it("gives up after some times, keeping nothing", async () => {
    await using test = await testApp();
    await operate(test, (write) => createParticipant(write, "Taken"));
    let attempts = 0;
    const work = operate(test, async (write) => {
      attempts += 1;
      write.em.create(Participant, { id: write.newId("par"), name: "Taken", createdAt: write.now });
    });
    await expect(work).rejects.toThrow(/unique/i);
    expect([attempts, await countOf(test, "participant")]).toEqual([test.app.store.attempts, 1]);
  });

  it.each([
    new Failure("NOT_FOUND", "Entity not found."),
    new TypeError("A bug."),
  ])("does not repeat work that fails for another reason: %s", async (reason) => {
    await using test = await testApp();
    let attempts = 0;
    const work = operate(test, async () => {
      attempts += 1;
      throw reason;
    });
    await expect(work).rejects.toBe(reason);
    expect(attempts).toBe(1);
  });

  it("is one moment for all that it writes", async () => {
    await using test = await testApp();
    const bank = await givenParty(test, "Bank");
    await bank.commit(async (write) => {
      test.time.advance(5_000);
      await registerIndividual(write, individual());
    });
    const moments = await test.app.store.rows(
      "select created_at as at from entity union select created_at from registration union select occurred_at from event",
    );
    expect(moments).toHaveLength(1);
  });
});
