import { isRelation } from "../../catalog/relations";
import { nextId } from "../../core/ids";
import { apply } from "../../document/edits/apply";
import { buildModel } from "../../model/build";
import { connect as judge } from "../../rules/connection";
import { CLEAN, type Command, choice, FINDINGS, Unusable } from "../command";
import { outputOption, readDesign, sentences, writeDesign } from "../design";

export const connect: Command = {
  name: "connect",
  usage: "FILE --from NODE[/CONTAINER] --to NODE[/CONTAINER] [--relation NAME] [--format text|json] [-o FILE]",
  about: "Says whether two nodes may be connected, and why not. With -o, writes the design with the connection.",
  positionals: { least: 1, most: 1 },
  options: {
    ...outputOption,
    from: { type: "string" },
    to: { type: "string" },
    relation: { type: "string" },
    format: { type: "string" },
  },
  async run(given, io) {
    const format = choice(given, "format", ["text", "json"]);
    const from = given.text("from");
    const to = given.text("to");
    const relation = given.text("relation");
    if (from === undefined || to === undefined) throw new Unusable("Say what to connect: --from NODE --to NODE.");
    if (relation !== undefined && !isRelation(relation)) throw new Unusable(`There is no relation “${relation}”.`);
    const document = await readDesign(given, io);
    for (const end of [from, to]) {
      if (!Object.hasOwn(document.nodes, end.split("/")[0] as string)) {
        throw new Unusable(`The design has no node “${end.split("/")[0]}”.`);
      }
    }
    const result = judge(buildModel(document), { from, to, relation });
    const talk = given.text("output") === undefined ? io.out : io.err;
    if (!result.ok) {
      const { rule, reason, instead } = result;
      if (format === "json") talk(`${JSON.stringify({ allowed: false, rule, reason, instead }, null, 2)}\n`);
      else talk(`Refused (${rule}): ${sentence(reason)} ${sentence(instead)}`.trimEnd().concat("\n"));
      return FINDINGS;
    }
    const { edge, turn, effect } = result;
    if (format === "json") talk(`${JSON.stringify({ allowed: true, edge, turn: turn ?? null, effect }, null, 2)}\n`);
    else talk(`${["Allowed.", turn ?? "", sentence(effect)].filter((part) => part !== "").join(" ")}\n`);
    if (given.text("output") !== undefined) {
      const id = nextId("e", [...Object.keys(document.edges), ...Object.keys(document.nodes)]);
      const applied = apply(document, { edit: "addEdge", id, edge });
      if (!applied.ok) throw new Unusable(sentences(applied.problems));
      await writeDesign(given, io, applied.value.document);
    }
    return CLEAN;
  },
};

const sentence = (text: string): string =>
  text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
