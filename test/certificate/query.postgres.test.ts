import { createApp } from "../../src/app.js";
import { certificateStatus } from "../../src/certificate/certificate.js";
import { queryCertificate } from "../../src/certificate/query.js";
import type { Writer } from "../../src/kernel/reader.js";
import { plusMs } from "../../src/kernel/instant.js";
import { NOON } from "../support/app.js";
import { ISSUER, certificateOf, givenReady } from "../support/asked.js";
import { audited, faultsIn } from "../support/audited.js";
import { partyIn } from "../support/given.js";
import { asFarAsItComes, paused } from "../support/paused.js";

describe("queryCertificate beside another", () => {
  it("waits for it, and is not older than the certificate whose place it takes, though it began before it", async () => {
    await using world = await givenReady();
    const { app, ask, fintech, time } = world;
    await using other = await createApp({ ...app.config, logLevel: "silent" }, { clock: () => NOON });
    const querying = (write: Writer) => queryCertificate(write, ask, ISSUER);
    time.advance(5_000);
    await using first = paused(fintech.commit, querying, "TOGETHER");
    await first.done;
    const second = partyIn({ app: other }, fintech).commit(querying, "TOGETHER");
    const came = await asFarAsItComes(world, second);
    await first.end();
    await second;
    const issued = await app.store.rows<{ id: string }>("select id from certificate");
    const certificates = await Promise.all(issued.map(({ id }) => certificateOf(app.store.rows, id)));
    const later = plusMs(NOON, 5_000);
    expect(came).toBe("WAITS");
    expect(certificates.map((one) => `${certificateStatus(one, later)} ${one.issuedAt}`).toSorted()).toEqual([
      `SUPERSEDED ${later}`,
      `VALID ${later}`,
    ]);
    expect(faultsIn(await audited(world))).toEqual([]);
  });
});
