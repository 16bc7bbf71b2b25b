import { z } from "zod";
import { BUSINESS_TYPES } from "../entity/facts.js";
import { ENTITY_TYPES, type EntityType } from "../entity/entity.js";
import { isDocumentType } from "../document/document-type.js";
import { MEMBER_ROLES } from "../business/member.js";
import { CHECKED_ELEMENTS, type CheckedElement } from "./verification.js";

/** Levels are configuration: what is asked of whom, what answers it, and what can still be done after a no. */

const weight = z.number().min(0).max(100);

const levelSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "Must be 1 to 64 letters, digits, _ or -."),
  /** Whom it is for. */
  entityTypes: z.array(z.enum(ENTITY_TYPES)).min(1),
  /** Only businesses of these types; every type where it is left out. */
  businessTypes: z.array(z.enum(BUSINESS_TYPES)).min(1).nullable().default(null),
  /** Whether participants may use it without being approved for it by name. */
  open: z.boolean().default(true),
  /** The policy, by name, whose certificate answers this level; null where the network never does. */
  policy: z.string().min(1).max(100).nullable().default(null),
  /** Which elements are compared, in the order of the tags, and what each weighs in the score. A required one that does not match is a no. */
  checks: z
    .array(z.strictObject({ element: z.enum(CHECKED_ELEMENTS), weight, required: z.boolean().default(true) }))
    .min(1)
    .max(CHECKED_ELEMENTS.length),
  /** What a no of the checks makes of the run. */
  onMismatch: z.enum(["FAILED", "DOCUMENTS_REQUIRED"]).default("FAILED"),
  /** Documents that prove an element, by element. */
  documents: z.partialRecord(z.enum(CHECKED_ELEMENTS), z.array(z.string().min(1).max(64)).min(1).max(50)).default({}),
  attempts: z.int().min(1).max(10).default(2),
  /** Roles that a business must have filled before it is asked about. */
  requiredRoles: z.array(z.enum(MEMBER_ROLES)).default([]),
  /** Whether what a provider found is furnished as the participant's own attestations. */
  furnishes: z.boolean().default(true),
});
export type Level = z.output<typeof levelSchema>;

/** What can be compared at all, of whom. */
const COMPARABLE: Readonly<Record<EntityType, readonly CheckedElement[]>> = {
  INDIVIDUAL: ["NAME", "SSN", "DATE_OF_BIRTH", "ADDRESS", "PHONE"],
  BUSINESS: ["NAME", "EIN", "ADDRESS", "PHONE", "REPRESENTATIVE"],
};

/** A level that could only ever be in doubt, or asks for a document that there is none of, is a mistake. */
const workable = levelSchema.superRefine(({ checks, documents, entityTypes }, context) => {
  checks.forEach(({ element }, place) => {
    if (entityTypes.length > 0 && !entityTypes.some((type) => COMPARABLE[type].includes(element)))
      context.addIssue({
        code: "custom",
        path: ["checks", place, "element"],
        message: "Cannot be compared of whom the level is for.",
      });
  });
  for (const [element, types] of Object.entries(documents))
    types.forEach((type, place) => {
      if (!isDocumentType(type))
        context.addIssue({ code: "custom", path: ["documents", element, place], message: "Is no type of document." });
    });
});

const ADDRESS_PROOF = ["utility_bill", "bank_statement", "lease_agreement", "id_drivers_license", "id_state"];
const NAME_PROOF = [
  "id_drivers_license",
  "id_state",
  "id_passport",
  "id_passport_card",
  "doc_marriage_certificate",
  "doc_divorce_decree",
  "doc_court_order",
  "doc_ss_card",
  "tax_w2",
];
const BIRTH_PROOF = ["id_drivers_license", "id_state", "id_passport", "id_passport_card", "doc_birth_certificate"];
const SSN_PROOF = ["doc_ss_card", "tax_w2", "tax_1099"];
const IDENTITY_PROOF = ["id_drivers_license", "id_state", "id_passport", "id_passport_card", "doc_green_card"];
const COMPANY_PROOF = ["doc_articles_of_incorporation", "doc_operating_agreement", "doc_business_license"];
const EIN_PROOF = ["doc_ein_letter", "tax_147c", "doc_irs_notice"];

const PERSON = {
  entityTypes: ["INDIVIDUAL" as EntityType],
  checks: [
    { element: "NAME", weight: 30 },
    { element: "SSN", weight: 30 },
    { element: "DATE_OF_BIRTH", weight: 20 },
    { element: "PHONE", weight: 5, required: false },
    { element: "ADDRESS", weight: 15 },
  ],
  documents: {
    NAME: NAME_PROOF,
    SSN: SSN_PROOF,
    DATE_OF_BIRTH: BIRTH_PROOF,
    ADDRESS: ADDRESS_PROOF,
    FRAUD: IDENTITY_PROOF,
    DOCUMENT: IDENTITY_PROOF,
  },
};

const COMPANY = {
  entityTypes: ["BUSINESS" as EntityType],
  documents: { NAME: COMPANY_PROOF, EIN: EIN_PROOF, ADDRESS: ADDRESS_PROOF, FRAUD: COMPANY_PROOF },
};

/** What every gateway starts with. The first that fits an entity and is approved is asked where none is named. */
const SHIPPED = [
  { ...PERSON, name: "KYC-STANDARD", policy: "KYC_STANDARD" },
  { ...PERSON, name: "DOC_KYC", policy: "CIP_INDIVIDUAL", onMismatch: "DOCUMENTS_REQUIRED", open: false },
  {
    ...COMPANY,
    name: "KYB-LITE",
    businessTypes: ["sole_proprietorship", "trust", "unincorporated_association"],
    open: false,
    policy: "KYB_STANDARD",
    checks: [
      { element: "ADDRESS", weight: 25 },
      { element: "EIN", weight: 10, required: false },
      { element: "NAME", weight: 60 },
      { element: "PHONE", weight: 5, required: false },
    ],
  },
  {
    ...COMPANY,
    name: "KYB-STANDARD",
    policy: "KYB_STANDARD",
    requiredRoles: ["CONTROLLING_OFFICER"],
    checks: [
      { element: "ADDRESS", weight: 15 },
      { element: "EIN", weight: 35 },
      { element: "NAME", weight: 35 },
      { element: "PHONE", weight: 5, required: false },
      { element: "REPRESENTATIVE", weight: 10, required: false },
    ],
  },
];

const levelsSchema = z
  .array(workable)
  .min(1, "Must hold at least one level.")
  .max(50, "Must hold at most 50 levels.")
  .refine((levels) => new Set(levels.map(({ name }) => name)).size === levels.length, "Must not name a level twice.");

/** Levels from configuration, judged; throws zod's error with every fault. */
export const parseLevels = (value: unknown): readonly Level[] => levelsSchema.parse(value);

export const SHIPPED_LEVELS: readonly Level[] = parseLevels(SHIPPED);

/** Which documents prove an element at a level. */
export const documentsFor = (level: Level, element: CheckedElement): readonly string[] =>
  level.documents[element] ?? [];

/** The levels that an entity could be asked at, in the order of preference. */
export const levelsFor = (
  levels: readonly Level[],
  entityType: EntityType,
  businessType: string | null,
): readonly Level[] =>
  levels.filter(
    (level) =>
      level.entityTypes.includes(entityType) &&
      (level.businessTypes === null || level.businessTypes.some((type) => type === businessType)),
  );
