import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { OPERATOR } from "../../src/kernel/actor.js";
import { revokeKey } from "../../src/network/issue-key.js";
import { givenDesk, type Desk } from "../command/attestry.js";
import { givenGateway } from "../support/gateway.js";
import { givenKey } from "../support/given.js";
import { givenRequested, givenSandboxGateway, worked } from "../support/verify.js";
import { cursorsOf, givenPeople, givenPerson, logOf, reopened } from "./told.js";

const STORY_MS = 60_000;

function givenTokenAt(desk: Desk, token: string): string {
  writeFileSync(join(desk.folder, "token"), `${token}\n`);
  return "token";
}

describe("attestry tail", () => {
  it(
    "prints an event a line with its cursor, and where to go on when a signal ends it",
    async () => {
      await using gateway = await givenSandboxGateway();
      const { bank } = gateway;
      using desk = givenDesk();
      const file = givenTokenAt(desk, bank.token);
      await givenPerson(bank, 1);
      await givenRequested(gateway, bank, { handle: "person-1" });
      await worked(gateway);
      const log = await logOf(bank);
      const last = log.at(-1)!.cursor;
      await using tail = desk.start("tail", "--url", gateway.url, "--token-file", file, "--after", "BEGINNING");
      await tail.line(new RegExp(` ${last}$`, "m"));
      tail.signal("SIGINT");
      const { code, out, err } = await tail.ended;
      const lines = out.trimEnd().split("\n");
      expect({ code, err }).toEqual({ code: 0, err: `Go on with: --after ${last}\n` });
      expect(lines.map((line) => line.split("  ").at(-1))).toEqual(cursorsOf(log));
      expect(lines.map((line) => line.split("  ")[1])).toEqual(log.map(({ type }) => type));
      const change = log.find(({ type, toStatus }) => type === "VERIFICATION_STATUS_CHANGED" && toStatus === "PASSED");
      expect(out).toContain(`VERIFICATION_STATUS_CHANGED  ${change!.fromStatus} -> PASSED  ${change!.cursor}`);
    },
    STORY_MS,
  );

  it(
    "prints JSON of the types and entities that are asked for, with what is selected, and goes on through a restart",
    async () => {
      await using gateway = await givenGateway();
      const { bank } = gateway;
      using desk = givenDesk();
      const file = givenTokenAt(desk, bank.token);
      const ids = [await givenPerson(bank, 1), await givenPerson(bank, 2)];
      const asked = ["--type", "ENTITY_REGISTERED", "--entity", ids[1]!];
      const told = ["--json", "--select", "... on EntityRegistered { entity { id } }"];
      const from = ["--url", gateway.url, "--token-file", file, "--after", "BEGINNING"];
      await using tail = desk.start("tail", ...from, ...asked, ...told);
      await tail.line(/ENTITY_REGISTERED/);
      await gateway.close();
      await tail.line(/Trying again/);
      await using _other = await reopened(gateway, gateway.url);
      await givenPerson(bank, 2, { firstName: "Adele" });
      await tail.line(/ENTITY_REGISTERED.*\n.*ENTITY_REGISTERED/);
      tail.signal("SIGTERM");
      const { code, out } = await tail.ended;
      const events = out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as { entity: unknown; cursor: string });
      expect(code).toBe(0);
      expect(events.map(({ entity }) => entity)).toEqual([{ id: ids[1] }, { id: ids[1] }]);
    },
    STORY_MS,
  );

  it(
    "ends with code 2 and one line on why where the key is revoked, and says where to go on",
    async () => {
      await using gateway = await givenGateway();
      const { bank, app } = gateway;
      const key = await givenKey(gateway, bank, "entities");
      using desk = givenDesk();
      const file = givenTokenAt(desk, key.token);
      await givenPeople(bank, 1, 2);
      const [first, second] = await logOf(bank);
      await using tail = desk.start("tail", "--url", gateway.url, "--token-file", file, "--after", first!.cursor);
      await tail.line(new RegExp(second!.cursor));
      await app.commitAs(OPERATOR)((write) => revokeKey(write, key.keyId));
      const { code, err } = await tail.ended;
      const lines = err.trimEnd().split("\n");
      expect(code).toBe(2);
      expect(lines).toEqual([
        expect.stringMatching(/^UNAUTHENTICATED KEY_REVOKED: /),
        `Go on with: --after ${second!.cursor}`,
      ]);
    },
    STORY_MS,
  );

  it.each([
    ["an address that is none", ["--url", "nowhere", "--token-file", "token"], /Must be an http or https address\./],
    ["a file that is not there", ["--url", "http://127.0.0.1:1", "--token-file", "gone"], /gone/],
    ["a file without a token", ["--url", "http://127.0.0.1:1", "--token-file", "empty"], /There is no token/],
    [
      "a type that is none",
      ["--url", "http://127.0.0.1:1", "--token-file", "token", "--type", "X"],
      /ENTITY_REGISTERED/,
    ],
  ])("refuses %s", async (_what, args, words) => {
    using desk = givenDesk();
    givenTokenAt(desk, "any");
    writeFileSync(join(desk.folder, "empty"), "\n");
    const { code, out, err } = await desk.run("tail", ...args);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(words);
    expect(err).not.toContain("    at ");
  });
});
