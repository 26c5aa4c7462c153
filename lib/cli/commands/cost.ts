import type { Cost } from "../../cost/cost";
import { estimate } from "../../cost/estimate";
import { loadPrices } from "../../cost/prices";
import type { Document } from "../../document/document";
import { inEnvironment } from "../../document/parse";
import { buildModel } from "../../model/build";
import { lower } from "../../stack/lower";
import { CLEAN, type Command, choice, Unusable } from "../command";
import { environmentOf, readDesign, sentences } from "../design";

export const cost: Command = {
  name: "cost",
  usage: "FILE [--region R] [--scenario low|typical|high] [--environment NAME] [--format text|json]",
  about: "Adds up what the design costs a month, line by line.",
  positionals: { least: 1, most: 1 },
  options: {
    region: { type: "string" },
    scenario: { type: "string" },
    environment: { type: "string" },
    format: { type: "string" },
  },
  async run(given, io) {
    const format = choice(given, "format", ["text", "json"]);
    const scenario = choice(given, "scenario", ["typical", "low", "high"]);
    const read = await readDesign(given, io);
    const environment = environmentOf(given, read);
    const region = given.text("region") ?? read.settings.region;
    const prices = await loadPrices(region);
    if (!prices.ok && given.text("region") !== undefined) throw new Unusable(sentences(prices.problems));
    if (!prices.ok) io.err(`${sentences(prices.problems)}\n`);
    const document: Document = { ...read, settings: { ...read.settings, region } };
    const model = buildModel(inEnvironment(document, environment));
    const result = estimate(model, lower(model), prices.ok ? prices.value : null, { scenario, environment });
    io.out(format === "json" ? `${JSON.stringify(result, null, 2)}\n` : costText(result, document));
    return CLEAN;
  },
};

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

function costText(result: Cost, document: Document): string {
  const where = (line: { node: string | null; edge: string | null }): string =>
    line.node === null ? (line.edge ?? "") : (document.nodes[line.node]?.name ?? line.node);
  const rows = result.lines.map(
    (line) =>
      `${dollars(line.amount).padStart(10)}  ${where(line)}: ${line.item} (${line.quantityNote} at $${line.rate} per ${line.unit})`,
  );
  const unknown = result.unknown.map((line) => `         ?  ${where(line)}: ${line.item}. ${line.why}`);
  return [
    ...rows,
    ...(unknown.length > 0 ? ["", "Not in the total:", ...unknown] : []),
    "",
    `${dollars(result.total).padStart(10)}  a month in ${result.region}, before tax, discounts and free tiers`,
    "",
  ].join("\n");
}
