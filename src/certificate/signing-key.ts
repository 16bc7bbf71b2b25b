import { defineEntity, p, type InferEntity } from "@mikro-orm/core";
import type { Instant } from "../kernel/instant.js";

/** A key that signs certificates. The newest that is not retired signs; every one verifies, for as long as its certificates live. */
export const SigningKey = defineEntity({
  name: "SigningKey",
  tableName: "signing_key",
  properties: {
    /** The key id: the RFC 7638 thumbprint of the public key. */
    kid: p.text().primary(),
    /** JSON Web Key, public part. */
    publicJwk: p.text(),
    /** The data key that the private part is sealed under, wrapped. */
    wrappedKey: p.text(),
    /** JSON Web Key, private part, sealed. */
    sealedPrivateJwk: p.text(),
    createdAt: p.text().$type<Instant>(),
    retiredAt: p.text().$type<Instant>().nullable(),
  },
});
export type SigningKey = InferEntity<typeof SigningKey>;
