import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import type { Instant } from "../kernel/instant.js";
import { describedEnum } from "../graph/connection.js";
import type { Context } from "../graph/context.js";
import { manyCost } from "../graph/cost.js";
import { Node } from "../graph/node.js";
import { documentsOfVerification } from "../graph/relation.js";
import { DateTimeScalar } from "../graph/scalars.js";
import { DOCUMENT, ENTITY, VERIFICATION } from "../graph/source.js";
import { VerificationType } from "../verification/graph.js";
import type { Document } from "./document.js";
import { DOCUMENT_TYPES, type DocumentType as Accepted, type IdentityType } from "./document-type.js";
import { filenameOf } from "./filename.js";
import { submitBase64 } from "./submit-base64.js";
import { MAX_DOCUMENTS } from "./submit.js";

export const IdentityTypeEnum = describedEnum<IdentityType>("IdentityType", "What kind of proof a document is.", {
  license: "A license to drive, which names an address too.",
  passport: "A passport.",
  photo_id: "Another proof with a photograph.",
  civil_record: "A record of birth, marriage, divorce or a change of name.",
  tax: "A paper that shows a tax number.",
  address: "A paper that shows where somebody lives or works.",
  company: "A paper of a business.",
});

@ObjectType("Document", {
  implements: Node,
  description:
    "Evidence that was handed in for a verification. Its bytes are read at `GET /documents/{id}`, for a reason.",
  simpleResolvers: true,
})
export class DocumentType extends Node {
  @Field(() => String, { description: "What it is: one of `documentTypes`." })
  documentType!: string;
  @Field(() => String, { description: "Its MIME type, by its content." })
  mimeType!: string;
  @Field(() => String, { description: "SHA-256 of its bytes, in hex." })
  sha256!: string;
  @Field(() => Int, { description: "How many bytes it has." })
  sizeBytes!: number;
  @Field(() => DateTimeScalar, { description: "When it came in." })
  receivedAt!: Instant;
}

@ObjectType({ description: "A type of document that can be handed in.", simpleResolvers: true })
export class AcceptedDocumentType {
  @Field(() => String, { description: "Its name, for `documentType`." })
  name!: string;
  @Field(() => String, { description: "Its name for people." })
  label!: string;
  @Field(() => IdentityTypeEnum, { description: "What kind of proof it is." })
  identityType!: IdentityType;
}

@InputType({ description: "A document, as text. Larger files are sent as they are, to `POST /documents`." })
export class SubmitDocumentInput {
  @Field(() => ID, { description: "The verification that it is for." })
  verificationId!: string;
  @Field(() => String, { description: "One of `documentTypes`." })
  documentType!: string;
  @Field(() => String, { description: "The file's name, without a path. Kept sealed." })
  filename!: string;
  @Field(() => String, {
    description: "PDF, JPEG, PNG, HEIC, HEIF, WebP or TIFF, as a MIME type. The content must be what it says.",
  })
  mimeType!: string;
  @Field(() => String, {
    description:
      "The bytes in base64, padded and in one line: up to about 3 MB. Send larger ones to `POST /documents`.",
  })
  contentBase64!: string;
}

@ObjectType({ description: "A document that was handed in.", simpleResolvers: true })
export class SubmitDocumentPayload {
  @Field(() => DocumentType, {
    description: "The document; where the same bytes had been handed in for this verification before, the one of then.",
  })
  document!: Document;
}

@Resolver(() => DocumentType)
export class DocumentResolver {
  @FieldResolver(() => VerificationType, { nullable: true, description: "What it was handed in for." })
  verification(@Root() document: Document, @Ctx() { load }: Context) {
    return load.one(VERIFICATION, document.verificationId);
  }

  @FieldResolver(() => String, { description: "The file's name. Empty once the subject was erased." })
  async filename(@Root() document: Document, @Ctx() { load, read }: Context): Promise<string> {
    return filenameOf(read.vault, await load.one(ENTITY, document.entityId), document);
  }

  @Query(() => [AcceptedDocumentType], {
    description: "The types of documents that can be handed in.",
    complexity: manyCost(DOCUMENT_TYPES.length),
  })
  documentTypes(): readonly Accepted[] {
    return DOCUMENT_TYPES;
  }

  @Mutation(() => SubmitDocumentPayload, {
    description:
      "Hands in a document for a verification that is in review, needs documents or has failed. It is for the document to be looked at then.",
  })
  async submitDocument(
    @Arg("input", () => SubmitDocumentInput, { description: "Which, and for what." }) input: SubmitDocumentInput,
    @Ctx() { commit, documents, load }: Context,
  ) {
    const id = await submitBase64(commit, documents, input);
    return { document: await load.must(DOCUMENT, id) };
  }
}

/** What documents add to a verification. */
@Resolver(() => VerificationType)
export class VerificationDocumentResolver {
  @FieldResolver(() => [DocumentType], {
    description: `What was handed in for it, in the order in which it came, up to ${MAX_DOCUMENTS}.`,
    complexity: manyCost(2),
  })
  documents(@Root() verification: { id: string }, @Ctx() { load }: Context) {
    return load.many(documentsOfVerification, verification.id);
  }
}
