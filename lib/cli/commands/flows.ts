import { relationOf } from "../../catalog/relations";
import { inEnvironment } from "../../document/parse";
import { buildModel } from "../../model/build";
import { traceFlows } from "../../network/trace";
import { unservedOpenings } from "../../network/unserved";
import { lower } from "../../stack/lower";
import { CLEAN, type Command, choice, FINDINGS } from "../command";
import { environmentOf, readDesign } from "../design";
import { hopJson, hopText } from "../flows";

export const flows: Command = {
  name: "flows",
  usage: "FILE [--environment NAME] [--format json|text]",
  about:
    "Lists what a packet meets along every traffic, call and mount edge, and openings that serve none. Exit code 1 when an edge is blocked.",
  positionals: { least: 1, most: 1 },
  options: { environment: { type: "string" }, format: { type: "string" } },
  async run(given, io) {
    const format = choice(given, "format", ["json", "text"]);
    const document = await readDesign(given, io);
    const model = buildModel(inEnvironment(document, environmentOf(given, document)));
    const stack = lower(model);
    const traced = traceFlows(model, stack);
    const unserved = unservedOpenings(model, stack, traced);
    if (format === "json") {
      const data = {
        edges: traced.flows.map(({ edge, verdict, hops }) => ({ edge, verdict, hops: hops.map(hopJson) })),
        unserved: unserved.map(({ resource, why }) => ({ resource, why })),
      };
      io.out(`${JSON.stringify(data, null, 2)}\n`);
    } else {
      for (const { edge, verdict, hops } of traced.flows) {
        const drawn = model.edge(edge);
        const what = drawn ? `${drawn.from.name} ${relationOf(drawn.relation).verb} ${drawn.to.name}` : "";
        io.out(`${[`${verdict} ${edge} ${what}`.trimEnd(), ...hops.map(hopText)].join("\n")}\n\n`);
      }
      for (const { why } of unserved) io.out(`unserved  ${why}\n`);
    }
    return traced.flows.some(({ verdict }) => verdict === "blocked") ? FINDINGS : CLEAN;
  },
};
