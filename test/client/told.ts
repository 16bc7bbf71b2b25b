import { createApp } from "../../src/app.js";
import { createAttestryClient, type ClientOptions } from "../../src/client/create-attestry-client.js";
import type { EventType } from "../../src/event/event.js";
import type { IndividualInput } from "../../src/entity/facts.js";
import { readEvents, type EventFilter, type PlacedEvent } from "../../src/event/read.js";
import type { TestApp } from "../support/app.js";
import { ssnOf } from "../support/crowd.js";
import { givenRegistered, type Party } from "../support/given.js";

/** A client that comes back quickly. */
export const quickClient = (options: ClientOptions) =>
  createAttestryClient({ retry: { minMs: 2, maxMs: 40 }, ...options });

/** Person number so many, registered by a party: one event. */
export const givenPerson = (party: Party, number: number, over: Partial<IndividualInput> = {}): Promise<string> =>
  givenRegistered(party, { handle: `person-${number}`, socialSecurityNumber: ssnOf(number), ...over });

export async function givenPeople(party: Party, from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number += 1) await givenPerson(party, number);
}

/** The log in a party's view, as the database has it. */
export async function logOf(party: Party, types: readonly EventType[] | null = null): Promise<readonly PlacedEvent[]> {
  const filter: EventFilter = { types, entityIds: null };
  return (await readEvents(party.read, null, filter, 1_000_000)).events;
}

export const cursorsOf = (events: readonly { readonly cursor: string }[]): string[] =>
  events.map(({ cursor }) => cursor);

/** Takes from a stream until there are so many, or one is the last, and leaves it. */
export async function taken<One>(
  stream: AsyncIterable<One>,
  isEnough: (all: readonly One[]) => boolean,
): Promise<One[]> {
  const all: One[] = [];
  for await (const one of stream) {
    all.push(one);
    if (isEnough(all)) break;
  }
  return all;
}

export const count =
  (number: number) =>
  (all: readonly unknown[]): boolean =>
    all.length >= number;

/** What a stream ends with, where it ends with an error. */
export async function errorOf(stream: AsyncIterable<unknown>): Promise<unknown> {
  try {
    for await (const _one of stream);
  } catch (error) {
    return error;
  }
  throw new Error("The stream ended without an error.");
}

/** Another gateway on the data of one that is closed, at the same address. */
export async function reopened({ app, time }: TestApp, url: string): Promise<AsyncDisposable> {
  const other = await createApp({ ...app.config, port: Number(new URL(url).port), logLevel: "silent" }, time);
  const server = await other.listen();
  return {
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await other[Symbol.asyncDispose]();
    },
  };
}
