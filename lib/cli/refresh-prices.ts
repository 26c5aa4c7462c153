// npm run prices:refresh [-- REGION…]: asks AWS for the prices of all Regions, or of those named, and writes
// lib/cost/prices/data. Credentials come from where AWS's SDK looks for them; they need pricing:GetProducts alone.
import { readFile, writeFile } from "node:fs/promises";
import { isRegion, type RegionCode, regionCodes } from "../aws/regions";
import { bundledPrices } from "../cost/prices";
import { awsProducts } from "../cost/prices/live/client";
import { type Refreshed, refreshRegion } from "../cost/prices/live/refresh";
import { lines, regionText, sourceOf } from "../cost/prices/live/written";

const DATA = "lib/cost/prices/data";
/** Long enough for every question of one Region, with pauses for throttling. */
const REGION_MS = 10 * 60_000;

const named = process.argv.slice(2);
const unknown = named.filter((region) => !isRegion(region));
if (unknown.length > 0) {
  console.error(`There are no bundled prices for ${unknown.join(", ")}. Name Regions of ${DATA}.`);
  process.exit(2);
}
const regions: readonly RegionCode[] = named.length > 0 ? named.filter(isRegion) : regionCodes;

const get = awsProducts();
const refreshed = new Map<RegionCode, Refreshed>();
for (const region of regions) {
  const found = await refreshRegion(region, await bundledPrices(region), get, AbortSignal.timeout(REGION_MS));
  const live = Object.keys(found.skus).length + Object.keys(found.ec2).length;
  console.log(`${region}: ${live} prices are AWS's of now, ${found.kept.length} stay as they were.`);
  for (const { row, why } of found.kept) console.log(`  ${row}: ${why}`);
  if (live > 0) refreshed.set(region, found);
  else if (refreshed.size === 0) {
    console.error("AWS gave no price at all, so nothing was written. Look at the credentials and the connection.");
    process.exit(1);
  }
}

const source = sourceOf([...refreshed.values()]);
const id = `price-list-${source.effectiveDate}`;
for (const [region, found] of refreshed)
  await writeFile(`${DATA}/${region}.json`, regionText(await bundledPrices(region), found, id));
const sources = JSON.parse(await readFile(`${DATA}/sources.json`, "utf8"));
await writeFile(`${DATA}/sources.json`, `${lines({ ...sources, [id]: source })}\n`);
console.log(`Wrote ${refreshed.size} Regions. Run npm test before you keep them: known prices are pinned there.`);
