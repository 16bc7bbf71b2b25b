import { callerOf, type Caller } from "./caller.js";
import type { Gateway } from "./gateway.js";
import type { Due } from "./verify-operation.js";
import { givenSandboxGateway, worked } from "./verify.js";

/** A gateway whose runs the sandbox answers, and the fintech at it: what a story of verification is told with. */
export interface Telling {
  readonly gateway: Gateway;
  readonly caller: Caller;
}

export async function givenTelling(): Promise<Telling & AsyncDisposable> {
  const gateway = await givenSandboxGateway();
  return {
    gateway,
    caller: callerOf(gateway, gateway.fintech.token),
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

/** A person of that last name, for whom a run was asked for and what is due was done. */
export async function givenRan({ gateway, caller }: Telling, lastName: string): Promise<string> {
  await caller.person({ lastName });
  const { verification } = await caller.request("ada");
  await worked(gateway);
  return verification.id;
}

/** A company with its officer, for both of whom what is asked for was done; null asks for nothing. */
export async function givenCompanyRan(
  { gateway, caller }: Telling,
  legalName: string | null,
  officer: string | null,
): Promise<string> {
  await caller.person({ lastName: officer ?? "Moreno" });
  await caller.business({ legalName: legalName ?? "Alder Works LLC" });
  await caller.link("alder", "ada", "CONTROLLING_OFFICER", { details: "CEO" });
  if (officer) await caller.request("ada");
  const run = legalName ? (await caller.request("alder")).verification.id : "";
  await worked(gateway);
  return run;
}

export const codesOf = (due: readonly Due[]): string[] => due.map(({ code }) => code);
