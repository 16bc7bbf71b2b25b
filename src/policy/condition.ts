import type { Fault } from "../kernel/failure.js";
import { never } from "../kernel/never.js";
import { fieldSchema } from "../attestation/check.js";
import { SUB_PRODUCTS, type Field, type SubProductKind } from "../attestation/sub-product.js";
import type { ConditionOperator, PolicyCondition } from "./policy.js";

/** Which operators make sense for a field, by its type: the rest is refused when the policy is written. */
const OPERATORS: Readonly<Record<Field["type"], readonly ConditionOperator[]>> = {
  TEXT: ["EQ", "IN"],
  TEXTS: ["CONTAINS"],
  DATE: ["EQ", "GTE", "LTE"],
  BOOLEAN: ["EQ"],
  COUNT: ["EQ", "IN", "GTE", "LTE"],
  SCORE: ["GTE", "LTE"],
};

const MANY: ReadonlySet<ConditionOperator> = new Set(["IN", "CONTAINS"]);
const MAX_VALUES = 50;

/** A value as a policy spells it, as the field's own type; undefined where the text is not one. */
function valueOf(field: Field, text: string): unknown {
  switch (field.type) {
    case "TEXT":
    case "DATE":
      return text;
    case "TEXTS":
      return [text];
    case "BOOLEAN":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "COUNT":
    case "SCORE":
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
    default:
      return never(field);
  }
}

/** Every fault of a condition on attestations of these kinds, with its path below `base`. */
export function faultsOfCondition(condition: PolicyCondition, kinds: readonly SubProductKind[], base: string): Fault[] {
  return kinds.flatMap((kind) => faultsFor(condition, kind, base));
}

function faultsFor({ field: name, operator, values }: PolicyCondition, kind: SubProductKind, base: string): Fault[] {
  const field = Object.hasOwn(SUB_PRODUCTS[kind].fields, name) ? SUB_PRODUCTS[kind].fields[name] : undefined;
  if (!field) return [{ path: `${base}.field`, message: `Is no data field of ${kind}.` }];
  if (field.type === "TEXT" && field.personal)
    return [{ path: `${base}.field`, message: "Is personal: no policy may depend on it." }];
  const operators = OPERATORS[field.type];
  if (!operators.includes(operator))
    return [{ path: `${base}.operator`, message: `Must be one of ${operators.join(", ")} for this field.` }];
  const faults: Fault[] = [];
  const most = MANY.has(operator) ? MAX_VALUES : 1;
  if (values.length < 1 || values.length > most)
    faults.push({
      path: `${base}.values`,
      message: most === 1 ? "Must be exactly one value." : `Must be 1 to ${most} values.`,
    });
  values.forEach((text, index) => {
    const [issue] = fieldSchema(field).safeParse(valueOf(field, text)).error?.issues ?? [];
    if (issue) faults.push({ path: `${base}.values[${index}]`, message: issue.message });
  });
  return faults;
}

/** Whether an attestation's data meets a condition that was checked when it was written. What is absent meets nothing. */
export function meets(condition: PolicyCondition, data: Readonly<Record<string, unknown>>): boolean {
  const actual = data[condition.field];
  if (actual === undefined || actual === null) return false;
  switch (condition.operator) {
    case "EQ":
    case "IN":
      return condition.values.some((wanted) => equals(actual, wanted));
    case "GTE":
      return compare(actual, condition.values[0]!) >= 0;
    case "LTE":
      return compare(actual, condition.values[0]!) <= 0;
    case "CONTAINS":
      return Array.isArray(actual) && condition.values.every((wanted) => actual.includes(wanted));
    default:
      return never(condition.operator);
  }
}

const equals = (actual: unknown, wanted: string): boolean =>
  typeof actual === "number" ? actual === Number(wanted) : String(actual) === wanted;

/** Numbers by size; dates as text, whose order is their order. */
function compare(actual: unknown, wanted: string): number {
  if (typeof actual === "number") return actual - Number(wanted);
  const text = String(actual);
  return text === wanted ? 0 : text < wanted ? -1 : 1;
}
