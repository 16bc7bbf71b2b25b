import { Arg, Ctx, Field, Int, ObjectType, Query, Resolver } from "type-graphql";
import type { Decimal } from "../kernel/decimal.js";
import type { QueryOutcome } from "../certificate/certificate.js";
import { QueryOutcomeEnum } from "../certificate/graph.js";
import type { Context } from "../graph/context.js";
import { DecimalScalar } from "../graph/scalars.js";
import { CertificateProductEnum } from "../network/graph.js";
import type { CertificateProduct } from "../network/network.js";
import { readLedger, type Ledger } from "./ledger.js";

@ObjectType("LedgerLine", {
  description: "What queries of one product came to, of one outcome.",
  simpleResolvers: true,
})
export class LedgerLineType {
  @Field(() => CertificateProductEnum, { description: "What kind of certificate was asked for." })
  product!: CertificateProduct;
  @Field(() => QueryOutcomeEnum, { description: "What the queries came to." })
  outcome!: QueryOutcome;
  @Field(() => String, { description: "Currency of the amount, ISO 4217." })
  currency!: string;
  @Field(() => Int, { description: "How many queries." })
  count!: number;
  @Field(() => DecimalScalar, { description: "What was charged for them altogether, exact." })
  amount!: Decimal;
}

@ObjectType("Ledger", {
  description: "What the caller was charged in one month: the sums of its query events.",
  simpleResolvers: true,
})
export class LedgerType {
  @Field(() => String, { description: "The month, YYYY-MM, in UTC." })
  month!: string;
  @Field(() => [LedgerLineType], { description: "By product, outcome and currency." })
  lines!: LedgerLineType[];
}

@Resolver()
export class LedgerResolver {
  @Query(() => LedgerType, { description: "What the caller was charged in one month." })
  ledger(
    @Arg("month", () => String, { nullable: true, description: "YYYY-MM, in UTC; this month where it is left out." })
    month: string | undefined,
    @Ctx() { read }: Context,
  ): Promise<Ledger> {
    return readLedger(read, month);
  }
}
