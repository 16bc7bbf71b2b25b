import type { Server } from "../../src/server/http.js";
import type { TestOptions } from "./app.js";
import { givenWorld, type World } from "./given.js";

/** The world behind a gateway that listens. */
export interface Gateway extends World, Server {}

export async function givenGateway(options: TestOptions = {}): Promise<Gateway> {
  const world = await givenWorld(options);
  const { url, close } = await world.app.listen();
  const dispose = async (): Promise<void> => {
    await close();
    await world[Symbol.asyncDispose]();
  };
  return { ...world, url, close, [Symbol.asyncDispose]: dispose };
}
