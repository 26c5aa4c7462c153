import { count, list } from "../../core/text";
import { loadPrices } from "../../cost/prices";
import { analyse } from "../../editor/analysis";
import { exportInput } from "../../editor/exporting";
import type { OutFile, TargetId } from "../../export/target";
import { targets } from "../../export/targets";
import { readDescribeStacks } from "../../export/task-definition/values";
import { arranged } from "../arrange";
import { type Arguments, CLEAN, type Command, choice, FINDINGS, Unusable } from "../command";
import { environmentOf, outputOption, readDesign, sentences, write } from "../design";
import { findingText } from "../findings";
import type { Io } from "../io";
import { toPng } from "../png";

interface Door {
  /** Options of the command line that mean something to this target alone. */
  takes: readonly string[];
  options(given: Arguments, io: Io): Promise<unknown>;
  /** Several files, written into a folder. */
  folder: boolean;
  /** The target that makes what this door writes; without it the door's own name. */
  target?: TargetId;
  /** Says what the design costs. */
  priced?: boolean;
  /** Shows where nodes stand, so a design that does not say is arranged first. */
  drawn?: boolean;
  /** Makes bytes of each file. */
  convert?: (file: OutFile, io: Io) => Promise<Uint8Array>;
}

/** Formats that are a target in another dress. */
type Dressed = "png";

const pictureOptions: Pick<Door, "takes" | "folder" | "drawn" | "options"> = {
  takes: ["theme", "without-design"],
  folder: false,
  drawn: true,
  options: async (given) => ({
    theme: choice(given, "theme", ["light", "dark"]),
    design: !given.flag("without-design"),
  }),
};

/** What each target reads from the command line, and how its files are written. */
const doors: { [K in TargetId | Dressed]: Door } = {
  cdk: { takes: [], folder: true, options: async () => ({}) },
  cloudformation: {
    takes: ["format"],
    folder: false,
    options: async (given) => ({ format: choice(given, "format", ["yaml", "json"]) }),
  },
  "task-definition": {
    takes: ["values", "for"],
    folder: true,
    options: async (given, io) => {
      const reader = choice(given, "for", ["register", "render-action"]);
      const path = given.text("values");
      if (path === undefined) return { for: reader };
      if (path === "-" && given.positionals[0] === "-") {
        throw new Unusable(
          "Only one of the design and the values can come from standard input. Name a file for the other.",
        );
      }
      const values = readDescribeStacks(path === "-" ? await io.stdin() : await io.readFile(path));
      if (!values.ok) throw new Unusable(sentences(values.problems));
      return { for: reader, values: values.value };
    },
  },
  terraform: { takes: [], folder: true, options: async () => ({}) },
  compose: { takes: [], folder: true, options: async () => ({}) },
  repository: {
    takes: ["infrastructure", "pipeline"],
    folder: true,
    drawn: true,
    priced: true,
    options: async (given) => ({
      infrastructure: choice(given, "infrastructure", ["cloudformation", "cdk", "terraform"]),
      pipeline: choice(given, "pipeline", ["github", "gitlab", "none"]),
    }),
  },
  svg: pictureOptions,
  png: { ...pictureOptions, target: "svg", convert: toPng },
  mermaid: { takes: [], folder: false, options: async () => ({}) },
};

export const exportDesign: Command = {
  name: "export",
  usage: `FILE --to ${Object.keys(doors).join("|")} [--format yaml|json] [--values FILE] [--for register|render-action] [--theme light|dark] [--without-design] [--infrastructure cloudformation|cdk|terraform] [--pipeline github|gitlab|none] [--environment NAME] [--anyway] [-o FILE|DIR]`,
  about: "Writes what deploys. With errors in the design nothing is written, unless --anyway.",
  positionals: { least: 1, most: 1 },
  options: {
    ...outputOption,
    to: { type: "string" },
    format: { type: "string" },
    values: { type: "string" },
    for: { type: "string" },
    theme: { type: "string" },
    "without-design": { type: "boolean" },
    infrastructure: { type: "string" },
    pipeline: { type: "string" },
    environment: { type: "string" },
    anyway: { type: "boolean" },
  },
  async run(given, io) {
    const to = given.text("to") ?? "";
    if (!Object.hasOwn(doors, to)) {
      throw new Unusable(`Say what to export: --to ${Object.keys(doors).join(" or --to ")}.`);
    }
    const door: Door = doors[to as keyof typeof doors];
    refuseIdle(given, to, door);
    const target = await targets[door.target ?? (to as TargetId)]();
    const options = await door.options(given, io);
    const output = given.text("output");
    if (door.folder && (output === undefined || output === "-")) {
      throw new Unusable(`${target.label} are several files. Name a folder for them: -o DIR.`);
    }
    if (door.convert && (output === undefined || output === "-")) {
      throw new Unusable(`A ${to.toUpperCase()} is no text. Name a file for it: -o FILE.`);
    }
    const read = await readDesign(given, io);
    const document = door.drawn ? await arranged(read) : read;
    const environment = environmentOf(given, document);
    const book = door.priced ? await loadPrices(document.settings.region) : undefined;
    const prices = book?.ok ? book.value : null;
    const analysis = analyse(document, { environment, scenario: "typical", prices });
    const { stack, context, errors } = exportInput(analysis, { prices, takes: target.environments });
    if (errors.length > 0 && !given.flag("anyway")) {
      for (const { finding, environments } of errors) {
        const where = environments === null ? "" : `In ${list(environments)}: `;
        io.err(`${where}${findingText(finding, document)}\n`);
      }
      io.err(`Nothing was written: the design has ${count(errors.length, "error")}. Mend them, or add --anyway.\n`);
      return FINDINGS;
    }
    const { files, notes } = target.emit(stack, options, context);
    for (const note of notes) io.err(`${note.message}\n`);
    if (door.folder) await writeFolder(output as string, files, io);
    else if (door.convert) for (const file of files) await io.writeFile(output as string, await door.convert(file, io));
    else if (files.length > 1) await writeTogether(output, files, io);
    else await write(given, io, files.map((file) => file.text).join("\n"));
    return errors.length > 0 ? FINDINGS : CLEAN;
  },
};

/** Refuses an option that means nothing to this format. */
function refuseIdle(given: Arguments, to: string, door: Door): void {
  const isGiven = (option: string): boolean => given.text(option) !== undefined || given.flag(option);
  for (const { takes } of Object.values<Door>(doors)) {
    const idle = takes.find((option) => !door.takes.includes(option) && isGiven(option));
    if (idle === undefined) continue;
    const homes = Object.entries<Door>(doors).filter(([, other]) => other.takes.includes(idle));
    throw new Unusable(
      `--${idle} goes with ${list(
        homes.map(([home]) => `--to ${home}`),
        "or",
      )}, not with --to ${to}.`,
    );
  }
}

/** A file that names others: they stand beside it under the paths that it says. */
async function writeTogether(output: string | undefined, files: readonly OutFile[], io: Io): Promise<void> {
  if (output === undefined || output === "-") {
    throw new Unusable(
      `This design needs ${files.length} files, which name one another. Name the first; the others are written beside it: -o ${files[0]?.path}.`,
    );
  }
  const folder = output.slice(0, output.lastIndexOf("/") + 1);
  for (const [at, file] of files.entries()) await io.writeFile(at === 0 ? output : folder + file.path, file.text);
  io.err(`${count(files.length, "file")} written: ${output}, and what it names beside it.\n`);
}

async function writeFolder(folder: string, files: readonly OutFile[], io: Io): Promise<void> {
  for (const file of files) await io.writeFile(`${folder.replace(/\/+$/, "")}/${file.path}`, file.text);
  io.err(`${count(files.length, "file")} written to ${folder}.\n`);
}
