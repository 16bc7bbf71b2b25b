import type { App } from "../app.js";
import { certifyBeneficialOwner } from "../business/certify-owner.js";
import { certifyBusiness } from "../business/certify-business.js";
import { linkMember } from "../business/link.js";
import { readRoll } from "../business/read-rolls.js";
import { ownersOf } from "../business/roll.js";
import { recordConsent } from "../consent/record.js";
import { submitBase64 } from "../document/submit-base64.js";
import { entityByHandle } from "../entity/find.js";
import { registerBusiness, registerIndividual } from "../entity/register.js";
import { OPERATOR, type Actor } from "../kernel/actor.js";
import type { Id } from "../kernel/id.js";
import { DAY_MS, plusMs, type Instant } from "../kernel/instant.js";
import type { Commit, Writer } from "../kernel/reader.js";
import { approveLevel } from "../verification/approve.js";
import { workOff } from "../verification/keep-working.js";
import { requestVerification } from "../verification/request.js";
import { APPLICANTS, COMPANIES, LINKS } from "./demo-cases.js";
import { customers } from "./demo-people.js";

/** Where and as whom the demo's verifications are done. */
export interface VerifyDemo {
  readonly app: App;
  readonly now: Instant;
  readonly commitAt: (at: Instant) => (actor: Actor) => Commit;
  readonly bank: Actor;
  readonly network: Id<"net">;
}

const MINUTE_MS = 60_000;

/** A moment of the past, in days. */
type DaysAgo = number;

/** The one-page document that people of the demo hand in. */
const PAGE = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
).toString("base64");

/**
 * What the bank has asked for, and what has come of it: somebody in every state, a business that passed and is certified, one that waits
 * for a member. Answers the token by which an example certifies an owner: it is another in each demo.
 */
export async function verifyDemo(demo: VerifyDemo): Promise<string> {
  await registerApplicants(demo);
  await verifyFirst(demo);
  await verifyCompanies(demo);
  await reuseCertificate(demo);
  await verifyLately(demo);
  return tokenOf(demo, "juniper", "nadia");
}

const ago = ({ now }: VerifyDemo, days: DaysAgo): Instant => plusMs(now, -days * DAY_MS);

const asBank = <Result>(demo: VerifyDemo, days: DaysAgo, work: (write: Writer) => Promise<Result>): Promise<Result> =>
  demo.commitAt(ago(demo, days))(demo.bank)(work);

async function registerApplicants(demo: VerifyDemo): Promise<void> {
  await asBank(demo, 45, async (write) => {
    for (const one of APPLICANTS) await registerIndividual(write, one);
    for (const one of COMPANIES) await registerBusiness(write, one);
  });
  await demo.commitAt(ago(demo, 45))(OPERATOR)((write) =>
    approveLevel(write, demo.app.config.levels, {
      participantId: demo.bank.participantId,
      kycLevel: "DOC_KYC",
      approved: true,
    }),
  );
}

const request = (demo: VerifyDemo, days: DaysAgo, handle: string, kycLevel: string): Promise<Id<"ver">> =>
  asBank(demo, days, async (write) => {
    const { levels, issuer: iss } = demo.app.config;
    return (await requestVerification(write, { levels, iss }, { handle, kycLevel })).verificationId;
  });

/** Works off what was due so long ago, by the sandbox that the demo runs with. */
async function settle(demo: VerifyDemo, days: DaysAgo): Promise<void> {
  const at = ago(demo, days);
  const place = { ...demo.app.workplace, clock: () => at, commitAs: demo.commitAt(at), random: () => 0 };
  await workOff(place, APPLICANTS.length, new AbortController().signal);
}

/** Asked so many days ago, and worked off a minute later. */
async function verified(demo: VerifyDemo, days: DaysAgo, handles: readonly string[], kycLevel: string): Promise<void> {
  for (const handle of handles) await request(demo, days, handle, kycLevel);
  await settle(demo, days - MINUTE_MS / DAY_MS);
}

async function verifyFirst(demo: VerifyDemo): Promise<void> {
  await verified(demo, 40, ["nadia", "marta", "owen"], "KYC-STANDARD");
}

async function verifyCompanies(demo: VerifyDemo): Promise<void> {
  await asBank(demo, 39, async (write) => {
    for (const link of LINKS) await linkMember(write, link);
  });
  await verified(demo, 38, ["kestrel-holding", "kestrel"], "KYB-STANDARD");
  await certify(demo, 37, "kestrel-holding", ["owen"]);
  await certify(demo, 37, "kestrel", ["marta", "kestrel-holding"]);
  await verified(demo, 24, ["rita"], "KYC-STANDARD");
  await verified(demo, 20, ["juniper"], "KYB-STANDARD");
  await certifyOwners(demo, 19, "juniper", ["rita"]);
}

async function certifyOwners(
  demo: VerifyDemo,
  days: DaysAgo,
  businessHandle: string,
  handles: readonly string[],
): Promise<void> {
  for (const memberHandle of handles) {
    const certificationToken = await tokenOf(demo, businessHandle, memberHandle);
    await asBank(demo, days, (write) =>
      certifyBeneficialOwner(write, { businessHandle, memberHandle, certificationToken }),
    );
  }
}

async function certify(demo: VerifyDemo, days: DaysAgo, businessHandle: string, owners: readonly string[]) {
  await certifyOwners(demo, days, businessHandle, owners);
  await asBank(demo, days, (write) => certifyBusiness(write, { businessHandle }));
}

/** What an owner is certified with, as it is shown. */
const tokenOf = (demo: VerifyDemo, businessHandle: string, memberHandle: string): Promise<string> =>
  asBank(demo, 0, async (write) => {
    const business = await entityByHandle(write, businessHandle, "businessHandle");
    const member = await entityByHandle(write, memberHandle, "memberHandle");
    const owner = ownersOf(await readRoll(write, business.id)).find(({ entityId }) => entityId === member.id);
    return owner!.token!;
  });

/** A customer of others whom the network knows already: the run passes on a certificate, and nobody is asked. */
async function reuseCertificate(demo: VerifyDemo): Promise<void> {
  const { handle: _handle, ...iris } = customers[0]!;
  await asBank(demo, 12, async (write) => {
    await registerIndividual(write, {
      ...iris,
      handle: "iris",
      address: { line1: "12 Alder Street", city: "Portland", state: "OR", postalCode: "97205", country: "US" },
    });
    await recordConsent(write, {
      networkId: demo.network,
      handle: "iris",
      purpose: "account opening",
      subjectConsented: true,
    });
  });
  await request(demo, 12, "iris", "KYC-STANDARD");
}

const minutes = (count: number): DaysAgo => (count * MINUTE_MS) / DAY_MS;

/** What is not settled yet: one failed, two owe documents, of which one has sent them, two wait for an answer. */
async function verifyLately(demo: VerifyDemo): Promise<void> {
  await verified(demo, 6, ["felix"], "KYC-STANDARD");
  await verified(demo, 5, ["dora"], "DOC_KYC");
  const dmitri = await request(demo, 4, "dmitri", "DOC_KYC");
  await settle(demo, 4 - minutes(1));
  // Rita's last week has begun: the bank is warned.
  await settle(demo, 1 - minutes(1));
  await verified(demo, minutes(20), ["wanda"], "KYC-STANDARD");
  await verified(demo, minutes(15), ["paul"], "KYC-STANDARD");
  const at = ago(demo, minutes(1));
  await submitBase64(demo.commitAt(at)(demo.bank), demo.app.documents, {
    verificationId: dmitri,
    documentType: "doc_ss_card",
    filename: "card.pdf",
    mimeType: "application/pdf",
    contentBase64: PAGE,
  });
}
