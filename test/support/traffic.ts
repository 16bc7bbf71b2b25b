import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { request } from "node:http";
import { ssnOf } from "./crowd.js";
import { ADDRESS, record, type World } from "./given.js";
import { FURNISH, QUERY, RECORD_CONSENT, REGISTER, operation } from "./operation.js";
import { REQUEST } from "./verify-operation.js";

/** What a gateway may refuse for a moment: the same again, and it is done. */
const RETRYABLE: ReadonlySet<string> = new Set(["SERVICE_UNAVAILABLE", "RATE_LIMITED"]);

const ENTITY = operation<{ entity: { certificates: { totalCount: number } } | null }, { handle: string }>(
  `query Entity($handle: String!) { entity(handle: $handle) { certificates(first: 1) { totalCount } } }`,
);

/** One person whose whole way was acknowledged, and when. */
export interface Done {
  readonly handle: string;
  readonly submissionId: string;
  readonly certificateId: string;
  readonly verificationId: string;
  readonly at: number;
}

/** Clients that furnish, register, consent, query, verify and read, one person after another. */
export interface Traffic {
  readonly done: readonly Done[];
  /** Whatever was not answered as it should be. */
  readonly failures: readonly string[];
  /** How often something was refused for a moment, and done the next time. */
  readonly retried: () => number;
  /** Resolves when what is under way is done. */
  readonly stop: () => Promise<void>;
}

interface Body<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** One request on a connection of its own, as a balancer hands them out. */
function sent<Data>(url: string, token: string, document: object, variables: object): Promise<Body<Data>> {
  const body = JSON.stringify({ query: print(document as never), variables });
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}`, connection: "close" };
    const one = request(`${url}/graphql`, { method: "POST", headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("error", reject).on("end", () => {
        try {
          resolve(JSON.parse(text) as Body<Data>);
        } catch {
          reject(new Error(`No JSON: ${response.statusCode} ${text.slice(0, 100)}`));
        }
      });
    });
    one.on("error", reject).end(body);
  });
}

/** Nobody learns more from more of them. */
const ENOUGH_FAILURES = 5;

/** People have numbers, from the one after `from` on. */
export function givenTraffic(url: string, world: World, clients: number, from = 0): Traffic {
  const { vendor, fintech, network } = world;
  const done: Done[] = [];
  const failures: string[] = [];
  const over = new AbortController();
  let retried = 0;
  let next = from;
  const ask = async <Data, Variables extends object>(
    token: string,
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data> => {
    for (;;) {
      const { data, errors } = await sent<Data>(url, token, document, variables);
      if (!errors && data) return data;
      const code = errors?.[0]?.extensions?.code ?? "none";
      if (!RETRYABLE.has(code)) throw new Error(`${code}: ${errors?.[0]?.message}`);
      retried += 1;
    }
  };
  const performedAt = new Date(Date.now() - 86_400_000).toISOString();
  const person = async (n: number): Promise<void> => {
    const facts = {
      firstName: "Ada",
      lastName: "Moreno",
      dateOfBirth: "1988-04-12",
      socialSecurityNumber: ssnOf(n),
    } as never as Parameters<typeof record>[1];
    const handle = `traffic-${n}`;
    const networkIds = [network];
    const records = [record(undefined, facts, performedAt)];
    const { furnishKyc } = await ask(vendor.token, FURNISH, {
      input: { networkIds, records, idempotencyKey: `furnish-${n}` },
    });
    await ask(fintech.token, REGISTER, { input: { handle, ...(facts as object), address: ADDRESS } });
    const consent = { networkId: network, handle, purpose: "account opening", subjectConsented: true };
    const { recordConsent } = await ask(fintech.token, RECORD_CONSENT, { input: consent });
    const asked = { consentId: recordConsent.consent.id, networkIds, idempotencyKey: `query-${n}` };
    const { queryCertificate } = await ask(fintech.token, QUERY, { input: asked });
    const verify = { handle, kycLevel: "KYC-STANDARD", idempotencyKey: `verify-${n}` };
    const { requestVerification } = await ask(fintech.token, REQUEST, { input: verify });
    const { entity } = await ask(fintech.token, ENTITY, { handle });
    // What was retried may have been done twice; what was acknowledged is there for whoever reads next.
    if (!entity?.certificates.totalCount) failures.push(`${handle} has no certificate`);
    done.push({
      handle,
      submissionId: furnishKyc.submissionId,
      certificateId: queryCertificate.certificate?.id ?? "none",
      verificationId: requestVerification.verification.id,
      at: performance.now(),
    });
  };
  const running = Array.from({ length: clients }, async () => {
    while (!over.signal.aborted && failures.length < ENOUGH_FAILURES)
      await person((next += 1)).catch((error: unknown) => void failures.push(String(error)));
  });
  const stop = async (): Promise<void> => {
    over.abort();
    await Promise.all(running);
  };
  return { done, failures, retried: () => retried, stop };
}
