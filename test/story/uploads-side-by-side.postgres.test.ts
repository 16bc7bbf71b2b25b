import { request } from "node:http";
import { createApp } from "../../src/app.js";
import { goodLines } from "../support/bulk.js";
import { givenGateway, type Gateway } from "../support/gateway.js";

type At = Pick<Gateway, "network" | "url" | "vendor">;

/** An upload that has begun, and goes on until its lines are sent or it is cut; `status` comes with the first line of its answer. */
function begun({ url, network, vendor }: At, key: string) {
  const headers = { "content-type": "application/x-ndjson", authorization: `Bearer ${vendor.token}` };
  const call = request(`${url}/furnish?network=${network}&key=${key}`, { method: "POST", headers, agent: false });
  const status = Promise.withResolvers<number>();
  const over = Promise.withResolvers<void>();
  call.on("error", () => over.resolve());
  call.on("response", (response) => {
    status.resolve(response.statusCode!);
    response.on("close", () => over.resolve()).on("error", () => over.resolve());
    response.resume();
  });
  call.flushHeaders();
  return {
    status: status.promise,
    finish: async () => {
      call.end(goodLines(1));
      await over.promise;
    },
    cut: async () => {
      call.destroy();
      await over.promise;
    },
  };
}

describe("uploads at several gateways", () => {
  it("are two at once of a participant, whichever gateways take them in", async () => {
    await using gateway = await givenGateway();
    await using app = await createApp(gateway.app.config, { clock: gateway.time.clock, log: gateway.app.log });
    const { url, close } = await app.listen();
    const other = { ...gateway, url };
    const running = [begun(gateway, "one"), begun(other, "two")];
    expect(await Promise.all(running.map(({ status }) => status))).toEqual([200, 200]);
    for (const one of [gateway, other]) {
      const third = begun(one, "three");
      expect(await third.status).toBe(429);
      await third.finish();
    }
    await running[0]!.finish();
    const third = begun(other, "three");
    expect(await third.status).toBe(200);
    await third.finish();
    await running[1]!.cut();
    await close();
  });
});
