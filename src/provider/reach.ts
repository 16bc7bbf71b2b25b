import type { LookupAddress } from "node:dns";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { Unanswered } from "./unanswered.js";

/** Every address behind a name. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

/** Where a request may go: which address is asked, and whether it may lie in a private network. */
export interface Destination {
  readonly url: URL;
  readonly allowPrivate: boolean;
}

/** All of IPv6 that is routed in public; what embeds an IPv4 address lies outside or is named by its range. */
const PUBLIC_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

/** Whether an address is one of the public internet: nothing private, local, mapped, translated or reserved. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return false;
  return parsed.kind() === "ipv4" || parsed.match(PUBLIC_IPV6);
}

const literalOf = (hostname: string): LookupAddress | null => {
  const address = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(address);
  return family === 0 ? null : { address, family };
};

const resolved = (name: string, resolve: Resolve): Promise<readonly LookupAddress[]> =>
  resolve(name).catch(() => {
    throw new Unanswered("NAME_UNKNOWN");
  });

/**
 * The addresses that may be connected to, found once: whoever connects uses these and asks nobody again, so a name cannot turn to
 * another address between the judgement and the connection. One address that is not public spoils the name. The URL has already
 * made decimal, octal and hexadecimal spellings into plain ones.
 */
export async function reach({ url, allowPrivate }: Destination, resolve: Resolve): Promise<readonly LookupAddress[]> {
  if (url.protocol !== "https:" && !(allowPrivate && url.protocol === "http:")) throw new Unanswered("ADDRESS_REFUSED");
  const literal = literalOf(url.hostname);
  const addresses = literal ? [literal] : await resolved(url.hostname, resolve);
  if (addresses.length === 0) throw new Unanswered("NAME_UNKNOWN");
  if (!allowPrivate && !addresses.every(({ address }) => isPublic(address))) throw new Unanswered("ADDRESS_REFUSED");
  return addresses;
}
