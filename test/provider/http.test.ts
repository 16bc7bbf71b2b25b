import type { LookupAddress } from "node:dns";
import { plusMs } from "../../src/kernel/instant.js";
import { createHttpProvider, type HttpProviderSettings } from "../../src/provider/http.js";
import { isPublic } from "../../src/provider/reach.js";
import { Unanswered } from "../../src/provider/unanswered.js";
import type { Answer, Inquiry } from "../../src/verification/provider.js";
import { NOON, stillClock } from "../support/app.js";
import { aboutCompany, aboutPerson, ADDRESS, NEVER, PERSON } from "./inquiry.js";
import {
  answers,
  decides,
  defers,
  SECRET,
  secretOf,
  signatureOf,
  startVendor,
  waits,
  type Behaviour,
  type Vendor,
} from "./vendor.js";

const DAY_MS = 86_400_000;
const { clock } = stillClock();

let vendor: Vendor;
beforeEach(async () => {
  vendor = await startVendor({ clock });
});
afterEach(() => vendor[Symbol.asyncDispose]());

const providerAt = (over: Partial<HttpProviderSettings> = {}) =>
  createHttpProvider({
    url: vendor.url,
    secrets: [SECRET],
    allowPrivate: true,
    timeoutMs: 5_000,
    silentAfterMs: DAY_MS,
    clock,
    ...over,
  });

const ask = (over: Partial<HttpProviderSettings> = {}, inquiry: Inquiry = aboutPerson()): Promise<Answer> =>
  providerAt(over).ask(inquiry, NEVER);

/** The trouble that a question runs into. */
const troubleOf = (asking: Promise<Answer>): Promise<Unanswered> =>
  asking.then(
    ({ kind }) => {
      throw new Error(`It answered ${kind}.`);
    },
    (error: unknown) => {
      if (error instanceof Unanswered) return error;
      throw error;
    },
  );

describe("ask", () => {
  it("sends what was registered, signed with the time by the clock, under the same id at every try", async () => {
    const inquiry = aboutPerson({}, { attempt: 2 });
    vendor.behave(answers(503), decides());
    await troubleOf(ask({}, inquiry));
    await ask({}, inquiry);
    const [one, other] = vendor.heard;
    expect(one!.asked).toEqual({ ...inquiry });
    expect(one!.headers["webhook-timestamp"]).toBe(String(Date.parse(NOON) / 1_000));
    expect(one!.headers["webhook-signature"]).toBe(signatureOf(SECRET, one!.id, Date.parse(NOON) / 1_000, one!.body));
    expect(one!.headers["content-type"]).toBe("application/json");
    expect(other!.body).toBe(one!.body);
    expect([...vendor.asked]).toEqual([[`${inquiry.verificationId}_2`, 2]]);
  });

  it("tells of officers and documents what belongs to the question, and nothing that came along", async () => {
    const company = aboutCompany();
    const subject = { ...company.subject, officers: [PERSON] } as Inquiry["subject"];
    const document = {
      id: "doc_01h2xcejqtf2nbrexx3vqjhp41",
      documentType: "tax_147c",
      mimeType: "application/pdf",
      sha256: "ab".repeat(32),
      receivedAt: NOON,
    } as const;
    await ask({}, { ...company, subject, documents: [Object.assign({ sealedName: "private" }, document)] });
    expect(vendor.heard[0]!.asked).toMatchObject({ documents: [document] });
    expect(vendor.heard[0]!.body).toContain('"officers":[{"firstName":"Ada","lastName":"Byron"}]');
    expect(vendor.heard[0]!.body).not.toContain("private");
  });

  it("signs with the first of several secrets", async () => {
    await ask({ secrets: [SECRET, secretOf("the one before")] });
    await ask({ secrets: [secretOf("the one before"), SECRET] });
    expect(vendor.heard.map(({ signed }) => signed)).toEqual([true, false]);
  });

  it("reads what a vendor decided at once", async () => {
    const findings = [
      {
        source: "credit_bureau",
        firstName: "Ada",
        taxNumber: "123-45-6789",
        phone: "(503) 555-0100",
        address: ADDRESS,
      },
      { source: "database_of_our_own", taxNumber: "6789" },
    ];
    const evidence = { findings, tags: ["Device Known"], verdict: "REVIEW", fraud: ["FRAUD_RISK"], reasons: ["R1"] };
    const at = "2026-03-02T05:59:30-06:00";
    vendor.behave(answers(200, { status: "decided", reference: "case:77", at, evidence }));
    expect(await ask()).toEqual({
      kind: "EVIDENCE",
      reference: "case:77",
      at: "2026-03-02T11:59:30.000Z",
      evidence: {
        ...evidence,
        findings: [{ ...findings[0], taxNumber: "123456789", phone: "+15035550100" }, findings[1]],
      },
    });
  });

  it("dates a decision without a date by the clock, and takes what is left out for nothing", async () => {
    vendor.behave(answers(200, { status: "decided", evidence: { verdict: "PASSED", model: "x1" }, requestId: 7 }));
    expect(await ask()).toEqual({
      kind: "EVIDENCE",
      reference: null,
      at: NOON,
      evidence: { findings: [], fraud: [], tags: [], reasons: [], verdict: "PASSED" },
    });
  });

  it("waits for a vendor that will call back", async () => {
    vendor.behave(defers({ reference: "case-1" }));
    expect(await ask()).toEqual({ kind: "CALLBACK", reference: "case-1", silentAfterMs: DAY_MS });
  });

  it("asks again where a vendor says when, and keeps what it has so far", async () => {
    vendor.behave(defers({ retryAfterMs: 2_000, evidence: { tags: ["Half Done"] } }));
    expect(await ask()).toMatchObject({ kind: "AGAIN", afterMs: 2_000, evidence: { tags: ["Half Done"] } });
  });

  it("has patience with a vendor that is slow", async () => {
    vendor.behave(waits(vendor.hears(1), decides()));
    expect(await ask()).toMatchObject({ kind: "EVIDENCE" });
  });

  it("leaves documents to staff", async () => {
    const provider = providerAt();
    expect(provider.judgesDocumentsAfterMs).toBeNull();
    expect(await provider.judgeDocuments(aboutPerson(), NEVER)).toBeNull();
    expect(vendor.heard).toEqual([]);
  });

  it("stops when it is told to", async () => {
    vendor.behave({ does: "HANG" });
    const stop = new AbortController();
    const asking = troubleOf(providerAt().ask(aboutPerson(), stop.signal));
    await vendor.hears(1);
    stop.abort();
    expect((await asking).code).toBe("STOPPED");
  });

  it("does not begin when it has been told to stop", async () => {
    const { code } = await troubleOf(providerAt().ask(aboutPerson(), AbortSignal.abort()));
    expect([code, vendor.heard.length]).toEqual(["STOPPED", 0]);
  });
});

const good = { findings: [] };
const future = plusMs(NOON, 300_001);

const MALFORMED: readonly (readonly [string, Behaviour])[] = [
  ["what is not JSON", answers(200, "<html>")],
  ["nothing", answers(200)],
  ["JSON that is no object", answers(200, "[1]")],
  [
    "bytes that are not UTF-8",
    answers(200, Buffer.from('{"status":"decided","evidence":{"tags":["\xff"]}}', "latin1")),
  ],
  ["a decision without evidence", answers(200, { status: "decided" })],
  ["a decision said to be pending", answers(200, { status: "pending", evidence: good })],
  ["a pending one said to be decided", answers(202, { status: "decided", evidence: good })],
  ["a verdict that does not exist", decides({ verdict: "MAYBE" as never })],
  ["a fraud sign that does not exist", decides({ fraud: ["FRAUD_PERHAPS" as never] })],
  ["a number of another length", decides({ findings: [{ source: "credit_bureau", taxNumber: "12345" }] })],
  ["a birth date that does not exist", decides({ findings: [{ source: "credit_bureau", dateOfBirth: "1990-02-30" }] })],
  ["a source that is no word", decides({ findings: [{ source: "Ada Byron" }] })],
  ["a tag that holds a number of a person", decides({ tags: ["SSN 123-45-6789 Mismatch"] })],
  ["too many findings", decides({ findings: Array.from({ length: 21 }, () => ({ source: "credit_bureau" })) })],
  ["too many tags", decides({ tags: Array.from({ length: 51 }, (_, index) => `Tag ${index}`) })],
  ["a decision from the future", decides(good, { at: future })],
  ["a date without an offset", decides(good, { at: "2026-03-02T11:00:00" })],
  ["a year that cannot be written", decides(good, { at: "0000-01-01T00:00:00+23:00" })],
  ["a reference that could be anything", decides(good, { reference: "Ada Byron" })],
  ["an immediate wish to be asked again", defers({ retryAfterMs: 0 })],
  ["a wish to be asked again in a year", defers({ retryAfterMs: 365 * DAY_MS })],
];

const HELD: readonly (readonly [what: string, code: string, passes: boolean, behaviour: Behaviour])[] = [
  ["a vendor in trouble", "STATUS_500", true, answers(500, { trace: "Ada" })],
  ["a vendor that is busy", "STATUS_429", true, answers(429)],
  ["a vendor that does not know us", "STATUS_401", false, answers(401)],
  ["a vendor that finds fault with the question", "STATUS_422", false, answers(422, { firstName: "Ada is no name" })],
  ["another success than agreed", "STATUS_204", true, answers(204)],
  ["a vendor that hangs up at once", "CONNECTION_BROKEN", true, { does: "DROP", afterBytes: 0 }],
  ["a vendor that hangs up in mid-answer", "CONNECTION_BROKEN", true, { does: "DROP", afterBytes: 40 }],
  ["an answer that is announced too long", "TOO_LARGE", true, { does: "FLOOD", announced: true }],
  ["an answer without an end", "TOO_LARGE", true, { does: "FLOOD", announced: false }],
];

describe("what comes of a bad answer", () => {
  it.each(MALFORMED)("is a question left open, for %s", async (_what, behaviour) => {
    vendor.behave(behaviour);
    expect(await troubleOf(ask())).toMatchObject({ code: "UNREADABLE", passes: true });
  });

  it.each(HELD)("is told for %s as %s", async (_what, code, passes, behaviour) => {
    vendor.behave(behaviour);
    expect(await troubleOf(ask())).toMatchObject({ code, passes });
  });

  it.each<[string, Behaviour]>([
    ["says nothing", { does: "HANG" }],
    ["begins an answer and says no more", { does: "STALL" }],
  ])("is no longer waited for where a vendor %s", async (_what, behaviour) => {
    vendor.behave(behaviour);
    expect((await troubleOf(ask({ timeoutMs: 100 }))).code).toBe("TIMED_OUT");
    expect(vendor.heard).toHaveLength(1);
  });

  it("is told where nobody listens", async () => {
    const { url } = vendor;
    await vendor[Symbol.asyncDispose]();
    expect(await troubleOf(ask({ url }))).toMatchObject({ code: "CONNECTION_BROKEN", passes: true });
    vendor = await startVendor({ clock });
  });

  it("follows no redirect", async () => {
    vendor.behave(answers(307, "", { location: vendor.url }), decides());
    expect(await troubleOf(ask())).toMatchObject({ code: "REDIRECTED", passes: false });
    expect(vendor.heard).toHaveLength(1);
  });

  it("says nothing of the person, the vendor or the answer", async () => {
    vendor.behave(answers(200, { status: "decided", evidence: { verdict: "Ada Byron" } }));
    const trouble = await troubleOf(ask());
    expect(trouble.message).toBe("The provider gave no answer: UNREADABLE.");
    expect(Object.keys(trouble).toSorted()).toEqual(["code", "name"]);
    expect(trouble.cause).toBeUndefined();
  });
});

const PRIVATE = [
  "127.0.0.1",
  "127.1",
  "2130706433",
  "0x7f000001",
  "0177.0.0.1",
  "10.0.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "224.0.0.1",
  "255.255.255.255",
  "[::1]",
  "[::]",
  "[::ffff:127.0.0.1]",
  "[::ffff:a00:1]",
  "[::127.0.0.1]",
  "[64:ff9b::7f00:1]",
  "[2002:7f00:1::]",
  "[fe80::1]",
  "[fc00::1]",
  "[fd12:3456::1]",
  "[ff02::1]",
];

const port = (): string => new URL(vendor.url).port;

/** A name service that gives these answers, one after the other, and counts. */
function namedAt(...rounds: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const resolve = async (name: string): Promise<LookupAddress[]> => {
    const addresses = rounds[asked.length] ?? [];
    asked.push(name);
    return addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  };
  return { asked, resolve };
}

describe("where a vendor may be", () => {
  it.each(PRIVATE)("is not at https://%s unless that is allowed", async (host) => {
    const url = `https://${host}:${port()}/checks`;
    expect(await troubleOf(ask({ url, allowPrivate: false }))).toMatchObject({
      code: "ADDRESS_REFUSED",
      passes: false,
    });
  });

  it("is not behind a name that stands for this machine", async () => {
    const url = `https://localhost:${port()}/checks`;
    expect((await troubleOf(ask({ url, allowPrivate: false }))).code).toBe("ADDRESS_REFUSED");
  });

  it("is not behind a name of which one address of several is private", async () => {
    const { resolve } = namedAt(["93.184.216.34", "10.0.0.1"]);
    const url = `https://vendor.example:${port()}/`;
    expect((await troubleOf(ask({ url, allowPrivate: false, resolve }))).code).toBe("ADDRESS_REFUSED");
  });

  it("is spoken to over TLS unless private networks are allowed", async () => {
    const { resolve, asked } = namedAt(["93.184.216.34"]);
    expect((await troubleOf(ask({ url: "http://vendor.example/", allowPrivate: false, resolve }))).code).toBe(
      "ADDRESS_REFUSED",
    );
    expect(asked).toEqual([]);
  });

  it("is looked up once, and connected to where it was found, under its name", async () => {
    const { resolve, asked } = namedAt(["127.0.0.1"], ["192.0.2.1"]);
    const url = `http://vendor.example:${port()}/checks`;
    expect(await ask({ url, resolve })).toMatchObject({ kind: "EVIDENCE" });
    expect(asked).toEqual(["vendor.example"]);
    expect(vendor.heard[0]!.headers.host).toBe(`vendor.example:${port()}`);
  });

  it.each<[string, (name: string) => Promise<LookupAddress[]>]>([
    ["is unknown", namedAt([]).resolve],
    ["cannot be looked up", () => Promise.reject(new Error("ENOTFOUND vendor.example"))],
  ])("is told where a name %s", async (_what, resolve) => {
    const trouble = await troubleOf(ask({ url: "https://vendor.example/", allowPrivate: false, resolve }));
    expect(trouble).toMatchObject({ code: "NAME_UNKNOWN", passes: true });
  });

  it("is given up where the name service says nothing", async () => {
    const resolve = () => new Promise<never>(() => undefined);
    const asking = ask({ url: "https://vendor.example/", allowPrivate: false, resolve, timeoutMs: 50 });
    expect((await troubleOf(asking)).code).toBe("TIMED_OUT");
  });

  it("cannot be asked without a secret", () => {
    expect(() => providerAt({ secrets: [] })).toThrow("without a secret");
  });
});

describe("isPublic", () => {
  it.each([
    "93.184.216.34",
    "8.8.8.8",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700::1111",
    "2a00:1450:4001::200e",
  ])("knows %s for public", (address) => expect(isPublic(address)).toBe(true));

  it.each([
    "198.51.100.1",
    "203.0.113.7",
    "192.0.2.1",
    "2001:db8::1",
    "fec0::1",
    "fe80::1%eth0",
    "not an address",
    "",
  ])("takes %s for no public address", (address) => expect(isPublic(address)).toBe(false));
});
