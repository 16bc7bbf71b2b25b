import { revokeAttestation } from "../../src/attestation/revoke.js";
import type { Coverage } from "../../src/certificate/coverage.js";
import { countingIds, type Id } from "../../src/kernel/id.js";
import { plusDays } from "../../src/kernel/instant.js";
import { NOON, testApp } from "../support/app.js";
import { coverage, givenPolicy, givenReady, queried, type Queried, type Ready } from "../support/asked.js";
import {
  ADA,
  ALL_KINDS,
  COUNTER_KINDS,
  JUN,
  VENDOR_KINDS,
  givenConsent,
  givenFurnished,
  givenNetwork,
  givenRegistered,
  partyIn,
  record,
  type Party,
} from "../support/given.js";
import type { SubjectRecord } from "../../src/attestation/record.js";
import type { SubProductKind } from "../../src/attestation/sub-product.js";

/** Everything that the fintech can tell from asking, down to the statements that were run for it. */
interface Seen {
  readonly coverage: Coverage;
  readonly queried: Queried;
  readonly statements: readonly string[];
}

interface Hidden {
  readonly bank: Party;
  readonly vendor: Party;
  readonly network: Id<"net">;
  /** The fintech asks there too, but is entitled to nothing. */
  readonly other: Id<"net">;
  /** The fintech is no member of it. */
  readonly closed: Id<"net">;
}

type Change = (hidden: Hidden) => Promise<unknown>;

/** Ids of the twins begin here, so that they collide with none of the world that both come from. */
const FIRST_ID = 1_000;

const furnishing =
  (where: "other" | "closed", records: readonly SubjectRecord[]): Change =>
  ({ vendor, ...hidden }) =>
    givenFurnished(vendor, [hidden[where]], records);

/** What may differ between two worlds without the fintech being able to tell. */
const CHANGES: readonly (readonly [string, Change])[] = [
  ["in another network, without entitlement", furnishing("other", [record()])],
  [
    "in another network, older than all that is seen",
    furnishing("other", [record(ALL_KINDS, ADA, plusDays(NOON, -100))]),
  ],
  ["in a network that it is not in", furnishing("closed", [record()])],
  ["about another person", async ({ vendor, network }) => givenFurnished(vendor, [network], [record(ALL_KINDS, JUN)])],
  [
    "about a person of the same SSN and another birth date",
    async ({ vendor, network }) => givenFurnished(vendor, [network], [{ ...record(), dateOfBirth: "1990-01-01" }]),
  ],
  [
    "in another network, and taken back",
    async ({ vendor, other }) => {
      const attestations = await givenFurnished(vendor, [other], [record()]);
      for (const attestationId of attestations.values())
        await vendor.commit((write) => revokeAttestation(write, { attestationId, reason: "Wrong." }));
    },
  ],
  [
    "and asked about by somebody else",
    async ({ bank, network }) => {
      await givenRegistered(bank, { handle: "theirs" });
      await givenConsent(bank, network, { handle: "theirs" });
    },
  ],
];

async function see(base: Ready, hidden: Omit<Hidden, "bank" | "vendor">, change: Change | null): Promise<Seen> {
  await using twin = await testApp({ from: base.app.config.databaseUrl, newId: countingIds(FIRST_ID) });
  const [fintech, bank, vendor] = [base.fintech, base.bank, base.vendor].map((party) => partyIn(twin, party)) as [
    Party,
    Party,
    Party,
  ];
  // The first transaction of all also opens the connection, whoever makes it.
  await fintech.commit(async () => undefined);
  await change?.({ ...hidden, bank, vendor });
  const ask = { ...base.ask, networkIds: [hidden.network, hidden.other] };
  twin.statements.length = 0;
  const foreseen = await coverage(fintech, ask);
  const answered = await queried(fintech, ask);
  return { coverage: foreseen, queried: answered, statements: [...twin.statements] };
}

/** A closed world in which the fintech sees some kinds of Ada, and the networks in which something can hide. */
async function givenBase(
  kinds: readonly SubProductKind[],
): Promise<{ base: Ready; hidden: Omit<Hidden, "bank" | "vendor"> }> {
  await using base = await givenReady(kinds, { kept: true });
  const { vendor, fintech, bank } = base;
  // What it is entitled to in the one network tells it nothing of the others.
  const requirements = kinds.map((kind) => ({ key: kind.toLowerCase(), kinds: [kind] }));
  if (kinds.length > 0)
    await queried(fintech, { ...base.ask, policyId: await givenPolicy(bank, base.network, requirements) });
  const other = await givenNetwork(base, "Other", [
    [vendor, "FURNISHER"],
    [fintech, "QUERIER"],
  ]);
  const closed = await givenNetwork(base, "Closed", [
    [vendor, "FURNISHER"],
    [bank, "QUERIER"],
  ]);
  return { base, hidden: { network: base.network, other, closed } };
}

describe("checkCoverage and queryCertificate, in two worlds that differ only in what is attested", () => {
  const VIEWS = [
    ["nothing", []],
    ["some kinds", COUNTER_KINDS],
    ["the other kinds", VENDOR_KINDS],
    ["every kind", ALL_KINDS],
  ] as const;

  it.each(
    VIEWS.flatMap(([view, kinds]) => CHANGES.map(([what, change]) => [what, view, kinds, change] as const)),
  )("%s, where %s is seen, answer the same by the same statements", async (_what, _view, kinds, change) => {
    const { base, hidden } = await givenBase(kinds);
    const without = await see(base, hidden, null);
    expect(without.queried.event.outcome).toBe(kinds.length === ALL_KINDS.length ? "ISSUED" : "NOT_SATISFIED");
    expect(await see(base, hidden, change)).toEqual(without);
  });

  it("in the network of the consent, answer otherwise: the comparison can tell", async () => {
    const { base, hidden } = await givenBase(COUNTER_KINDS);
    const visible: Change = ({ vendor, network }) => givenFurnished(vendor, [network], [record(VENDOR_KINDS)]);
    expect(await see(base, hidden, visible)).not.toEqual(await see(base, hidden, null));
  });
});
