import { z } from "zod";
import type { Fault } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, optional, refuse, text } from "../kernel/validate.js";
import { kindsOf, type SubProductKind } from "../attestation/sub-product.js";
import { CERTIFICATE_PRODUCTS, type CertificateProduct } from "../network/network.js";
import { permit, requireRole } from "../network/permit.js";
import { faultsOfCondition } from "./condition.js";
import {
  ATTESTATION_SELECTIONS,
  CONDITION_OPERATORS,
  Policy,
  type AttestationSelection,
  type PolicyCondition,
  type PolicyRequirement,
} from "./policy.js";

export interface RequirementInput {
  readonly key: string;
  readonly kinds: readonly SubProductKind[];
  readonly required?: boolean;
  readonly maxAgeDays?: number | null;
  readonly conditions?: readonly PolicyCondition[] | null;
  readonly furnisherIds?: readonly string[] | null;
}

export interface CreatePolicy {
  readonly networkId: string;
  readonly name: string;
  readonly product: CertificateProduct;
  readonly selection: AttestationSelection;
  readonly acceptsDisputed?: boolean | null;
  readonly requirements: readonly RequirementInput[];
}

const MAX_REQUIREMENTS = 20;
const MAX_CONDITIONS = 10;
const MAX_FURNISHERS = 100;
const MAX_AGE_DAYS = 36_500;

const condition = z.object({
  field: z.string(),
  operator: z.enum(CONDITION_OPERATORS),
  values: z.array(z.string().max(200)),
});

const requirementSchema = (kinds: readonly SubProductKind[]) =>
  z.object({
    key: z.string().regex(/^[A-Za-z][\w-]{0,49}$/, "Must be 1 to 50 letters, digits, _ or -, beginning with a letter."),
    kinds: z
      .array(z.string().refine((kind) => kinds.includes(kind as SubProductKind), "Is no sub-product of this product."))
      .min(1, "Must name at least one kind."),
    maxAgeDays: optional(
      z
        .int("Must be a whole number.")
        .min(1, "Must be at least 1.")
        .max(MAX_AGE_DAYS, `Must be at most ${MAX_AGE_DAYS}.`),
    ),
    conditions: optional(z.array(condition).max(MAX_CONDITIONS, `Must hold at most ${MAX_CONDITIONS} conditions.`)),
    furnisherIds: optional(
      z
        .array(z.string())
        .min(1, "Must name at least one furnisher, or be left out for all.")
        .max(MAX_FURNISHERS, `Must name at most ${MAX_FURNISHERS} furnishers.`),
    ),
  });

const schema = (product: CertificateProduct) =>
  z.object({
    name: text(100),
    product: z.enum(CERTIFICATE_PRODUCTS),
    selection: z.enum(ATTESTATION_SELECTIONS),
    requirements: z
      .array(requirementSchema(kindsOf(product)))
      .min(1, "Must hold at least one requirement.")
      .max(MAX_REQUIREMENTS, `Must hold at most ${MAX_REQUIREMENTS} requirements.`),
  });

/** Writes a draft; the same name again is the next version. Every field, operator and value is checked now, not when it is used. */
export async function createPolicy(write: Writer, input: CreatePolicy): Promise<Id<"pol">> {
  permit(write.actor, "writePolicies");
  await requireRole(write, [input.networkId], "GOVERNOR", "input.networkId");
  refuse(await faultsOfFurnishers(write, input));
  return draft(write, input);
}

/** A policy may name furnishers of its own network only: whether others exist, it does not tell. */
async function faultsOfFurnishers(write: Writer, { networkId, requirements }: CreatePolicy): Promise<Fault[]> {
  const rows = await write.rows<{ id: string }>(
    "select participant_id as id from membership where network_id = ? and role = 'FURNISHER'",
    [networkId],
  );
  const furnishers = new Set(rows.map(({ id }) => id));
  return requirements.flatMap(({ furnisherIds }, index) =>
    (furnisherIds ?? []).flatMap((id, at) =>
      furnishers.has(id)
        ? []
        : [{ path: `input.requirements[${index}].furnisherIds[${at}]`, message: "Is no furnisher of this network." }],
    ),
  );
}

/** The draft itself, for a governor over the API and for the operator who opens a network. */
export async function draft(write: Writer, input: CreatePolicy): Promise<Id<"pol">> {
  refuse(faultsOfPolicy(input));
  const networkId = input.networkId as Id<"net">;
  const name = input.name.trim();
  const latest = await write.em.findOne(Policy, { networkId, name }, { orderBy: { version: "desc" } });
  const id = write.newId("pol");
  write.em.create(Policy, {
    id,
    networkId,
    name,
    version: (latest?.version ?? 0) + 1,
    product: input.product,
    selection: input.selection,
    status: "DRAFT",
    acceptsDisputed: input.acceptsDisputed ? 1 : 0,
    requirements: JSON.stringify(input.requirements.map(completed)),
    defaultFor: null,
    createdAt: write.now,
  });
  return id;
}

/** A requirement as it is stored: everything said, in one order. */
export const completed = (requirement: RequirementInput): PolicyRequirement => ({
  key: requirement.key,
  kinds: [...requirement.kinds],
  required: requirement.required ?? true,
  maxAgeDays: requirement.maxAgeDays ?? null,
  conditions: (requirement.conditions ?? []).map(({ field, operator, values }) => ({
    field,
    operator,
    values: [...values],
  })),
  furnisherIds: requirement.furnisherIds ? [...requirement.furnisherIds] : null,
});

/** Shape, and what holds between the parts, all at once; a place that is faulty in its shape is named once. */
export function faultsOfPolicy(input: CreatePolicy): Fault[] {
  const faults = faultsOf(schema(input.product), input, "input");
  const named = new Set(faults.map(({ path }) => path));
  return [...faults, ...faultsOfRequirements(input).filter(({ path }) => !named.has(path))];
}

/** What no single requirement shows: keys and kinds are used once, so that each block of a certificate answers one requirement. */
function faultsOfRequirements({ product, requirements }: CreatePolicy): Fault[] {
  const ofProduct = kindsOf(product);
  const seen = new Set<string>();
  const once = (what: string, path: string): Fault[] => {
    if (seen.has(what)) return [{ path, message: "Must be used only once in a policy." }];
    seen.add(what);
    return [];
  };
  return requirements.flatMap((requirement, index) => {
    const path = `input.requirements[${index}]`;
    return [
      ...once(`key ${requirement.key}`, `${path}.key`),
      ...requirement.kinds.flatMap((kind, at) => once(`kind ${kind}`, `${path}.kinds[${at}]`)),
      ...(requirement.conditions ?? []).flatMap((one, at) =>
        faultsOfCondition(
          one,
          requirement.kinds.filter((kind) => ofProduct.includes(kind)),
          `${path}.conditions[${at}]`,
        ),
      ),
    ];
  });
}
