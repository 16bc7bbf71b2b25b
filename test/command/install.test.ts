import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, data, refusalOf } from "../support/ask.js";
import { ADA, ADDRESS, record } from "../support/given.js";
import * as operations from "../support/operation.js";
import { type Desk, givenDesk } from "./attestry.js";

const STORY_MS = 60_000;

/** What a command prints that must succeed. */
async function printed(desk: Desk, ...args: string[]): Promise<string> {
  const { code, out, err } = await desk.run(...args);
  if (code !== 0) throw new Error(`attestry ${args.join(" ")}: ${code} ${err}`);
  return out.trim();
}

const secretsFor = async (): Promise<Record<string, string>> => {
  using desk = givenDesk();
  const [ATTESTRY_MASTER_KEY, ATTESTRY_INDEX_KEY] = [await printed(desk, "secret"), await printed(desk, "secret")];
  return { ATTESTRY_MASTER_KEY, ATTESTRY_INDEX_KEY, DATABASE_URL: "sqlite:attestry.sqlite", PORT: "0" };
};

/** An installation as the help text sets it up: one bank that furnishes and queries. */
async function givenInstalled(desk: Desk) {
  await printed(desk, "migrate");
  const bank = await printed(desk, "participant", "create", "First Harbor Bank");
  const network = await printed(desk, "network", "create", "Harbor Exchange", "--price", "2.50");
  await printed(desk, "network", "grant", network, bank, "FURNISHER", "QUERIER");
  const scopes = ["furnish", "query", "entities"].flatMap((scope) => ["--scope", scope]);
  const token = await printed(desk, "key", "create", bank, ...scopes, "--label", "core");
  return { bank, network, token };
}

const LISTENING = /"url":"(http:\/\/127\.0\.0\.1:\d+)"/;

const PERSON = { handle: "ada", ...ADA, address: ADDRESS };

/** Furnishes, registers, consents and queries as the bank; the certificate as it was signed. */
async function certified(gateway: { url: string }, token: string, network: string): Promise<string> {
  const checked = record(undefined, undefined, "2026-01-05T09:00:00.000Z");
  await data(gateway, token, operations.FURNISH, { input: { networkIds: [network], records: [checked] } });
  await data(gateway, token, operations.REGISTER, { input: PERSON });
  const { recordConsent } = await data(gateway, token, operations.RECORD_CONSENT, {
    input: { networkId: network, handle: "ada", purpose: "loan", subjectConsented: true },
  });
  const { queryCertificate } = await data(gateway, token, operations.QUERY, {
    input: { consentId: recordConsent.consent.id, networkIds: [network], maxPrice: "2.50" },
  });
  return queryCertificate.certificate!.jws;
}

describe("attestry", () => {
  it(
    "sets up a gateway as its help says, which answers with the key that was made and drains on SIGTERM",
    async () => {
      using desk = givenDesk(await secretsFor());
      const { network, token } = await givenInstalled(desk);
      await using gateway = desk.start("start");
      const [, url] = await gateway.line(LISTENING);
      const jws = await certified({ url: url! }, token, network);
      writeFileSync(join(desk.folder, "certificate.jws"), `${jws}\n`);
      writeFileSync(join(desk.folder, "keys.json"), await (await fetch(`${url}/.well-known/jwks.json`)).text());
      gateway.signal("SIGTERM");
      const { code, out, err } = await gateway.ended;
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toContain('"signal":"SIGTERM"');
      expect(out).not.toMatch(/Moreno|55-?0101|atk_/);

      const verified = await desk.run("certificate", "verify", "certificate.jws", "--keys", "keys.json");
      expect(verified).toMatchObject({ code: 0, err: "" });
      expect(verified.out).toContain("The signature is valid.");
      const whole = await printed(desk, "certificate", "verify", "certificate.jws", "--keys", "keys.json", "--json");
      expect((JSON.parse(whole) as { blocks: object[] }).blocks).toHaveLength(9);

      const [header, payload, signature] = jws.split(".");
      const forged = Buffer.from(
        Buffer.from(payload!, "base64url").toString().replace("First", "Worst").replace("KYC_FULL", "KYC_NONE"),
      );
      writeFileSync(join(desk.folder, "forged.jws"), [header, forged.toString("base64url"), signature].join("."));
      expect(await desk.run("certificate", "verify", "forged.jws", "--keys", "keys.json")).toEqual({
        code: 1,
        out: "",
        err: "The signature is not valid for any of these keys.\n",
      });
    },
    STORY_MS,
  );

  it(
    "lists, rotates and revokes keys, and never shows or keeps a secret again",
    async () => {
      using desk = givenDesk(await secretsFor());
      const { bank, token } = await givenInstalled(desk);
      const [keyId] = /key_[0-9a-z]{26}/.exec(token)!;
      const rotated = await desk.run("key", "rotate", keyId, "--overlap-hours", "0");
      expect(rotated.code).toBe(0);
      expect(rotated.out).toMatch(/^atk_key_[0-9a-z]{26}_[\w-]{43}\n$/);
      expect(rotated.err).toContain("shown now and never again");
      const [successor] = /key_[0-9a-z]{26}/.exec(rotated.out)!;
      const listed = await printed(desk, "key", "list", bank);
      expect(listed).toContain(keyId);
      expect(listed).toContain(successor);
      for (const secret of [token, rotated.out.trim()].map((one) => one.slice(-43))) {
        expect(listed).not.toContain(secret);
        expect(readFileSync(join(desk.folder, "attestry.sqlite")).includes(secret)).toBe(false);
      }
      await using gateway = desk.start("start");
      const [, url] = await gateway.line(LISTENING);
      const viewer = operations.operation<{ viewer: { participant: { name: string } } }>(
        "{ viewer { participant { name } } }",
      );
      expect(refusalOf(await ask({ url: url! }, token, viewer)).code).toBe("UNAUTHENTICATED");
      const seen = await data({ url: url! }, rotated.out.trim(), viewer);
      expect(seen.viewer.participant.name).toBe("First Harbor Bank");
      await printed(desk, "key", "revoke", successor!);
      expect(refusalOf(await ask({ url: url! }, rotated.out.trim(), viewer)).code).toBe("UNAUTHENTICATED");
    },
    STORY_MS,
  );

  it(
    "changes roles, prices and signing keys, and keeps what the old signing key can verify",
    async () => {
      using desk = givenDesk(await secretsFor());
      const { bank, network } = await givenInstalled(desk);
      const first = await printed(desk, "signing-key", "rotate");
      const second = await printed(desk, "signing-key", "rotate");
      const keys = await printed(desk, "signing-key", "list");
      expect(first).not.toBe(second);
      for (const kid of [first, second]) expect(keys).toContain(kid);
      await printed(desk, "network", "price", network, "3.75", "--product", "KYC");
      await printed(desk, "network", "remove", network, bank, "FURNISHER");
      const networks = await printed(desk, "network", "list");
      expect(networks).toContain("QUERIER");
      expect(networks).not.toContain("FURNISHER");
      expect(await printed(desk, "participant", "list")).toContain("First Harbor Bank");
      expect(await printed(desk, "migrate", "--list")).toBe("Nothing to do: the tables are up to date.");
      expect(await printed(desk, "schema")).toBe(readFileSync("schema/schema.graphql", "utf8").trim());
    },
    STORY_MS,
  );

  it(
    "starts a demo that answers at once and keeps its keys to its owner",
    async () => {
      using desk = givenDesk();
      await using demo = desk.start("demo", "--data", "shop", "--port", "0");
      const [, url] = await demo.line(/GraphQL +(http:\S+)\/graphql/);
      const [token] = await demo.line(/atk_\S+/);
      const { viewer } = await data(
        { url: url! },
        token,
        operations.operation<{ viewer: { networks: object[] } }>("{ viewer { networks { name } } }"),
      );
      expect(viewer.networks.length).toBeGreaterThan(0);
      expect(statSync(join(desk.folder, "shop", "demo.json")).mode & 0o077).toBe(0);
      demo.signal("SIGINT");
      expect((await demo.ended).code).toBe(0);
    },
    STORY_MS,
  );
});
