import { analyse } from "../../editor/analysis";
import { startsOf } from "../../start/start";
import { CLEAN, type Command, choice, FINDINGS } from "../command";
import { environmentOf, readDesign } from "../design";
import { UNKNOWABLE } from "../flows";

const words = { starts: "will start", fails: "will not start", unknowable: "cannot know" } as const;

export const start: Command = {
  name: "start",
  usage: "FILE [--environment NAME] [--format json|text]",
  about:
    "Says for every place where a task definition runs whether its tasks will start. Exit code 0 all do, 1 one does not, 3 one is unknowable.",
  positionals: { least: 1, most: 1 },
  options: { environment: { type: "string" }, format: { type: "string" } },
  async run(given, io) {
    const format = choice(given, "format", ["json", "text"]);
    const document = await readDesign(given, io);
    const environment = environmentOf(given, document);
    const facts = analyse(document, { environment, scenario: "typical", prices: null });
    const tasks = startsOf(facts);
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
      const name = (id: string): string => document.nodes[id]?.name ?? id;
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
