// Splits a price snapshot by region, so that the browser loads one region on demand: writes lib/cost/prices/data/*.json
// and the closed list of SKUs, lib/cost/prices/skus.ts. The results are committed. No price is changed or filled in.
// Usage: node scripts/build-prices.mjs PRICES.json
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [path] = process.argv.slice(2);
if (!path) {
  console.error("Name the price snapshot: node scripts/build-prices.mjs PRICES.json");
  process.exit(2);
}
const snapshot = JSON.parse(readFileSync(path, "utf8"));
if (snapshot.schemaVersion !== 1)
  throw new Error(`Snapshot of version ${snapshot.schemaVersion}; this script reads 1.`);

const folder = join(import.meta.dirname, "..", "lib", "cost", "prices");
const data = join(folder, "data");
mkdirSync(data, { recursive: true });

/** An object with one property per line, of values that are already printed: small in a diff, small when compressed. */
const block = (printed) =>
  `{\n${Object.entries(printed)
    .map(([key, text]) => `${JSON.stringify(key)}: ${text}`)
    .join(",\n")}\n}`;
const lines = (record) =>
  block(Object.fromEntries(Object.entries(record).map(([key, value]) => [key, JSON.stringify(value)])));

/** One price as the product reads it: a number, tiers, or null for unknown. */
function entry(where, { unit, price, tiers, source = [], status, note }) {
  if (typeof price === "number" && tiers) throw new Error(`${where} has both a price and tiers.`);
  for (const id of source) {
    if (!Object.hasOwn(snapshot.sources, id)) throw new Error(`${where} names the source ${id}, which is not listed.`);
  }
  return {
    unit,
    ...(tiers
      ? { tiers: tiers.map(({ from, to, price: rate }) => ({ from, to, price: rate })) }
      : { price: price ?? null }),
    source,
    ...(status ? { status } : {}),
    // Why a figure is weak or missing; notes on firm ones are for whoever refreshes the snapshot.
    ...(note && (status || source.length === 0) ? { note } : {}),
  };
}

const regions = Object.keys(snapshot.regionTable);
const skus = Object.keys(snapshot.skus);
for (const region of regions) {
  const rows = snapshot.regions[region];
  const hourly = snapshot.ec2.onDemandLinuxHourly[region];
  const skuRows = Object.fromEntries(skus.map((sku) => [sku, entry(`${sku} in ${region}`, rows[sku])]));
  const text = block({
    region: JSON.stringify(region),
    skus: lines(skuRows),
    ec2: lines({ source: snapshot.ec2.about.source, hourly }),
  });
  writeFileSync(join(data, `${region}.json`), `${text}\n`);
}

const sources = Object.fromEntries(
  Object.entries(snapshot.sources).map(([id, { title, effectiveDate, address, publicationDates }]) => [
    id,
    { title, effectiveDate, address, ...(publicationDates ? { dates: publicationDates } : {}) },
  ]),
);
writeFileSync(join(data, "sources.json"), `${lines(sources)}\n`);

const { currency, compiled, hoursPerMonth, capacityUnits } = snapshot;
const globalRows = Object.fromEntries(Object.entries(snapshot.global).map(([sku, row]) => [sku, entry(sku, row)]));
const header = Object.entries({ currency, compiled, hoursPerMonth, capacityUnits });
writeFileSync(
  join(data, "global.json"),
  `${block({ ...Object.fromEntries(header.map(([key, value]) => [key, JSON.stringify(value)])), skus: lines(globalRows) })}\n`,
);

// How to ask AWS's Price List API for each row, read by a refresh alone.
const scales = { "price list value is per GiBps-month: divide by 1024": 1 / 1024 };
const queries = Object.fromEntries(
  Object.entries(snapshot.skus).map(([sku, { serviceCode, filters, usageTypeRegex, priceListUnit, scale }]) => {
    if (scale && !scales[scale]) throw new Error(`${sku} has a scale that this script does not know: ${scale}`);
    return [
      sku,
      {
        service: serviceCode,
        filters,
        ...(usageTypeRegex ? { usageType: usageTypeRegex } : {}),
        unit: priceListUnit,
        ...(scale ? { scale: scales[scale] } : {}),
      },
    ];
  }),
);
const { instanceType: _, ...instanceFilters } = snapshot.ec2.query.filters;
const locations = Object.fromEntries(
  Object.entries(snapshot.regionTable).map(([region, { priceListLocation }]) => [region, priceListLocation]),
);
writeFileSync(
  join(data, "queries.json"),
  `${block({
    locations: lines(locations),
    ec2: JSON.stringify({
      service: snapshot.ec2.query.serviceCode,
      filters: instanceFilters,
      usageType: snapshot.ec2.query.usageTypeRegex,
      unit: snapshot.ec2.query.priceListUnit,
    }),
    skus: lines(queries),
  })}\n`,
);

const table = (rows) =>
  Object.entries(rows).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
const idLines = [
  "// Written by scripts/build-prices.mjs; change the snapshot, not this file.",
  "",
  "/** Prices that differ by Region, each with the code of the service in AWS's price list. */",
  "export const regionalSkus = {",
  ...table(Object.fromEntries(skus.map((sku) => [sku, snapshot.skus[sku].serviceCode]))),
  "} as const;",
  "export type RegionalSku = keyof typeof regionalSkus;",
  "",
  "/** Prices without a Region. */",
  "export const globalSkus = [",
  ...Object.keys(globalRows).map((sku) => `  ${JSON.stringify(sku)},`),
  "] as const;",
  "export type GlobalSku = (typeof globalSkus)[number];",
  "",
  "/** What can be priced. */",
  "export type Sku = RegionalSku | GlobalSku;",
  "",
];
writeFileSync(join(folder, "skus.ts"), idLines.join("\n"));
console.log(`Wrote ${regions.length} regions, ${skus.length} SKUs each, from the snapshot of ${compiled}.`);
