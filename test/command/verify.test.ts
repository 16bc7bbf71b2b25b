import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createApp } from "../../src/app.js";
import { readConfig } from "../../src/config.js";
import { openDemo } from "../../src/command/open-demo.js";
import { registerIndividual } from "../../src/entity/register.js";
import { actorOf, individual } from "../support/given.js";
import { SECRETS, givenDesk, type Desk } from "./attestry.js";

const STORY_MS = 120_000;

const BANK = "par_00000000000000000000000001";

/** A desk with the demo in its folder. */
async function givenDemo(desk: Desk): Promise<readonly string[]> {
  const folder = join(desk.folder, "shop");
  await openDemo(folder);
  return ["--demo", folder];
}

const ENVIRONMENT = {
  ...SECRETS,
  DATABASE_URL: "sqlite:attestry.sqlite",
  PROVIDER: "sandbox",
  WORKERS: "0",
  LOG_LEVEL: "warn",
};

/** A sandbox of one's own, with a participant who knows a person. */
async function givenRegisteredAt(desk: Desk): Promise<string> {
  await desk.run("migrate");
  const { out } = await desk.run("participant", "create", "Bank");
  const participant = out.trim() as typeof BANK;
  const path = `sqlite:${join(desk.folder, "attestry.sqlite")}`;
  await using app = await createApp(readConfig({ ...ENVIRONMENT, DATABASE_URL: path }));
  await app.commitAs(actorOf(participant))((write) => registerIndividual(write, individual()));
  return participant;
}

const LINE = /^\d{4}-\d\d-\d\dT[\d:.]+Z {2}(\w+)$/gm;

const statesIn = (text: string): string[] => [...text.matchAll(LINE)].map(([, status]) => status!);

describe("attestry verify", () => {
  it(
    "follows a run to where it comes to rest, and says by its exit code whether it passed",
    async () => {
      using desk = givenDesk();
      const demo = await givenDemo(desk);
      const [passed, failed] = await Promise.all(
        ["uma", "felix"].map((handle) => desk.run("verify", handle, "--participant", BANK, "--watch", ...demo)),
      );
      expect([passed!.code, statesIn(passed!.err)]).toEqual([0, ["PENDING", "PASSED"]]);
      expect(passed!.out).toMatch(/^ver_\w{26} {2}PASSED\n {2}level: KYC-STANDARD, attempt 1\n {2}score: 1\.00\n/);
      expect([failed!.code, statesIn(failed!.err)]).toEqual([2, ["PENDING", "FAILED"]]);
      expect(failed!.out).toContain("attempt 2\n");
      expect(failed!.out).toContain("  due: DOCUMENT_ADDRESS: The address was not verified. One of utility_bill,");
      for (const { out, err } of [passed!, failed!]) expect(out + err).not.toMatch(/Uma|Felix|318-?67|Harbor Road/);
    },
    STORY_MS,
  );

  it(
    "answers at once without following, the same run for the same key, and passes on a certificate that is held",
    async () => {
      using desk = givenDesk();
      const demo = await givenDemo(desk);
      const asked = ["verify", "uma", "--participant", BANK, "--key", "k", ...demo];
      const first = await desk.run(...asked);
      expect([first.code, first.err]).toEqual([0, ""]);
      expect(first.out).toMatch(/^ver_\w{26} {2}PENDING\n.*\n {2}pending: CHECKING: /);
      const again = await desk.run(...asked);
      expect(again).toEqual({ ...first, err: "This run was asked for before.\n" });
      const reused = await desk.run("verify", "iris", "--participant", BANK, "--max-price", "0", "--watch", ...demo);
      expect([reused.code, statesIn(reused.err)]).toEqual([0, ["PENDING", "PASSED"]]);
      expect(reused.out).toContain("  certificate: cert_00000000000000000000000029\n");
    },
    STORY_MS,
  );

  it(
    "leaves the work to others where WORKERS is 0, and a worker that does it drains on SIGTERM",
    async () => {
      using desk = givenDesk(ENVIRONMENT);
      const participant = await givenRegisteredAt(desk);
      await using watching = desk.start("verify", "ada", "--participant", participant, "--watch");
      await watching.line(/^\S+ {2}PENDING$/m);
      await using worker = desk.start("worker", "--at-once", "5");
      const { code, out, err } = await watching.ended;
      expect([code, statesIn(err)]).toEqual([0, ["PENDING", "PASSED"]]);
      expect(err).toContain("WORKERS is 0");
      expect(out).toContain("PASSED");
      await worker.line(/up to 5 at once\. The sandbox answers/);
      worker.signal("SIGTERM");
      expect(await worker.ended).toMatchObject({ code: 0, err: expect.stringMatching(/SIGTERM: finishing/) });
    },
    STORY_MS,
  );

  it(
    "stops following on SIGINT, says how it stands, and leaves the run to others",
    async () => {
      using desk = givenDesk(ENVIRONMENT);
      const participant = await givenRegisteredAt(desk);
      await using watching = desk.start("verify", "ada", "--participant", participant, "--watch");
      await watching.line(/^\S+ {2}PENDING$/m);
      watching.signal("SIGINT");
      const { code, out } = await watching.ended;
      expect([code, /^ver_\w{26} {2}(\w+)/.exec(out)?.[1]]).toEqual([2, "PENDING"]);
    },
    STORY_MS,
  );
});

describe("attestry participant", () => {
  it(
    "gives an institution a level and takes it again",
    async () => {
      using desk = givenDesk({ ...ENVIRONMENT });
      const participant = await givenRegisteredAt(desk);
      const ask = () => desk.run("verify", "ada", "--participant", participant, "--level", "DOC_KYC");
      const levels = async (): Promise<string | undefined> =>
        /DOC_KYC.*(true|false)/.exec((await desk.run("participant", "levels", participant)).out)?.[1];
      expect([(await ask()).code, await levels()]).toEqual([1, "false"]);
      expect(await desk.run("participant", "approve", participant, "DOC_KYC")).toEqual({ code: 0, out: "", err: "" });
      expect([(await ask()).code, await levels()]).toEqual([0, "true"]);
      await desk.run("participant", "approve", participant, "DOC_KYC", "--withdraw");
      expect(await levels()).toBe("false");
      const unknown = await desk.run("participant", "approve", participant, "GOLD");
      expect(unknown).toEqual({ code: 1, out: "", err: "Level not found.\n  kycLevel: Level not found.\n" });
    },
    STORY_MS,
  );
});

describe("attestry clock", () => {
  it(
    "moves the demo's clock on, with a line for everything that happens on the way",
    async () => {
      using desk = givenDesk();
      const demo = await givenDemo(desk);
      const before = Date.now();
      const { code, out, err } = await desk.run("clock", "advance", "30d", ...demo);
      expect(code).toBe(0);
      const lines = out.trimEnd().split("\n");
      expect(lines.toSorted()).toEqual(lines);
      expect(out).toContain("ver_00000000000000000000000006  REVIEW -> FAILED");
      expect(out).toContain("ver_00000000000000000000000012  WEBHOOK_PENDING -> REVIEW");
      expect(err).toMatch(/^The clock shows \S+\. Moves and warnings on the way: \d+\.\n$/);
      const shown = await desk.run("clock", ...demo);
      const aheadMs = Date.parse(shown.out.trim()) - before;
      expect(aheadMs).toBeGreaterThan(30 * 86_400_000 - 1_000);
      expect(shown.err).toContain("30d ahead");
    },
    STORY_MS,
  );
});

describe("attestry demo", () => {
  it(
    "makes a demo of an earlier version anew by itself, and says so",
    async () => {
      using desk = givenDesk();
      const demo = await givenDemo(desk);
      const path = join(desk.folder, "shop", "demo.json");
      const { edition: _edition, ...earlier } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
      writeFileSync(path, JSON.stringify(earlier));
      expect(await desk.run("clock", ...demo)).toMatchObject({
        code: 1,
        out: "",
        err: expect.stringContaining("demo"),
      });
      await using running = desk.start("demo", "--data", join(desk.folder, "shop"), "--port", "0");
      await running.line(/^The demo in \S+ is of an earlier version: it is made anew, with new keys\.$/m);
      await running.line(/GraphQL +(http:\S+)\/graphql/);
      running.signal("SIGTERM");
      expect((await running.ended).code).toBe(0);
      expect(readFileSync(path, "utf8")).not.toContain(earlier["masterKey"]);
    },
    STORY_MS,
  );
});
