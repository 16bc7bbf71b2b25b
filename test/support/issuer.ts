import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SignJWT, exportJWK, generateKeyPair, type CryptoKey, type JWTPayload } from "jose";

/** An issuer of staff tokens: its keys are served over HTTP, as a login provider serves them. */
export interface Issuer extends AsyncDisposable {
  readonly url: string;
  readonly audience: string;
  /** What a gateway is told to trust it. */
  readonly environment: Readonly<Record<string, string>>;
  /** How often its keys were fetched. */
  readonly fetched: () => number;
  /** A token with these claims, in seconds; signed with another key where one is given. */
  readonly sign: (
    claims: JWTPayload,
    by?: { readonly alg: string; readonly key: CryptoKey | Uint8Array },
  ) => Promise<string>;
}

const ALGORITHM = "ES256";
const AUDIENCE = "attestry";

export async function givenIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "one", alg: ALGORITHM, use: "sig" }] });
  let fetched = 0;
  const server = createServer((request, response) => {
    fetched += 1;
    const found = request.url === "/.well-known/jwks.json";
    response.writeHead(found ? 200 : 404, { "content-type": "application/json" }).end(found ? jwks : "{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    audience: AUDIENCE,
    environment: { OIDC_ISSUER: url, OIDC_AUDIENCE: AUDIENCE },
    fetched: () => fetched,
    sign: (claims, { alg, key } = { alg: ALGORITHM, key: privateKey }) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid: "one" }).sign(key),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
