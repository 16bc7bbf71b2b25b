import { createInbox } from "../../src/provider/inbox.js";
import type { ProviderMessage } from "../../src/verification/provider.js";
import { answerOf, given, type Listening } from "../server/listening.js";
import { NOON, stillClock } from "../support/app.js";
import { secretOf, SECRET, startVendor, type Vendor } from "./vendor.js";

const { clock } = stillClock();
const inbox = createInbox({ provider: "http", secrets: [SECRET], clock });

const MESSAGE = {
  verificationId: "ver_01h2xcejqtf2nbrexx3vqjhp41",
  at: NOON,
  evidence: { verdict: "PASSED" },
} as const;

let vendor: Vendor;
let gateway: Listening;
let opened: ProviderMessage[];
beforeEach(async () => {
  opened = [];
  vendor = await startVendor({ clock });
  gateway = await given({
    callback: async (headers, body) => {
      opened.push(inbox.open(headers, body));
      return { taken: true };
    },
  });
});
afterEach(async () => {
  await gateway.close();
  await vendor[Symbol.asyncDispose]();
});

const address = (): string => `${gateway.server.url}/callbacks/provider`;

describe("a vendor that calls back", () => {
  it("is heard over the wire as it signed, every time it says the same", async () => {
    for (const id of ["msg_a", "msg_b", "msg_a"])
      expect((await vendor.callBack(address(), MESSAGE, { id })).status).toBe(200);
    expect(opened.map(({ messageId, at }) => [messageId, at])).toEqual([
      ["msg_a", NOON],
      ["msg_b", NOON],
      ["msg_a", NOON],
    ]);
  });

  it("is refused with 401 where it is somebody else, or late", async () => {
    for (const sending of [{ secrets: [secretOf("another")] }, { ageMs: 301_000 }, { tampered: () => "{}" }]) {
      const response = await vendor.callBack(address(), MESSAGE, sending);
      expect([response.status, (await answerOf(response)).errors?.[0]?.extensions["code"]]).toEqual([
        401,
        "UNAUTHENTICATED",
      ]);
    }
    expect(opened).toEqual([]);
  });

  it("is told with 400 what is wrong with what it says", async () => {
    const response = await vendor.callBack(address(), { ...MESSAGE, at: "soon" });
    expect(response.status).toBe(400);
    expect((await answerOf(response)).errors?.[0]?.extensions["validationDetails"]).toEqual([
      { path: "body.at", message: "Must be a date and time with its offset, RFC 3339." },
    ]);
    expect(opened).toEqual([]);
  });
});
