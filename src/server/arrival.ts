import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** What the log will say of a request: these things and nothing else. */
export interface Account {
  readonly requestId: string;
  participantId?: string;
  operationName?: string;
  cost?: number;
  incidents?: string[];
}

/** One request on its way to a route. */
export interface Arrival {
  readonly request: IncomingMessage;
  readonly path: string;
  /** What follows the question mark; never logged. */
  readonly search: string;
  readonly account: Account;
}

const REQUEST_ID = /^[\w.-]{1,64}$/;

/** What may be somebody's number: it is the client's own text, and has no place in a log. */
const NUMBER = /\d{3}[-_.]?\d{2}[-_.]?\d{4}/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isHarmless = (id: string): boolean => REQUEST_ID.test(id) && (UUID.test(id) || !NUMBER.test(id));

/** The client's own id for a request if it is harmless, so that both logs can be laid side by side; else one of ours. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers["x-request-id"];
  return typeof given === "string" && isHarmless(given) ? given : randomUUID();
}

export function arrivalOf(request: IncomingMessage): Arrival {
  const address = request.url ?? "/";
  const mark = address.indexOf("?");
  return {
    request,
    path: mark < 0 ? address : address.slice(0, mark),
    search: mark < 0 ? "" : address.slice(mark + 1),
    account: { requestId: requestIdOf(request) },
  };
}

/** Names are the client's to choose; the log keeps the beginning of them, and no long number. */
const MAX_NAME = 100;

export function account(arrival: Arrival, facts: Partial<Account>): void {
  Object.assign(arrival.account, facts);
  if (facts.operationName)
    arrival.account.operationName = facts.operationName.slice(0, MAX_NAME).replaceAll(/\d{4,}/g, "#");
}

export const accountIncident = (arrival: Arrival, incident: string): void => {
  arrival.account.incidents = [...(arrival.account.incidents ?? []), incident];
};
