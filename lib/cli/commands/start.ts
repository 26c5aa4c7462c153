import { own } from "../../core/json";
import type { Document } from "../../document/document";
import { type Analysis, analyse } from "../../editor/analysis";
import { startsOf } from "../../start/start";
import { startsOfTemplate } from "../../start/template";
import { type Arguments, CLEAN, type Command, choice, FINDINGS } from "../command";
import { environmentOf } from "../design";
import { UNKNOWABLE } from "../flows";
import { readInput } from "../template";

function factsOf(given: Arguments, document: Document): Analysis {
  const environment = environmentOf(given, document);
  return analyse(document, { environment, scenario: "typical", prices: null });
}

const words = { starts: "will start", fails: "will not start", unknowable: "cannot know" } as const;

export const start: Command = {
  name: "start",
  usage: "FILE [--environment NAME] [--format json|text]",
  about:
    "Says for every place where a task definition of a design or of a CloudFormation template runs whether its tasks will start. Exit code 0 all do, 1 one does not, 3 one is unknowable.",
  positionals: { least: 1, most: 1 },
  options: { environment: { type: "string" }, format: { type: "string" } },
  async run(given, io) {
    const format = choice(given, "format", ["json", "text"]);
    const input = await readInput(given, io);
    const tasks =
      "template" in input ? startsOfTemplate(input.template.stack) : startsOf(factsOf(given, input.document));
    if (format === "json") {
      const data = {
        tasks: tasks.map(({ node, place, verdict, checks }) => ({
          node,
          place,
          verdict,
          checks: checks.map(({ check, verdict: said, why }) => ({ check, verdict: said, why })),
        })),
      };
      io.out(`${JSON.stringify(data, null, 2)}\n`);
    } else {
      const nodes = "template" in input ? {} : input.document.nodes;
      const name = (id: string): string => own(nodes, id)?.name ?? id;
      for (const { node, place, verdict, why, checks } of tasks) {
        io.out(`${name(node)}${place === null ? "" : ` in ${name(place)}`}: ${words[verdict]}. ${why}\n`);
        for (const item of checks) io.out(`  ${item.verdict.padEnd(10)}  ${item.title}: ${item.why}\n`);
        io.out("\n");
      }
    }
    if (tasks.some(({ verdict }) => verdict === "fails")) return FINDINGS;
    return tasks.some(({ verdict }) => verdict === "unknowable") ? UNKNOWABLE : CLEAN;
  },
};
