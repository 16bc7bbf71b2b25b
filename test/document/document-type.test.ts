import { DOCUMENT_TYPES, IDENTITY_TYPES, isDocumentType } from "../../src/document/document-type.js";
import { SHIPPED_LEVELS } from "../../src/verification/level.js";

describe("DOCUMENT_TYPES", () => {
  it("are 28, each named once in the published spelling", () => {
    const names = DOCUMENT_TYPES.map(({ name }) => name);
    expect(new Set(names).size).toBe(28);
    expect(names.filter((name) => !/^[a-z0-9_]{1,64}$/.test(name))).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(["id_drivers_license", "doc_green_card", "bank_statement"]));
  });

  it("hold every document that a shipped level asks for", () => {
    const asked = SHIPPED_LEVELS.flatMap(({ documents }) => Object.values(documents).flat());
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((name) => !isDocumentType(name))).toEqual([]);
  });

  it("leave no kind of proof without a document", () => {
    expect(new Set(DOCUMENT_TYPES.map(({ identityType }) => identityType))).toEqual(new Set(IDENTITY_TYPES));
  });
});
