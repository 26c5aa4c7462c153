import { relationOf } from "../../catalog/relations";
import type { Document } from "../../document/document";
import { inEnvironment } from "../../document/parse";
import type { Template } from "../../import/cloudformation/template";
import { buildModel } from "../../model/build";
import type { Flow } from "../../network/flow";
import { templateFlows } from "../../network/templates";
import { traceFlows } from "../../network/trace";
import { unservedOpenings } from "../../network/unserved";
import { lower } from "../../stack/lower";
import { type Arguments, CLEAN, type Command, choice, FINDINGS } from "../command";
import { environmentOf } from "../design";
import { hopJson, hopText } from "../flows";
import { readInput } from "../template";

export const flows: Command = {
  name: "flows",
  usage: "FILE [--environment NAME] [--format json|text]",
  about:
    "Lists what a packet meets along every traffic, call and mount edge, or along what a CloudFormation template connects, and openings that serve none. Exit code 1 when an edge is blocked.",
  positionals: { least: 1, most: 1 },
  options: { environment: { type: "string" }, format: { type: "string" } },
  async run(given, io) {
    const format = choice(given, "format", ["json", "text"]);
    const input = await readInput(given, io);
    const { edges, unserved } = "template" in input ? ofTemplate(input.template) : ofDesign(given, input.document);
    if (format === "json") {
      const data = {
        edges: edges.map(({ edge, verdict, hops, may }) => ({
          edge,
          verdict,
          hops: hops.map(hopJson),
          ...(may ? { may } : {}),
        })),
        unserved: unserved.map(({ resource, why }) => ({ resource, why })),
      };
      io.out(`${JSON.stringify(data, null, 2)}\n`);
    } else {
      for (const { edge, verdict, hops, what } of edges) {
        io.out(`${[`${verdict} ${edge} ${what}`.trimEnd(), ...hops.map(hopText)].join("\n")}\n\n`);
      }
      for (const { why } of unserved) io.out(`unserved  ${why}\n`);
    }
    return edges.some(({ verdict }) => verdict === "blocked") ? FINDINGS : CLEAN;
  },
};

interface Listed {
  /** `may`: a template does not say that this call is made. */
  edges: readonly (Flow & { what: string; may?: true })[];
  unserved: readonly { resource: string; why: string }[];
}

function ofDesign(given: Arguments, document: Document): Listed {
  const model = buildModel(inEnvironment(document, environmentOf(given, document)));
  const stack = lower(model);
  const traced = traceFlows(model, stack);
  const edges = traced.flows.map((flow) => {
    const drawn = model.edge(flow.edge);
    return { ...flow, what: drawn ? `${drawn.from.name} ${relationOf(drawn.relation).verb} ${drawn.to.name}` : "" };
  });
  return { edges, unserved: unservedOpenings(model, stack, traced) };
}

function ofTemplate({ stack }: Template): Listed {
  const { flows: all, unserved } = templateFlows(stack);
  return { edges: all.map((flow) => ({ ...flow, what: flow.may ? "(may call)" : "" })), unserved };
}
