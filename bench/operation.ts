import { readFileSync } from "node:fs";
import type { SubjectRecord } from "../src/attestation/record.js";
import type { Asked } from "./drive.js";
import type { Subject, Town } from "./town.js";

const read = (name: string): string =>
  readFileSync(new URL(`../schema/operations/${name}.graphql`, import.meta.url), "utf8");

const CERTIFICATES = read("05-certificates");
const QUERY = read("04-query-certificate");
const COVERAGE = read("02-check-coverage");
const FURNISH = read("03-furnish-kyc");
const REQUEST = read("31-request-verification");

/** Twenty certificates of nine blocks, each traced to its furnisher. */
export const certificates = ({ queriers }: Town, first = 20): Asked => ({
  token: queriers[0]!.token,
  body: JSON.stringify({ query: CERTIFICATES, variables: { first } }),
});

const about = (query: string, { queriers, networkId }: Town, { querier, consentId }: Subject, more: object): Asked => ({
  token: queriers[querier]!.token,
  body: JSON.stringify({ query, variables: { input: { consentId, networkIds: [networkId], ...more } } }),
});

export const coverage = (town: Town, subject: Subject): Asked => about(COVERAGE, town, subject, {});

export const query = (town: Town, subject: Subject, idempotencyKey: string): Asked =>
  about(QUERY, town, subject, { maxPrice: "3.00", idempotencyKey });

/** One record, furnished by one of the queriers who may. */
export const furnishing = ({ queriers, networkId }: Town, participant: number, record: SubjectRecord): Asked => ({
  token: queriers[participant]!.token,
  body: JSON.stringify({ query: FURNISH, variables: { input: { networkIds: [networkId], records: [record] } } }),
});

export const requesting = ({ queriers }: Town, participant: number, handle: string): Asked => ({
  token: queriers[participant]!.token,
  body: JSON.stringify({ query: REQUEST, variables: { input: { handle } } }),
});

/** What is wrong with an answer that should say this; an answer is shown only as far as it says why. */
export const unless = (part: string) => (answer: Buffer) =>
  answer.includes(part) ? null : `Not the expected answer: ${answer.toString().slice(0, 300)}`;
