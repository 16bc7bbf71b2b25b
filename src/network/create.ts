import { ZERO, isDecimal, type Decimal } from "../kernel/decimal.js";
import { Failure } from "../kernel/failure.js";
import type { Id } from "../kernel/id.js";
import type { Writer } from "../kernel/reader.js";
import { faultsOf, refuse, text } from "../kernel/validate.js";
import { Membership, NETWORK_ROLES, Network, Price, type CertificateProduct, type NetworkRole } from "./network.js";
import { Participant } from "./participant.js";

/** The operator's verbs: participants, networks, roles and prices. They are done at the command line, not over the API. */

/** Admits an institution to this installation. Names are unique. */
export async function createParticipant(write: Writer, name: string): Promise<Id<"par">> {
  refuse(faultsOf(text(200), name, "name"));
  if (await write.em.findOne(Participant, { name }))
    throw new Failure("CONFLICT", "A participant of this name exists.");
  const id = write.newId("par");
  write.em.create(Participant, { id, name, createdAt: write.now });
  return id;
}

/** Opens a network with its prices. Names are unique. */
export async function createNetwork(write: Writer, name: string): Promise<Id<"net">> {
  refuse(faultsOf(text(200), name, "name"));
  if (await write.em.findOne(Network, { name })) throw new Failure("CONFLICT", "A network of this name exists.");
  const id = write.newId("net");
  write.em.create(Network, { id, name, createdAt: write.now });
  return id;
}

/** Sets what a certificate of a product costs from now on, and what a no costs, where that is not free; what was charged before stays as it was. */
export async function setPrice(
  write: Writer,
  price: { networkId: Id<"net">; product: CertificateProduct; amount: string; noAmount?: string; currency: string },
): Promise<void> {
  const { networkId, product, amount, noAmount = ZERO, currency } = price;
  if (!isPrice(amount) || !isPrice(noAmount) || !/^[A-Z]{3}$/.test(currency))
    throw new Failure("BAD_USER_INPUT", "A price is an amount such as 2.50 and a currency such as USD.");
  if (!(await write.em.findOne(Network, networkId))) throw new Failure("NOT_FOUND", "Network not found.");
  const latest = await write.em.findOne(Price, { networkId, product }, { orderBy: { version: "desc" } });
  write.em.create(Price, {
    networkId,
    product,
    version: (latest?.version ?? 0) + 1,
    amount,
    noAmount,
    currency,
    effectiveAt: write.now,
  });
}

const isPrice = (amount: string): amount is Decimal => isDecimal(amount) && !amount.startsWith("-");

/** Gives a participant roles in a network; those it has already stay. */
export async function grantRoles(
  write: Writer,
  networkId: Id<"net">,
  participantId: Id<"par">,
  roles: readonly NetworkRole[],
): Promise<void> {
  if (!(await write.em.findOne(Network, networkId))) throw new Failure("NOT_FOUND", "Network not found.");
  if (!(await write.em.findOne(Participant, participantId))) throw new Failure("NOT_FOUND", "Participant not found.");
  for (const role of roles) {
    if (!NETWORK_ROLES.includes(role))
      throw new Failure("BAD_USER_INPUT", `A role is one of ${NETWORK_ROLES.join(", ")}.`);
    if (await write.em.findOne(Membership, { networkId, participantId, role })) continue;
    write.em.create(Membership, { networkId, participantId, role, grantedAt: write.now });
  }
}

/** Takes roles away, at once: evidence of a former furnisher no longer counts, a former querier no longer asks. */
export async function removeRoles(
  write: Writer,
  networkId: Id<"net">,
  participantId: Id<"par">,
  roles: readonly NetworkRole[],
): Promise<void> {
  await write.em.nativeDelete(Membership, { networkId, participantId, role: { $in: [...roles] } });
}
