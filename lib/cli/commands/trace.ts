import type { Document } from "../../document/document";
import { inEnvironment } from "../../document/parse";
import { buildModel } from "../../model/build";
import { type Path, pathBetween } from "../../network/path";
import { traceTemplate } from "../../network/templates";
import { traceFlows } from "../../network/trace";
import { lower } from "../../stack/lower";
import { type Arguments, type Command, choice, Unusable } from "../command";
import { environmentOf } from "../design";
import { hopJson, hopText, nodeNamed, verdictCode } from "../flows";
import { readInput, resourceNamed } from "../template";

function traceDesign(given: Arguments, document: Document, from: string, to: string): Pick<Path, "verdict" | "hops"> {
  const model = buildModel(inEnvironment(document, environmentOf(given, document)));
  const ends = [nodeNamed(document, from), nodeNamed(document, to)] as const;
  return pathBetween(model, traceFlows(model, lower(model)), ...ends);
}

export const trace: Command = {
  name: "trace",
  usage: "FILE --from NODE --to NODE [--environment NAME] [--format text|json]",
  about:
    "Follows a packet between two nodes, or two resources of a CloudFormation template, hop by hop. Exit code 0 open, 1 blocked, 3 unknowable.",
  positionals: { least: 1, most: 1 },
  options: {
    from: { type: "string" },
    to: { type: "string" },
    environment: { type: "string" },
    format: { type: "string" },
  },
  async run(given, io) {
    const format = choice(given, "format", ["text", "json"]);
    const [from, to] = [given.text("from"), given.text("to")];
    if (from === undefined || to === undefined) throw new Unusable("Say what to trace: --from NODE --to NODE.");
    const input = await readInput(given, io);
    const { verdict, hops } =
      "template" in input
        ? traceTemplate(input.template.stack, resourceNamed(input.template, from), resourceNamed(input.template, to))
        : traceDesign(given, input.document, from, to);
    if (format === "json") io.out(`${JSON.stringify({ verdict, hops: hops.map(hopJson) }, null, 2)}\n`);
    else io.out([verdict, ...hops.map(hopText), ""].join("\n"));
    return verdictCode[verdict];
  },
};
