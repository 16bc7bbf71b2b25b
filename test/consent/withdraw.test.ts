import { queryCertificate } from "../../src/certificate/query.js";
import { withdrawConsent } from "../../src/consent/withdraw.js";
import { ALL_KINDS, givenConsent, givenFurnished, givenRegistered, givenWorld, record } from "../support/given.js";
import { refusal } from "../support/refusal.js";

describe("withdrawConsent", () => {
  it("ends the consent, so that the very next query under it is refused", async () => {
    await using world = await givenWorld();
    const { fintech, vendor, network } = world;
    await givenFurnished(vendor, [network], [record(ALL_KINDS)]);
    await givenRegistered(fintech);
    const consentId = await givenConsent(fintech, network);
    await fintech.commit((write) => withdrawConsent(write, { consentId }));
    const refused = await refusal(
      fintech.commit((write) => queryCertificate(write, { consentId, networkIds: [network], product: "KYC" }, "https://gateway.example")),
    );
    expect(refused).toMatchObject({ code: "BAD_USER_INPUT", paths: ["input.consentId"] });
  });
});
