import { ok, type Result } from "../../core/result";
import { compare } from "../../cost/compare";
import type { Cost } from "../../cost/cost";
import { costCsv } from "../../cost/csv";
import { estimate } from "../../cost/estimate";
import { loadPrices, type PriceBook } from "../../cost/prices";
import type { Document } from "../../document/document";
import { inEnvironment } from "../../document/parse";
import { buildModel } from "../../model/build";
import { lower } from "../../stack/lower";
import { type Arguments, CLEAN, type Command, choice, Unusable } from "../command";
import { comparisonText, costText, payerName } from "../cost-text";
import { environmentOf, readDesign, sentences } from "../design";
import type { Io } from "../io";

export const cost: Command = {
  name: "cost",
  usage:
    "FILE [OTHER] [--region R] [--scenario low|typical|high] [--environment NAME] [--free-tier] [--live-prices] [--format text|json|csv]",
  about: "Adds up what the design costs a month, line by line; with two designs, what differs.",
  positionals: { least: 1, most: 2 },
  options: {
    region: { type: "string" },
    scenario: { type: "string" },
    environment: { type: "string" },
    "free-tier": { type: "boolean" },
    "live-prices": { type: "boolean" },
    format: { type: "string" },
  },
  async run(given, io) {
    const format = choice(given, "format", ["text", "json", "csv"]);
    const first = await costOf(given, io, 0);
    if (given.positionals.length === 1) {
      io.out(printed(first, format, given.flag("free-tier")));
      return CLEAN;
    }
    if (format === "csv") throw new Unusable("--format csv prints one design. Use text or json for a difference.");
    if (given.positionals.every((path) => path === "-"))
      throw new Unusable("Only one of the two designs can be standard input. Name a file for the other.");
    const second = await costOf(given, io, 1);
    const found = compare(first.cost, second.cost);
    io.out(
      format === "json"
        ? `${JSON.stringify({ currency: first.cost.currency, ...found }, null, 2)}\n`
        : comparisonText(found, first.document, second.document),
    );
    return CLEAN;
  },
};

interface Priced {
  cost: Cost;
  document: Document;
}

/** The cost of the design that the argument at a position names. */
async function costOf(given: Arguments, io: Io, position: number): Promise<Priced> {
  const scenario = choice(given, "scenario", ["typical", "low", "high"]);
  const read = await readDesign({ ...given, positionals: given.positionals.slice(position) }, io);
  const environment = environmentOf(given, read);
  const region = given.text("region") ?? read.settings.region;
  const prices = given.flag("live-prices") ? await askAws(region, io) : await loadPrices(region);
  if (!prices.ok && given.text("region") !== undefined) throw new Unusable(sentences(prices.problems));
  if (!prices.ok) io.err(`${sentences(prices.problems)}\n`);
  const document: Document = { ...read, settings: { ...read.settings, region } };
  const model = buildModel(inEnvironment(document, environment));
  const options = { scenario, environment, freeTier: given.flag("free-tier") };
  return { cost: estimate(model, lower(model), prices.ok ? prices.value : null, options), document };
}

/** Prices of now, with what credentials AWS's SDK finds; the bundled ones stand in for what AWS does not say. */
async function askAws(region: string, io: Io): Promise<Result<PriceBook>> {
  const [{ livePrices }, { awsProducts }] = await Promise.all([
    import("../../cost/prices/live"),
    import("../../cost/prices/live/client"),
  ]);
  const found = await livePrices({ get: awsProducts(), now: () => 0 })(region);
  if (!found.ok) return found;
  io.err(`${found.value.says}\n`);
  return ok(found.value.book);
}

function printed({ cost: found, document }: Priced, format: "text" | "json" | "csv", freeTier: boolean): string {
  if (format === "csv") return costCsv(found, (payer) => payerName(document, payer));
  if (format === "text") return costText(found, document, freeTier);
  // The fields that pipelines build on, and no other at the top.
  const { currency, region, scenario, environment, total, lines } = found;
  const unknown = found.unknown.map(({ stands: _, ...line }) => line);
  return `${JSON.stringify({ currency, region, scenario, environment, total, unknown, lines }, null, 2)}\n`;
}
