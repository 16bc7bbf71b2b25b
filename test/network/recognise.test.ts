import { createApp } from "../../src/app.js";
import { testApp } from "../support/app.js";
import { refusal } from "../support/refusal.js";
import { OPERATOR } from "../../src/kernel/actor.js";
import type { Writer } from "../../src/kernel/reader.js";
import { recognise } from "../../src/network/recognise.js";

const real = (write: Writer): Promise<void> => recognise(write, false);
const sandbox = (write: Writer): Promise<void> => recognise(write, true);

describe("recognise", () => {
  it.each([
    ["the sandbox on a database that is real", real, sandbox, /PROVIDER=sandbox would pass everybody/],
    ["real work on a database of the sandbox", sandbox, real, /nothing in it was ever checked/],
  ])("refuses %s", async (_what, first, then, message) => {
    await using test = await testApp();
    await test.app.commitAs(OPERATOR)(first);
    const refused = await refusal(test.app.commitAs(OPERATOR)(then));
    expect(refused).toMatchObject({ code: "CONFLICT", message: expect.stringMatching(message) as string });
    await test.app.commitAs(OPERATOR)(first);
  });

  it.each([
    ["masterKey", "ATTESTRY_MASTER_KEY"],
    ["indexKey", "ATTESTRY_INDEX_KEY"],
  ] as const)("refuses another %s than the database was made with, by its name", async (key, name) => {
    await using test = await testApp();
    await test.app.commitAs(OPERATOR)(real);
    await using stranger = await createApp({ ...test.app.config, [key]: Buffer.alloc(32, 9), logLevel: "silent" });
    const refused = await refusal(stranger.commitAs(OPERATOR)(real));
    expect(refused).toMatchObject({ code: "CONFLICT", message: `This database was made with another ${name}.` });
    await test.app.commitAs(OPERATOR)(real);
  });
});
