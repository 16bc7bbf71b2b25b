import * as fc from "fast-check";
import { furnish } from "../../src/attestation/furnish.js";
import { registerIndividual } from "../../src/entity/register.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { Failure } from "../../src/kernel/failure.js";
import { grantRoles } from "../../src/network/create.js";
import { certify, certifyOwner, givenCertified, link, rollOf, unlink, type Company } from "../business/company.js";
import { audited, faultsIn } from "../support/audited.js";
import { ADA, JUN, individual, record } from "../support/given.js";

const who = fc.constantFrom("ann", "ben", "cid");
const role = fc.constantFrom("BENEFICIAL_OWNER" as const, "ADMINISTRATOR" as const);
const person = fc.constantFrom(ADA, JUN, { ...ADA, firstName: "Adah" }, { ...JUN, socialSecurityNumber: null });

/** What can change whom a business has as members, what is shown of them, and what was certified. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant("link" as const), who, role }),
  fc.record({ kind: fc.constant("unlink" as const), who, role }),
  fc.record({ kind: fc.constant("name" as const), as: fc.constantFrom("ann", "ben", "dora"), person }),
  fc.record({ kind: fc.constant("furnish" as const), person: fc.constantFrom(ADA, { ...JUN, lastName: "Okaforo" }) }),
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("certify" as const) }) },
);
type Happening = typeof happening extends fc.Arbitrary<infer What> ? What : never;

async function certifyAll(world: Company): Promise<void> {
  const handles = await world.app.store.rows<{ id: string; handle: string }>(
    `select m.id, r.handle from member m join registration r on r.entity_id = m.entity_id and r.superseded_at is null
      where m.unlinked_at is null and m.role = 'BENEFICIAL_OWNER' and r.handle is not null`,
  );
  const { members } = await rollOf(world);
  for (const { id, handle } of handles) await certifyOwner(world, handle, members.get(id)!.token!);
  await certify(world);
}

async function act(world: Company, what: Happening): Promise<unknown> {
  const { fintech, network, time } = world;
  switch (what.kind) {
    case "link": {
      const over = what.role === "BENEFICIAL_OWNER" ? { ownershipStake: "10" } : {};
      return link(fintech, "company", what.who, what.role, over);
    }
    case "unlink":
      return unlink(fintech, "company", what.who, what.role);
    case "name":
      time.advance(1_000);
      return fintech.commit((write) => registerIndividual(write, individual({ handle: what.as, ...what.person })));
    case "furnish": {
      const records = [record(["ADDRESS_CAPTURE"], what.person, time.clock())];
      return fintech.commit((write) => furnish(write, { networkIds: [network], records }));
    }
    case "certify":
      return certifyAll(world);
  }
}

const ABOUT = { only: ["certifications", "certifications-owners", "certifications-told", "entities"] };

describe("the audit of certifications", () => {
  it("finds nothing wrong whatever happens to a business, its owners and what is shown of them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 8, maxLength: 20, size: "max" }), async (history) => {
        await using world = await givenCertified();
        const { app, network, fintech } = world;
        await app.commitAs(OPERATOR)((write) => grantRoles(write, network, fintech.id, ["FURNISHER"]));
        for (const what of history)
          await act(world, what).catch((error: unknown) => {
            if (!(error instanceof Failure)) throw error;
          });
        expect(faultsIn(await audited(world, ABOUT))).toEqual([]);
      }),
      { numRuns: Number(process.env["HISTORIES"] ?? 20) },
    );
  }, 300_000);
});
