import { createApp } from "../../src/app.js";
import { testApp } from "../support/app.js";
import { refusal } from "../support/refusal.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import { recognise } from "../../src/network/recognise.js";

describe("recognise", () => {
  it.each([
    ["masterKey", "ATTESTRY_MASTER_KEY"],
    ["indexKey", "ATTESTRY_INDEX_KEY"],
  ] as const)("refuses another %s than the database was made with, by its name", async (key, name) => {
    await using test = await testApp();
    await test.app.commitAs(OPERATOR)(recognise);
    await using stranger = await createApp({ ...test.app.config, [key]: Buffer.alloc(32, 9), logLevel: "silent" });
    const refused = await refusal(stranger.commitAs(OPERATOR)(recognise));
    expect(refused).toMatchObject({ code: "CONFLICT", message: `This database was made with another ${name}.` });
    await test.app.commitAs(OPERATOR)(recognise);
  });
});
