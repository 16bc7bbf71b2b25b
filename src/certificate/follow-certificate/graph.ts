import { Arg, Ctx, ID, Resolver, Subscription } from "type-graphql";
import type { Context } from "../../graph/context.js";
import { followedElsewhere } from "../../graph/followed-elsewhere.js";
import { CERTIFICATE } from "../../graph/source.js";
import { CertificateType } from "../graph.js";

@Resolver(() => CertificateType)
export class FollowCertificateResolver {
  @Subscription(() => CertificateType, {
    name: "certificate",
    subscribe: followedElsewhere,
    description: "The certificate at once, then each change of its status.",
  })
  followCertificate(
    @Arg("id", () => ID, { description: "One of the caller's." }) id: string,
    @Ctx() { load }: Context,
  ) {
    return load.must(CERTIFICATE, id);
  }
}
