import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, data, refusalOf } from "../support/ask.js";
import { ADA, ADDRESS, record } from "../support/given.js";
import * as operations from "../support/operation.js";
import { type Desk, givenDesk } from "./attestry.js";

const STORY_MS = 120_000;

/** What a command prints that must succeed. */
async function printed(desk: Desk, ...args: string[]): Promise<string> {
  const { code, out, err } = await desk.run(...args);
  if (code !== 0) throw new Error(`attestry ${args.join(" ")}: ${code} ${err}`);
  return out.trim();
}

/** Two secrets as the command makes them, and an environment that uses them. */
async function secrets(): Promise<Readonly<Record<string, string>>> {
  using desk = givenDesk();
  const [master, index] = await Promise.all([printed(desk, "secret"), printed(desk, "secret")]);
  return { ATTESTRY_MASTER_KEY: master, ATTESTRY_INDEX_KEY: index, DATABASE_URL: "sqlite:attestry.sqlite", PORT: "0" };
}

/** An installation as the help text sets it up: one bank that furnishes and queries. */
async function givenInstalled(desk: Desk) {
  await printed(desk, "migrate");
  const [bank, network] = await Promise.all([
    printed(desk, "participant", "create", "First Harbor Bank"),
    printed(desk, "network", "create", "Harbor Exchange", "--price", "2.50"),
  ]);
  const scopes = ["furnish", "query", "entities"].flatMap((scope) => ["--scope", scope]);
  const [token] = await Promise.all([
    printed(desk, "key", "create", bank, ...scopes, "--label", "core"),
    printed(desk, "network", "grant", network, bank, "FURNISHER", "QUERIER"),
  ]);
  return { bank, network, token };
}

const LISTENING = /"url":"(http:\/\/127\.0\.0\.1:\d+)"/;

const PERSON = { handle: "ada", ...ADA, address: ADDRESS };

/** Furnishes, registers, consents and queries as the bank; the certificate as it was signed. */
async function certified(gateway: { url: string }, token: string, network: string): Promise<string> {
  const checked = record(undefined, undefined, "2025-06-02T09:00:00.000Z");
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

/** Puts a certificate and the gateway's public keys where the operator works. */
async function save(desk: Desk, url: string, jws: string): Promise<void> {
  const keys = await fetch(`${url}/.well-known/jwks.json`);
  writeFileSync(join(desk.folder, "keys.json"), await keys.text());
  writeFileSync(join(desk.folder, "certificate.jws"), `${jws}\n`);
  const [header, payload, signature] = jws.split(".");
  const altered = Buffer.from(payload!, "base64url").toString().replace("KYC_FULL", "KYC_NONE");
  expect(altered).toContain("KYC_NONE");
  writeFileSync(
    join(desk.folder, "forged.jws"),
    [header, Buffer.from(altered).toString("base64url"), signature].join("."),
  );
}

const judge = (desk: Desk, file: string, ...more: string[]) =>
  desk.run("certificate", "verify", file, "--keys", "keys.json", ...more);

const VIEWER = operations.operation<{ viewer: { participant: { name: string }; networks: readonly object[] } }>(
  "{ viewer { participant { name } networks { name } } }",
);

describe("attestry", () => {
  it(
    "sets up a gateway as its help says, which answers with the key that was made and drains on SIGTERM",
    async () => {
      using desk = givenDesk(await secrets());
      const { network, token } = await givenInstalled(desk);
      await using gateway = desk.start("start");
      const [, url] = await gateway.line(LISTENING);
      await save(desk, url!, await certified({ url: url! }, token, network));
      gateway.signal("SIGTERM");
      const { code, out, err } = await gateway.ended;
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(out).toContain('"signal":"SIGTERM"');
      expect(out).not.toMatch(/Moreno|55-?0101|atk_/);

      const [good, whole, forged] = await Promise.all([
        judge(desk, "certificate.jws"),
        judge(desk, "certificate.jws", "--json"),
        judge(desk, "forged.jws"),
      ]);
      expect(good).toMatchObject({ code: 0, out: expect.stringContaining("The signature is valid."), err: "" });
      expect((JSON.parse(whole.out) as { blocks: object[] }).blocks).toHaveLength(9);
      expect(forged).toEqual({ code: 1, out: "", err: "The signature is not valid for any of these keys.\n" });
    },
    STORY_MS,
  );

  it(
    "changes keys, roles, prices and signing keys, and never shows or keeps a secret again",
    async () => {
      using desk = givenDesk(await secrets());
      const { bank, network, token } = await givenInstalled(desk);
      const [keyId] = /key_[0-9a-z]{26}/.exec(token)!;
      const rotated = await desk.run("key", "rotate", keyId, "--overlap-hours", "0");
      expect(rotated).toMatchObject({ code: 0, err: expect.stringContaining("shown now and never again") });
      expect(rotated.out).toMatch(/^atk_key_[0-9a-z]{26}_[\w-]{43}\n$/);
      const successor = rotated.out.trim();
      const [successorId] = /key_[0-9a-z]{26}/.exec(successor)!;
      await using gateway = desk.start("start");
      const [[, url], listed] = await Promise.all([gateway.line(LISTENING), printed(desk, "key", "list", bank)]);
      for (const id of [keyId, successorId]) expect(listed).toContain(id);
      for (const secret of [token, successor].map((one) => one.slice(-43))) {
        expect(listed).not.toContain(secret);
        expect(readFileSync(join(desk.folder, "attestry.sqlite")).includes(secret)).toBe(false);
      }
      expect(refusalOf(await ask({ url: url! }, token, VIEWER)).code).toBe("UNAUTHENTICATED");
      expect((await data({ url: url! }, successor, VIEWER)).viewer.participant.name).toBe("First Harbor Bank");
      const [first, second] = await Promise.all([
        printed(desk, "signing-key", "rotate"),
        printed(desk, "signing-key", "rotate"),
        printed(desk, "key", "revoke", successorId),
        printed(desk, "network", "price", network, "3.75", "--product", "KYC"),
        printed(desk, "network", "remove", network, bank, "FURNISHER"),
      ]);
      expect(first).not.toBe(second);
      expect(refusalOf(await ask({ url: url! }, successor, VIEWER)).code).toBe("UNAUTHENTICATED");
      const [keys, networks, pending, schema] = await Promise.all([
        printed(desk, "signing-key", "list"),
        printed(desk, "network", "list"),
        printed(desk, "migrate", "--list"),
        printed(desk, "schema"),
      ]);
      for (const kid of [first, second]) expect(keys).toContain(kid);
      expect(networks).toContain("First Harbor Bank");
      expect(networks).toContain("QUERIER");
      expect(networks).not.toContain("FURNISHER");
      expect(pending).toBe("Nothing to do: the tables are up to date.");
      expect(schema).toBe(readFileSync("schema/schema.graphql", "utf8").trim());
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
      const { viewer } = await data({ url: url! }, token, VIEWER);
      expect(viewer.networks.length).toBeGreaterThan(0);
      expect(statSync(join(desk.folder, "shop", "demo.json")).mode & 0o077).toBe(0);
      demo.signal("SIGINT");
      expect((await demo.ended).code).toBe(0);
    },
    STORY_MS,
  );
});
