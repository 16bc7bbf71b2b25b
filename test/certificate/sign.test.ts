import { CompactSign, decodeProtectedHeader, importJWK, type JSONWebKeySet, type JWK } from "jose";
import type { CertificateDocument } from "../../src/certificate/assemble.js";
import { publicKeys, rotateSigningKey, signCertificate, verifyCertificate } from "../../src/certificate/sign.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { givenReady, operate, queried, type Ready } from "../support/asked.js";
import { refusal } from "../support/refusal.js";
import { testApp } from "../support/app.js";

const INVALID = "The signature is not valid for any of these keys.";

async function issued(world: Ready): Promise<{ jws: string; document: CertificateDocument; keys: JSONWebKeySet }> {
  const { certificate, document } = await queried(world.fintech, world.ask);
  return { jws: certificate!.jws, document: document!, keys: await publicKeys(world.app.store.rows) };
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Anything, signed by the gateway's own key under another header. */
async function signedAs(
  world: Ready,
  payload: string,
  header: { readonly alg: string; readonly typ?: string },
): Promise<string> {
  const [key] = await world.app.store.rows<{ kid: string; wrappedKey: string; sealed: string }>(
    `select kid, wrapped_key as "wrappedKey", sealed_private_jwk as "sealed" from signing_key`,
  );
  const jwk = JSON.parse(world.app.vault.open(key!.wrappedKey, key!.kid, key!.sealed)) as JWK;
  return new CompactSign(new TextEncoder().encode(payload))
    .setProtectedHeader({ ...header, kid: key!.kid })
    .sign(await importJWK(jwk, header.alg));
}

describe("verifyCertificate", () => {
  it("gives the document of a certificate that the public keys vouch for", async () => {
    await using world = await givenReady();
    const { jws, document, keys } = await issued(world);
    expect(await verifyCertificate(` ${jws}\n`, keys)).toEqual(document);
    expect(decodeProtectedHeader(jws)).toEqual({
      alg: "EdDSA",
      typ: "attestry-certificate+jws",
      kid: keys.keys[0]?.kid,
    });
  });

  it("refuses a certificate that was altered anywhere", async () => {
    await using world = await givenReady();
    const { jws, document, keys } = await issued(world);
    const [header, , signature] = jws.split(".") as [string, string, string];
    const altered = [
      [header, encoded({ ...document, subject: "ent_2" }), signature],
      [encoded({ ...decodeProtectedHeader(jws), alg: "none" }), jws.split(".")[1], ""],
      [encoded({ ...decodeProtectedHeader(jws), kid: "other" }), jws.split(".")[1], signature],
      [header, jws.split(".")[1], `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`],
      [header, jws.split(".")[1], ""],
    ].map((parts) => parts.join("."));
    for (const text of [...altered, "", "no certificate", `${jws}.x`])
      expect(await refusal(verifyCertificate(text, keys))).toEqual({
        code: "BAD_USER_INPUT",
        paths: [],
        message: INVALID,
      });
  });

  it("refuses a certificate of another gateway, and any where no key is known", async () => {
    await using world = await givenReady();
    await using other = await testApp();
    const { jws } = await issued(world);
    await other.app.commitAs(OPERATOR)(rotateSigningKey);
    const foreign = await publicKeys(other.app.store.rows);
    expect(foreign.keys.length).toBe(1);
    for (const keys of [foreign, { keys: [] }])
      expect((await refusal(verifyCertificate(jws, keys))).message).toBe(INVALID);
  });

  it("refuses a signed certificate in which a statement does not match its hash, and names it", async () => {
    await using world = await givenReady();
    const { document, keys } = await issued(world);
    const blocks = document.blocks.map((block) =>
      block.kind === "LIVENESS_REVIEW" ? { ...block, statement: { ...block.statement, assertion: false } } : block,
    );
    const jws = await operate(world)((write) => signCertificate(write, { ...document, blocks }));
    expect((await refusal(verifyCertificate(jws, keys))).message).toBe(
      "The statement does not match its hash: LIVENESS_REVIEW.",
    );
  });

  it("refuses what the gateway signed as something else", async () => {
    await using world = await givenReady();
    const { document, keys } = await issued(world);
    for (const header of [{ alg: "EdDSA", typ: "JWT" }, { alg: "EdDSA" }]) {
      const jws = await signedAs(world, JSON.stringify(document), header);
      expect((await refusal(verifyCertificate(jws, keys))).message).toBe("This is signed, but it is no certificate.");
    }
  });
});

describe("rotateSigningKey", () => {
  it("signs with the new key from now on, and keeps what the old ones signed valid", async () => {
    await using world = await givenReady();
    const before = await issued(world);
    const kids = [before.keys.keys[0]!.kid!];
    for (let times = 0; times < 2; times += 1) {
      world.time.advance(1_000);
      kids.unshift(await operate(world)(rotateSigningKey));
    }
    const after = await issued(world);
    expect(after.keys.keys.map(({ kid }) => kid)).toEqual(kids);
    expect(decodeProtectedHeader(after.jws).kid).toBe(kids[0]);
    for (const { jws, document } of [before, after]) expect(await verifyCertificate(jws, after.keys)).toEqual(document);
    expect((await refusal(verifyCertificate(after.jws, before.keys))).message).toBe(INVALID);
  });

  it("leaves one key that signs, even in the same millisecond", async () => {
    await using world = await givenReady();
    const kid = await operate(world)(rotateSigningKey);
    expect(await world.app.store.rows("select kid from signing_key where retired_at is null")).toEqual([{ kid }]);
    expect(decodeProtectedHeader((await issued(world)).jws).kid).toBe(kid);
  });

  it("shows public parts alone, and stores the private part sealed", async () => {
    await using world = await givenReady();
    const { keys } = await publicKeys(world.app.store.rows);
    expect(keys.map((key) => Object.keys(key).toSorted())).toEqual([["alg", "crv", "kid", "kty", "use", "x"]]);
    const [row] = await world.app.store.rows<{ sealed: string }>(
      `select sealed_private_jwk as "sealed" from signing_key`,
    );
    expect(row!.sealed).toMatch(/^v1\.[\w-]+$/);
  });
});
