import type { PricingClientConfig } from "@aws-sdk/client-pricing";
import type { GetProducts } from "./refresh";

/** AWS serves its price list from a few Regions only; this is not the Region whose prices are asked. */
const SERVED_FROM = "us-east-1";
const PAGE = 100;

/**
 * GetProducts through AWS's own SDK, loaded when first needed. Credentials come from where the SDK looks for them unless
 * `config` has them; it backs off from throttling by itself. https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html
 */
export function awsProducts(config: PricingClientConfig = {}): GetProducts {
  const client = import("@aws-sdk/client-pricing").then((sdk) => ({
    sdk,
    pricing: new sdk.PricingClient({ region: SERVED_FROM, maxAttempts: 4, ...config }),
  }));
  return async ({ service, filters, nextToken }, abortSignal) => {
    const { sdk, pricing } = await client;
    const answer = await pricing.send(
      new sdk.GetProductsCommand({
        ServiceCode: service,
        FormatVersion: "aws_v1",
        MaxResults: PAGE,
        Filters: Object.entries(filters).map(([Field, Value]) => ({ Type: "TERM_MATCH", Field, Value })),
        ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      }),
      { abortSignal },
    );
    return {
      entries: answer.PriceList ?? [],
      ...(answer.NextToken === undefined ? {} : { nextToken: answer.NextToken }),
    };
  };
}
