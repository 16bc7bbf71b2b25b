import { Argument, Option, type Command } from "commander";
import type { Id } from "../kernel/id.js";
import { createNetwork, grantRoles, removeRoles, setPrice } from "../network/create.js";
import { CERTIFICATE_PRODUCTS, NETWORK_ROLES, type CertificateProduct, type NetworkRole } from "../network/network.js";
import { shipPolicies } from "../policy/shipped.js";
import { asOperator, listRows } from "./open.js";

const roles = () => new Argument("<roles...>", "what it may do").choices(NETWORK_ROLES);
interface PriceOptions {
  readonly product: CertificateProduct;
  readonly refusal: string;
  readonly currency: string;
}

const refusal = () => new Option("--refusal <amount>", "what a no costs; coverage says so before").default("0.00");
const currency = () => new Option("--currency <code>", "three letters, ISO 4217").default("USD");

export function addNetwork(program: Command): void {
  const network = program.command("network").description("Networks of institutions, their roles and prices.");

  network
    .command("create <name>")
    .description("Open a network with the policies that are shipped. Prints its id.")
    .option("--price <amount>", "what one certificate costs, such as 2.50", "0.00")
    .addOption(refusal())
    .addOption(currency())
    .action(async (name: string, price: { price: string; refusal: string; currency: string }) =>
      console.log(
        await asOperator(async (write) => {
          const networkId = await createNetwork(write, name);
          await shipPolicies(write, networkId);
          for (const product of CERTIFICATE_PRODUCTS)
            await setPrice(write, {
              networkId,
              product,
              amount: price.price,
              noAmount: price.refusal,
              currency: price.currency,
            });
          return networkId;
        }),
      ),
    );

  network
    .command("list")
    .description("Every network with who takes part in it.")
    .action(() =>
      listRows(
        `select n.id, n.name, p.id as "participant", p.name as "participantName", m.role
           from network n left join membership m on m.network_id = n.id left join participant p on p.id = m.participant_id
          order by n.id, p.id, m.role`,
      ),
    );

  network
    .command("grant <network> <participant>")
    .addArgument(roles())
    .description("Give an institution roles in a network.")
    .action((networkId: Id<"net">, participantId: Id<"par">, names: NetworkRole[]) =>
      asOperator((write) => grantRoles(write, networkId, participantId, names)),
    );

  network
    .command("remove <network> <participant>")
    .addArgument(roles())
    .description("Take roles away, at once.")
    .action((networkId: Id<"net">, participantId: Id<"par">, names: NetworkRole[]) =>
      asOperator((write) => removeRoles(write, networkId, participantId, names)),
    );

  network
    .command("price <network> <amount>")
    .description("Set what one certificate costs from now on, such as 2.50.")
    .addOption(
      new Option("--product <product>", "for which kind of certificate").choices(CERTIFICATE_PRODUCTS).default("KYC"),
    )
    .addOption(refusal())
    .addOption(currency())
    .action((networkId: Id<"net">, amount: string, options: PriceOptions) =>
      asOperator((write) => setPrice(write, { networkId, amount, noAmount: options.refusal, ...options })),
    );
}
