import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { ask, data, type Answer } from "./ask.js";
import type { Gateway } from "./gateway.js";
import { business, individual } from "./given.js";
import type { Given } from "./operation.js";
import * as operations from "./verify-operation.js";
import type { BusinessInput, IndividualInput } from "../../src/entity/facts.js";
import type { MemberRole } from "../../src/business/member.js";

/** What somebody with a token does about verification, over HTTP. */
export interface Caller {
  readonly person: (over?: Partial<IndividualInput>) => Promise<string>;
  readonly business: (over?: Partial<BusinessInput>) => Promise<string>;
  readonly link: (businessHandle: string, memberHandle: string, role: MemberRole, over?: object) => Promise<string>;
  readonly request: (handle: string, over?: object) => Promise<operations.Requested>;
  readonly submit: (verificationId: string, over?: object) => Promise<string>;
  readonly review: (verificationId: string, outcome: string, reasons?: readonly string[]) => Promise<string>;
  readonly check: (handle: string, kycLevel?: string) => Promise<operations.KycCheck>;
  readonly events: (types: readonly string[]) => Promise<readonly operations.VerificationEvent[]>;
  /** Any document, as it was answered. */
  readonly asks: (document: string, variables?: Record<string, unknown>) => Promise<Answer<Record<string, unknown>>>;
}

/** The smallest file that is a PDF by its content. */
export const tinyPdf = (words = "proof"): string => Buffer.from(`%PDF-1.7\n${words}\n%%EOF\n`).toString("base64");

/** A caller with a token: every answer must be without errors, but for what is asked by hand. */
export function callerOf(gateway: Gateway, token: string): Caller {
  const of = <Data>(document: TypedDocumentNode<Data, Given>, input: object): Promise<Data> =>
    data(gateway, token, document, { input });
  return {
    person: async (over = {}) => (await of(operations.REGISTER, individual(over))).registerIndividual.individual.id,
    business: async (over = {}) =>
      (await of(operations.REGISTER_BUSINESS, business(over))).registerBusiness.business.id,
    link: async (businessHandle, memberHandle, role, over = {}) =>
      (await of(operations.LINK, { businessHandle, memberHandle, role, ...over })).linkMember.member.id,
    request: async (handle, over = {}) => (await of(operations.REQUEST, { handle, ...over })).requestVerification,
    submit: async (verificationId, over = {}) => {
      const described = { documentType: "id_passport", filename: "proof.pdf", mimeType: "application/pdf" };
      const input = { verificationId, ...described, contentBase64: tinyPdf(), ...over };
      return (await of(operations.SUBMIT_DOCUMENT, input)).submitDocument.document.id;
    },
    review: async (verificationId, outcome, reasons = []) =>
      (await of(operations.REVIEW, { verificationId, outcome, reasons })).reviewVerification.verification.status,
    check: async (handle, kycLevel) =>
      (await data(gateway, token, operations.CHECK_KYC, { handle, kycLevel: kycLevel ?? null })).checkKyc,
    events: async (types) =>
      (await data(gateway, token, operations.VERIFICATION_EVENTS, { types })).events.edges.map(({ node }) => node),
    asks: (document, variables) => ask(gateway, token, document, variables),
  };
}
