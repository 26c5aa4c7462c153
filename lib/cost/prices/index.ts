import { isRegion, type RegionCode, regionName } from "../../aws/regions";
import { fail, ok, type Result } from "../../core/result";
import { clip } from "../../core/text";
import { bookOf, type PriceBook, type RegionPrices } from "./book";

export type { Price, PriceBook, SourceId, Tier } from "./book";
export { bookOf, capacityUnits, hoursPerMonth, sourceAddress } from "./book";
export type { GlobalSku, RegionalSku, Sku } from "./skus";

// Spelt out, one import each, so that every bundler makes one chunk of each Region and loads it on demand.
const loaders: { readonly [R in RegionCode]: () => Promise<{ default: RegionPrices }> } = {
  "us-east-1": () => import("./data/us-east-1.json"),
  "us-east-2": () => import("./data/us-east-2.json"),
  "us-west-1": () => import("./data/us-west-1.json"),
  "us-west-2": () => import("./data/us-west-2.json"),
  "ca-central-1": () => import("./data/ca-central-1.json"),
  "sa-east-1": () => import("./data/sa-east-1.json"),
  "eu-west-1": () => import("./data/eu-west-1.json"),
  "eu-west-2": () => import("./data/eu-west-2.json"),
  "eu-west-3": () => import("./data/eu-west-3.json"),
  "eu-central-1": () => import("./data/eu-central-1.json"),
  "eu-central-2": () => import("./data/eu-central-2.json"),
  "eu-north-1": () => import("./data/eu-north-1.json"),
  "eu-south-1": () => import("./data/eu-south-1.json"),
  "eu-south-2": () => import("./data/eu-south-2.json"),
  "ap-northeast-1": () => import("./data/ap-northeast-1.json"),
  "ap-northeast-2": () => import("./data/ap-northeast-2.json"),
  "ap-northeast-3": () => import("./data/ap-northeast-3.json"),
  "ap-southeast-1": () => import("./data/ap-southeast-1.json"),
  "ap-southeast-2": () => import("./data/ap-southeast-2.json"),
  "ap-southeast-3": () => import("./data/ap-southeast-3.json"),
  "ap-southeast-4": () => import("./data/ap-southeast-4.json"),
  "ap-south-1": () => import("./data/ap-south-1.json"),
  "ap-south-2": () => import("./data/ap-south-2.json"),
  "ap-east-1": () => import("./data/ap-east-1.json"),
  "me-south-1": () => import("./data/me-south-1.json"),
  "me-central-1": () => import("./data/me-central-1.json"),
  "af-south-1": () => import("./data/af-south-1.json"),
  "il-central-1": () => import("./data/il-central-1.json"),
};

/** The bundled data of a Region, for what lays other prices over it. */
export const bundledPrices = (region: RegionCode): Promise<RegionPrices> =>
  loaders[region]().then((data) => data.default);

const loaded = new Map<RegionCode, Promise<PriceBook>>();

/**
 * The bundled prices of a Region, by its code ("eu-west-1"). Problems, never an exception: a Region without prices, or
 * data that could not be fetched (the next call tries again). Each Region is loaded once and its book then shared.
 */
export async function loadPrices(region: string): Promise<Result<PriceBook>> {
  if (!isRegion(region)) {
    const message = `There are no bundled prices for the Region "${clip(region, 40)}". The cost can be estimated for a Region of the list.`;
    return fail({ path: "/settings/region", message });
  }
  try {
    const book = loaded.get(region) ?? bundledPrices(region).then((data) => bookOf(region, data));
    loaded.set(region, book);
    return ok(await book);
  } catch {
    loaded.delete(region);
    const message = `The prices of ${regionName(region)} could not be loaded. Check the connection and try again.`;
    return fail({ path: "/settings/region", message });
  }
}
