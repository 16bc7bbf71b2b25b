import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { individual } from "../support/given.js";
import { givenRegistered, type Party } from "../support/given.js";
import { ssnOf } from "../support/crowd.js";
import { givenRequested, givenSandboxGateway, movesOf, worked } from "../support/verify.js";

const ROOT = new URL("../../", import.meta.url);
const CLIENT = new URL("src/client/create-attestry-client.ts", ROOT);

/** The example, word for word, as it stands where the client is explained. */
const EXAMPLE = /```ts\n([\s\S]*?)```/.exec(readFileSync(new URL("src/client/README.md", ROOT), "utf8"))?.[1] ?? "";

/** A partner's folder, in which the example is run against a gateway. */
function givenPartner(url: string, token: string) {
  const folder = mkdtempSync(join(tmpdir(), "attestry-partner-"));
  const script = join(folder, "example.ts");
  writeFileSync(script, EXAMPLE.replace('"attestry/client"', JSON.stringify(CLIENT.href)));
  const lines: string[] = [];
  const register = fileURLToPath(new URL("scripts/register.mjs", ROOT));
  const run = async (until: (lines: readonly string[]) => boolean): Promise<string> => {
    const child: ChildProcess = spawn(process.execPath, ["--import", register, script], {
      cwd: folder,
      env: { ATTESTRY_URL: url, ATTESTRY_TOKEN: token },
    });
    let complaint = "";
    child.stderr?.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    createInterface({ input: child.stdout! }).on("line", (line) => {
      lines.push(line);
      if (until(lines)) child.kill("SIGKILL");
    });
    await once(child, "close");
    return complaint;
  };
  return { lines, run, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Somebody who is verified at once. */
async function verified(gateway: Awaited<ReturnType<typeof givenSandboxGateway>>, party: Party, number: number) {
  const handle = `person-${number}`;
  await givenRegistered(party, individual({ handle, socialSecurityNumber: ssnOf(number) }));
  await givenRequested(gateway, party, { handle });
  await worked(gateway);
}

describe("the example of the client", () => {
  it("is about twenty lines", () => {
    expect(EXAMPLE.trim().split("\n").length).toBeLessThanOrEqual(22);
  });

  it("tells every change of a verification, through restarts of either side", async () => {
    await using gateway = await givenSandboxGateway();
    const { bank } = gateway;
    using partner = givenPartner(gateway.url, bank.token);
    await verified(gateway, bank, 1);
    await verified(gateway, bank, 2);
    const complaints = [await partner.run((lines) => lines.length === 2)];
    await verified(gateway, bank, 3);
    const moves = await movesOf(gateway, bank);
    const expected = moves.map(({ subjectId, to }) => `${subjectId} ${to}`);
    complaints.push(await partner.run((lines) => lines.at(-1) === expected.at(-1)));
    expect(complaints).toEqual(["", ""]);
    // What was being done when it was killed may come a second time, and nothing else.
    const again = partner.lines.length - new Set(partner.lines).size;
    expect([...new Set(partner.lines)]).toEqual(expected);
    expect(again).toBeLessThanOrEqual(1);
  }, 60_000);
});
