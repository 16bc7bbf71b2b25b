import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  Float,
  InputType,
  Int,
  InterfaceType,
  ObjectType,
  Resolver,
  Root,
  type ClassType,
} from "type-graphql";
import type { Id } from "../kernel/id.js";
import type { Attestation } from "../attestation/attestation.js";
import { openValues, mask } from "../attestation/personal.js";
import { parseStatement, type Statement } from "../attestation/statement.js";
import {
  SUB_PRODUCTS,
  SUB_PRODUCT_KINDS,
  countsRule,
  kindsOf,
  type Field as DataField,
  type SubProductKind,
} from "../attestation/sub-product.js";
import type { CertificateProduct } from "../network/network.js";
import { describedEnum } from "./connection.js";
import type { Context } from "./context.js";
import { ENTITY } from "./source.js";
import { revealOnce } from "./reveal.js";
import { DateScalar, DateTimeScalar } from "./scalars.js";

/** Everything that the schema says about sub-products is derived here from their one table: another row is another type. */

export const SubProductKindEnum = describedEnum<SubProductKind>(
  "SubProductKind",
  "Which check was done: one of the sub-products of a certificate.",
  Object.fromEntries(SUB_PRODUCT_KINDS.map((kind) => [kind, SUB_PRODUCTS[kind].about])) as Record<
    SubProductKind,
    string
  >,
);

/** A sub-product as the schema shows it: what one attestation states, in the network where it counts. */
export interface SubProductRow {
  readonly kind: SubProductKind;
  readonly assertion: boolean;
  readonly performedAt: string;
  readonly attestation: Attestation;
  readonly networkId: Id<"net">;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A sub-product that reads its statement when somebody asks what was found: most ask who did which check, and when. */
export function rowOf(attestation: Attestation, networkId: Id<"net">): SubProductRow {
  let read: Statement | null = null;
  const statement = (): Statement => (read ??= parseStatement(attestation.statement));
  return {
    kind: attestation.kind,
    performedAt: attestation.performedAt,
    attestation,
    networkId,
    get assertion() {
      return statement().assertion;
    },
    get data() {
      return { ...statement().data, [ORIGIN]: attestation };
    },
  };
}

/** Where the data came from, for personal values that are kept sealed beside the statement. */
const ORIGIN = Symbol("attestation");

@InterfaceType("SubProduct", {
  description: "One block of a certificate: what was attested, when, by whom, on what evidence.",
  resolveType: ({ kind }: SubProductRow) => SUB_PRODUCTS[kind].typeName,
})
export abstract class SubProductInterface {
  @Field(() => SubProductKindEnum, { description: "Which check it is." })
  kind!: SubProductKind;
  @Field(() => Boolean, { description: "Whether the check holds." })
  assertion!: boolean;
  @Field(() => DateTimeScalar, { nullable: true, description: "When the check was done." })
  performedAt!: string;
}

@InputType({
  description: "The outcome at one source; counts and totals are computed from these where they are not given.",
})
export class SourceOutcomeInput {
  @Field(() => String, { description: "Which kind of source it was." })
  method!: string;
  @Field(() => String, { description: "What it said." })
  outcome!: string;
}

const words = (field: DataField): string =>
  "words" in field && field.words ? ` One of ${field.words.join(", ")}.` : "";

function typeOf(field: DataField): () => object {
  switch (field.type) {
    case "TEXTS":
      return () => [String];
    case "DATE":
      return () => DateScalar;
    case "BOOLEAN":
      return () => Boolean;
    case "COUNT":
      return () => Int;
    case "SCORE":
      return () => Float;
    default:
      return () => String;
  }
}

const isPersonal = (field: DataField): boolean => field.type === "TEXT" && field.personal === true;

/** `@Field` for a property that no source file spells out. */
const addField = (
  target: ClassType,
  name: string,
  type: () => object,
  options: { nullable?: boolean; description: string; defaultValue?: unknown },
): void => Field(type as () => ClassType, options)(target.prototype, name);

/** A class whose only purpose is to carry metadata under a name. */
const named = (name: string): ClassType => ({ [name]: class {} })[name] as ClassType;

function dataTypeOf(kind: SubProductKind): ClassType {
  const { typeName, fields } = SUB_PRODUCTS[kind];
  const target = named(`${typeName}Data`);
  for (const [name, field] of Object.entries(fields)) {
    if (!isPersonal(field))
      addField(target, name, typeOf(field), { nullable: true, description: field.about + words(field) });
  }
  ObjectType(`${typeName}Data`, { description: `What was found. ${SUB_PRODUCTS[kind].about}`, simpleResolvers: true })(
    target,
  );
  return target;
}

/** The door to the personal values of one kind: masked, unless the reason for looking is on record. */
function personalResolverOf(kind: SubProductKind, dataType: ClassType): ClassType[] {
  const personal = Object.entries(SUB_PRODUCTS[kind].fields).filter(([, field]) => isPersonal(field));
  if (personal.length === 0) return [];
  const resolver = named(`${SUB_PRODUCTS[kind].typeName}DataResolver`);
  const prototype = resolver.prototype as Record<string, unknown>;
  for (const [name, field] of personal) {
    prototype[name] = (data: Record<symbol, unknown>, reason: string | undefined, context: Context) =>
      personalValue(data[ORIGIN] as Attestation, name, reason, context);
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name)!;
    Root()(prototype, name, 0);
    Arg("reveal", () => String, {
      nullable: true,
      description: "Shows the value in the clear. Says why; who asked, when and why is recorded.",
    })(prototype, name, 1);
    Ctx()(prototype, name, 2);
    FieldResolver(() => String, {
      nullable: true,
      description: `${field.about} Masked unless \`reveal\` names a reason.`,
    })(prototype, name, descriptor);
  }
  Resolver(() => dataType)(resolver);
  return [resolver];
}

async function personalValue(
  attestation: Attestation,
  name: string,
  reason: string | undefined,
  context: Context,
): Promise<string | null> {
  const entity = await context.load.one(ENTITY, attestation.entityId);
  const value = openValues(context.read.vault, entity?.wrappedKey ?? null, attestation)[name]?.value;
  if (value === undefined) return null;
  return (await revealOnce(context, attestation.entityId, reason, name)) ? value : mask(value);
}

function objectTypeOf(kind: SubProductKind, dataType: ClassType): ClassType {
  const { typeName, about } = SUB_PRODUCTS[kind];
  const target = named(typeName);
  addField(target, "data", () => dataType, { description: "What was found." });
  ObjectType(typeName, { implements: SubProductInterface, description: about, simpleResolvers: true })(target);
  return target;
}

function inputTypeOf(kind: SubProductKind): ClassType {
  const { typeName, fields, about } = SUB_PRODUCTS[kind];
  const target = named(`${typeName}Input`);
  addField(target, "performedAt", () => DateTimeScalar, { description: "When the check was done; not in the future." });
  addField(target, "assertion", () => Boolean, {
    defaultValue: true,
    description: "Whether the check holds. Where it does not, no data is given.",
  });
  if (countsRule(kind))
    addField(target, "sources", () => [SourceOutcomeInput], {
      nullable: true,
      description: "The sources one by one; counts and totals follow from them.",
    });
  for (const [name, field] of Object.entries(fields))
    addField(target, name, typeOf(field), { nullable: true, description: field.about + words(field) });
  InputType(`${typeName}Input`, { description: about })(target);
  return target;
}

const dataTypes = new Map(SUB_PRODUCT_KINDS.map((kind) => [kind, dataTypeOf(kind)]));
const inputTypes = new Map(SUB_PRODUCT_KINDS.map((kind) => [kind, inputTypeOf(kind)]));

/** The object type of each kind. */
export const SUB_PRODUCT_TYPES: ReadonlyMap<SubProductKind, ClassType> = new Map(
  SUB_PRODUCT_KINDS.map((kind) => [kind, objectTypeOf(kind, dataTypes.get(kind)!)]),
);

/** One field a kind on whatever has blocks, named as in the table: `documentCapture`, `documentReview` and so on. */
export function blockResolverOf(
  owner: () => ClassType,
  blocksOf: (row: { id: string }, context: Context) => Promise<readonly SubProductRow[]>,
): ClassType {
  const resolver = named("BlockResolver");
  const prototype = resolver.prototype as Record<string, unknown>;
  for (const [kind, type] of SUB_PRODUCT_TYPES) {
    const { fieldName, about } = SUB_PRODUCTS[kind];
    prototype[fieldName] = async (row: { id: string }, context: Context) =>
      (await blocksOf(row, context)).find((block) => block.kind === kind) ?? null;
    Root()(prototype, fieldName, 0);
    Ctx()(prototype, fieldName, 1);
    const description = `${about} Null where there is no such block.`;
    FieldResolver(() => type, { nullable: true, description })(
      prototype,
      fieldName,
      Object.getOwnPropertyDescriptor(prototype, fieldName)!,
    );
  }
  Resolver(owner)(resolver);
  return resolver;
}

/** The doors to personal values, for the schema. */
export const SUB_PRODUCT_RESOLVERS: readonly ClassType[] = SUB_PRODUCT_KINDS.flatMap((kind) =>
  personalResolverOf(kind, dataTypes.get(kind)!),
);

/** Adds one optional check for each kind of a product to the input type of its records. */
export function addChecks(record: ClassType, product: CertificateProduct): void {
  for (const kind of kindsOf(product)) {
    const { fieldName, about } = SUB_PRODUCTS[kind];
    addField(record, fieldName, () => inputTypes.get(kind)!, { nullable: true, description: about });
  }
}
