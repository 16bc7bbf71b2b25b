/** What kind of proof a document is. */
export const IDENTITY_TYPES = ["license", "passport", "photo_id", "civil_record", "tax", "address", "company"] as const;
export type IdentityType = (typeof IDENTITY_TYPES)[number];

/** One kind of document that is taken: its name in the API, its name for people, and what it proves. */
export interface DocumentType {
  readonly name: string;
  readonly label: string;
  readonly identityType: IdentityType;
}

const row = (name: string, label: string, identityType: IdentityType): DocumentType => ({ name, label, identityType });

/** Every document that can be handed in. Levels choose from these names; another name is refused. */
export const DOCUMENT_TYPES: readonly DocumentType[] = [
  row("id_drivers_license", "Driver's license", "license"),
  row("id_permit", "Learner's permit", "license"),
  row("id_state", "State ID card", "photo_id"),
  row("id_military", "Military ID card", "photo_id"),
  row("id_passport", "Passport", "passport"),
  row("id_passport_card", "Passport card", "passport"),
  row("doc_green_card", "Permanent resident card", "photo_id"),
  row("doc_selfie", "Photograph of the person holding their ID", "photo_id"),
  row("doc_birth_certificate", "Birth certificate", "civil_record"),
  row("doc_marriage_certificate", "Marriage certificate", "civil_record"),
  row("doc_divorce_decree", "Divorce decree", "civil_record"),
  row("doc_court_order", "Court order for a change of name", "civil_record"),
  row("doc_ss_card", "Social Security card", "tax"),
  row("tax_w2", "Form W-2", "tax"),
  row("tax_1099", "Form 1099", "tax"),
  row("tax_147c", "IRS letter 147C", "tax"),
  row("doc_ein_letter", "IRS letter that assigns the EIN (CP 575)", "tax"),
  row("doc_irs_notice", "IRS notice that shows name and EIN", "tax"),
  row("utility_bill", "Utility bill", "address"),
  row("bank_statement", "Bank statement", "address"),
  row("mortgage_statement", "Mortgage statement", "address"),
  row("lease_agreement", "Lease agreement", "address"),
  row("doc_articles_of_incorporation", "Articles of incorporation or organization", "company"),
  row("doc_operating_agreement", "Operating agreement", "company"),
  row("doc_partnership_agreement", "Partnership agreement", "company"),
  row("doc_trust_agreement", "Trust agreement", "company"),
  row("doc_business_license", "Business license", "company"),
  row("doc_good_standing", "Certificate of good standing", "company"),
];

const NAMES: ReadonlySet<string> = new Set(DOCUMENT_TYPES.map(({ name }) => name));

export const isDocumentType = (name: string): boolean => NAMES.has(name);
