import { join } from "node:path";
import { createApp } from "../../src/app.js";
import { CHECKS } from "../../src/audit/checks.js";
import { configOfDemo, openDemo } from "../../src/command/open-demo.js";
import { quiet } from "../../src/command/open.js";
import { tamper } from "../support/audited.js";
import { SECRETS, givenDesk, type Desk } from "./attestry.js";

const STORY_MS = 60_000;

/** A desk with the demo in its folder, in which something was done past every verb. */
async function givenDemo(desk: Desk, ...statements: readonly string[]): Promise<readonly string[]> {
  const folder = join(desk.folder, "shop");
  await openDemo(folder);
  await using app = await createApp(quiet(configOfDemo(folder)));
  await tamper({ app }, ...statements);
  return ["--demo", folder];
}

interface Told {
  readonly faults: number;
  readonly log: {
    readonly events: number;
    readonly first: { readonly seq: number };
    readonly last: { readonly seq: number };
  };
  readonly checks: readonly { readonly name: string; readonly faults: number; readonly first: readonly object[] }[];
}

describe("attestry audit", () => {
  it(
    "says for each check how many it looked at, and ends with 0 where nothing is wrong",
    async () => {
      using desk = givenDesk();
      const demo = await givenDemo(desk);
      const { code, out, err } = await desk.run("audit", ...demo);
      expect(code).toBe(0);
      for (const { name } of CHECKS) expect(out).toMatch(new RegExp(`│ ${name} +│ \\d+ +│ 0 +│`));
      expect(err).toMatch(
        /^The log holds \d+ events, from 1 \(\S+\) to \d+ \(\S+\)\.\n\d+ checks in \d+s: 0 faults\.\n$/,
      );
    },
    STORY_MS,
  );

  it(
    "names what is wrong by ids, and ends with 2",
    async () => {
      using desk = givenDesk();
      const demo = await givenDemo(
        desk,
        "delete from event where type = 'DOCUMENT_RECEIVED'",
        "delete from attestation_network",
      );
      const { code, out, err } = await desk.run("audit", ...demo);
      expect(code).toBe(2);
      expect(out).toMatch(
        /\ndocuments: A document's bytes are there.* Not so for 1:\n {2}doc_\w{26}: DOCUMENT_RECEIVED was told 0 times, not 1\.\n/,
      );
      expect(out.match(/^ {2}att_\w{26}: It is in no network\.$/gm)).toHaveLength(20);
      expect(err).toMatch(/: \d{3} faults\.\n$/);
    },
    STORY_MS,
  );

  it(
    "says the same to machines as one document",
    async () => {
      using desk = givenDesk();
      const demo = await givenDemo(desk, "delete from due_moment");
      const { code, out } = await desk.run("audit", "--json", ...demo);
      const told = JSON.parse(out) as Told;
      expect([code, told.faults]).toEqual([2, 1]);
      expect(told.checks.map(({ name }) => name)).toEqual(CHECKS.map(({ name }) => name));
      expect(told.checks.find(({ name }) => name === "certificates-aging")).toMatchObject({
        faults: 1,
        first: [{ about: expect.stringMatching(/^cert_\w{26}$/), what: "Nobody awaits that it grows old." }],
      });
      expect(told.log.events).toBe(told.log.last.seq - told.log.first.seq + 1);
    },
    STORY_MS,
  );

  it(
    "is refused on tables that are not up to date",
    async () => {
      using desk = givenDesk({ ...SECRETS, DATABASE_URL: "sqlite:attestry.sqlite" });
      expect(await desk.run("audit")).toMatchObject({
        code: 1,
        out: "",
        err: expect.stringContaining("attestry migrate"),
      });
    },
    STORY_MS,
  );
});
