import { queryCertificate } from "../../src/certificate/query.js";
import { rotateSigningKey } from "../../src/certificate/sign.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { audited, faultsIn, tamper } from "../support/audited.js";
import { ISSUER, givenReady } from "../support/asked.js";

const SIGNED = { only: ["signing-keys", "certificates"] };

describe("the audit of signing keys", () => {
  it("finds nothing wrong where keys were rotated, and misses one that is gone", async () => {
    await using world = await givenReady();
    await world.fintech.commit((write) => queryCertificate(write, world.ask, ISSUER));
    await world.app.commitAs(OPERATOR)(rotateSigningKey);
    expect(faultsIn(await audited(world, SIGNED))).toEqual([]);
    await tamper(world, "delete from signing_key where retired_at is not null");
    expect(faultsIn(await audited(world, SIGNED))).toEqual([
      expect.stringMatching(/^certificates: cert_\w+: The key that signed it is not published\.$/),
    ]);
  });

  it("finds a key under whose name another is sealed", async () => {
    await using world = await givenReady();
    const { vault, store } = world.app;
    const [first] = await store.rows<{ kid: string; wrapped: string; sealed: string }>(
      "select kid, wrapped_key as wrapped, sealed_private_jwk as sealed from signing_key",
    );
    const kid = await world.app.commitAs(OPERATOR)(rotateSigningKey);
    const wrapped = vault.newKey();
    const sealed = vault.seal(wrapped, kid, vault.open(first!.wrapped, first!.kid, first!.sealed));
    await tamper(
      world,
      `update signing_key set wrapped_key = '${wrapped}', sealed_private_jwk = '${sealed}' where kid = '${kid}'`,
    );
    expect(faultsIn(await audited(world, SIGNED))).toEqual([
      `signing-keys: ${kid}: Its private part is another key's.`,
    ]);
  });
});
