import { createApp } from "../../src/app.js";
import { publishPolicy } from "../../src/policy/publish.js";
import { archivePolicy } from "../../src/policy/archive.js";
import { createPolicy } from "../../src/policy/create.js";
import { registerIndividual } from "../../src/entity/register.js";
import { grantRoles } from "../../src/network/create.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { revokeAttestation } from "../../src/attestation/revoke.js";
import { testApp } from "../support/app.js";
import { givenParty, givenWorld, individual } from "../support/given.js";
import { refusal } from "../support/refusal.js";
import { soon } from "../support/soon.js";

const MANY = 30;

describe("a gateway on PostgreSQL", () => {
  it("starts, and writes as many things at once as it is asked to, with the least connections", async () => {
    await using test = await testApp({ environment: { DATABASE_POOL_SIZE: "2" } });
    const { close } = await test.app.listen();
    const bank = await givenParty(test, "Bank");
    const fintech = await givenParty(test, "Fintech");
    const all = Array.from({ length: MANY }, (_, n) =>
      (n % 2 === 0 ? bank : fintech).commit((write) =>
        registerIndividual(write, individual({ handle: `h${n}`, socialSecurityNumber: `301-77-${1_000 + n}` })),
      ),
    );
    expect(new Set((await Promise.all(all)).map(({ entityId }) => entityId)).size).toBe(MANY);
    await close();
  });

  it("answers everybody who waits for a connection when it is closed", async () => {
    const test = await testApp({ environment: { DATABASE_POOL_SIZE: "2" } });
    const asked = Array.from({ length: MANY }, () => test.app.store.rows("select 1 as one"));
    await test[Symbol.asyncDispose]();
    const answers = await soon(Promise.all(asked), () => "all to be answered");
    expect(answers).toEqual(Array.from({ length: MANY }, () => [{ one: 1 }]));
  });

  it("says of a text with U+0000 that it must not be, wherever it goes, and that alone", async () => {
    await using world = await givenWorld();
    const { bank, app } = world;
    const asked = app.store.rows("select 1 from entity where id = ?", ["a\0b"]);
    expect((await refusal(asked)).code).toBe("BAD_USER_INPUT");
    const revoked = bank.commit((write) => revokeAttestation(write, { attestationId: "a\0b", reason: "No." }));
    expect((await refusal(revoked)).code).toBe("BAD_USER_INPUT");
    expect(await app.store.ready()).toBe(true);
  });

  it("keeps a policy archived that one governor archives while another looks at it", async () => {
    await using world = await givenWorld();
    const { bank, vendor, network, app } = world;
    await using other = await createApp({ ...app.config, logLevel: "silent" }, { clock: world.time.clock });
    await app.commitAs(OPERATOR)((write) => grantRoles(write, network, vendor.id, ["GOVERNOR"]));
    const requirements = [{ key: "address", kinds: ["ADDRESS_CAPTURE" as const] }];
    for (let round = 0; round < 10; round += 1) {
      const policyId = await bank.commit((write) =>
        createPolicy(write, {
          networkId: network,
          name: `Round ${round}`,
          product: "KYC",
          selection: "FRESHEST",
          requirements,
        }),
      );
      const publish = { policyId, isDefault: false };
      const [, archived] = await Promise.allSettled([
        bank.commit((write) => publishPolicy(write, publish)),
        other.commitAs(vendor.actor)(async (write) => {
          await publishPolicy(write, publish);
          await archivePolicy(write, { policyId });
        }),
      ]);
      const [row] = await app.store.rows<{ status: string }>("select status from policy where id = ?", [policyId]);
      // Whoever came second was refused: what was archived does not come back.
      expect(row!.status).toBe(archived.status === "fulfilled" ? "ARCHIVED" : "PUBLISHED");
    }
  });
});
