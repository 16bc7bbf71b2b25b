import { Failure } from "../../src/kernel/failure.js";
import { plusMs } from "../../src/kernel/instant.js";
import { createHttpProvider } from "../../src/provider/http.js";
import { NOON, stillClock } from "../support/app.js";
import { sealed, SECRET, secretOf, type Sending } from "./vendor.js";

const { clock } = stillClock();
const OLD = secretOf("the one before");

const inbox = createHttpProvider({
  url: "https://vendor.example/",
  secrets: [SECRET, OLD],
  allowPrivate: false,
  timeoutMs: 1_000,
  silentAfterMs: 1_000,
  clock,
});

const MESSAGE = {
  verificationId: "ver_01h2xcejqtf2nbrexx3vqjhp41",
  at: NOON,
  evidence: { verdict: "PASSED", findings: [{ source: "credit_bureau", firstName: "Ada" }], tags: ["Unheard Of"] },
};

type Headers = Readonly<Record<string, string | string[] | undefined>>;

function open(message: unknown = MESSAGE, sending: Sending = {}, headers: Headers = {}) {
  const { headers: right, body } = sealed(message, clock, sending);
  return inbox.open({ ...right, ...headers }, Buffer.from(body));
}

function failureOf(opening: () => unknown): Failure {
  try {
    opening();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("It was opened.");
}

const FORGED: readonly (readonly [string, Sending, Headers])[] = [
  ["is signed with another secret", { secrets: [secretOf("somebody else's")] }, {}],
  ["was changed on the way", { tampered: (body) => body.replace("PASSED", "FAILED") }, {}],
  ["has grown by a space", { tampered: (body) => `${body} ` }, {}],
  ["has another id than was signed", {}, { "webhook-id": "msg_other" }],
  ["has another time than was signed", {}, { "webhook-timestamp": String(Date.parse(NOON) / 1_000 + 1) }],
  ["was signed 301 seconds ago", { ageMs: 301_000 }, {}],
  ["was signed 301 seconds from now", { ageMs: -301_000 }, {}],
  ["has no signature", {}, { "webhook-signature": undefined }],
  ["has an empty signature", {}, { "webhook-signature": "" }],
  ["has two signature headers", {}, { "webhook-signature": ["v1,a", "v1,b"] }],
  ["has no id", {}, { "webhook-id": undefined }],
  ["has an id of many words", { id: "one two" }, {}],
  ["has an id that is too long", { id: "m".repeat(129) }, {}],
  ["has no time", {}, { "webhook-timestamp": undefined }],
  ["has a time in words", {}, { "webhook-timestamp": "now" }],
  ["has a time with a fraction", {}, { "webhook-timestamp": `${Date.parse(NOON) / 1_000}.0` }],
  ["has its right signature behind ten others", { secrets: [...Array<string>(10).fill(secretOf("x")), SECRET] }, {}],
];

describe("open", () => {
  it("reads a message that is signed, with all that it says and nothing that it does not", () => {
    expect(open(MESSAGE, { id: "msg_1" })).toEqual({
      provider: "http",
      messageId: "msg_1",
      verificationId: MESSAGE.verificationId,
      at: NOON,
      evidence: { ...MESSAGE.evidence, fraud: [], reasons: [] },
    });
  });

  it("gives the same message the same id, however often and when it comes", () => {
    const ids = [0, 60_000, 300_000, -300_000].map((ageMs) => open(MESSAGE, { id: "msg_7", ageMs }).messageId);
    expect(new Set(ids)).toEqual(new Set(["msg_7"]));
  });

  it("believes a secret that is on its way out, and one of several signatures", () => {
    expect(open(MESSAGE, { secrets: [OLD] }).at).toBe(NOON);
    expect(open(MESSAGE, { secrets: [secretOf("not yet ours"), SECRET] }).at).toBe(NOON);
  });

  it.each(FORGED)("refuses a message that %s, in the same words", (_what, sending, headers) => {
    const failure = failureOf(() => open(MESSAGE, sending, headers));
    expect([failure.code, failure.message]).toEqual([
      "UNAUTHENTICATED",
      "The message is not signed as it must be, or too old.",
    ]);
    expect(failure.details).toEqual({});
  });

  it("refuses bytes that are no text, and a text with a mark before it that was not signed", () => {
    const { headers, body } = sealed(MESSAGE, clock);
    for (const bytes of [
      Buffer.from([0xff, 0xfe]),
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(body)]),
    ])
      expect(failureOf(() => inbox.open(headers, bytes)).code).toBe("UNAUTHENTICATED");
  });

  it("tells the sender every fault of a message that is its own, and repeats none of it", () => {
    const failure = failureOf(() =>
      open({
        verificationId: "Ada",
        at: "yesterday",
        evidence: { verdict: "SURELY", findings: [{ source: "credit_bureau", taxNumber: "12345" }] },
      }),
    );
    expect(failure.code).toBe("BAD_USER_INPUT");
    expect(failure.details.validationDetails?.map(({ path }) => path)).toEqual([
      "body.verificationId",
      "body.at",
      "body.evidence.findings[0].taxNumber",
      "body.evidence.verdict",
    ]);
    expect(JSON.stringify(failure.details) + failure.message).not.toMatch(/Ada|yesterday|SURELY|12345/);
  });

  it.each<[string, unknown, string]>([
    ["is not JSON", "{", "body"],
    ["is a list", [], "body"],
    ["lacks its evidence", { ...MESSAGE, evidence: undefined }, "body.evidence"],
    ["comes from the future", { ...MESSAGE, at: plusMs(NOON, 300_001) }, "body.at"],
    [
      "is about something else",
      { ...MESSAGE, verificationId: "ent_01h2xcejqtf2nbrexx3vqjhp41" },
      "body.verificationId",
    ],
  ])("refuses a message that %s", (_what, message, path) => {
    expect(failureOf(() => open(message)).details.validationDetails).toEqual([{ path, message: expect.any(String) }]);
  });

  it("takes a date that is old: whoever keeps what was said knows what is older", () => {
    expect(open({ ...MESSAGE, at: "2020-01-01T01:00:00+01:00" }).at).toBe("2020-01-01T00:00:00.000Z");
  });
});
