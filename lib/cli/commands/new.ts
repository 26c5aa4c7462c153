import { starters } from "../../document/starters";
import { CLEAN, type Command, Unusable } from "../command";
import { outputOption, writeDesign } from "../design";

export const create: Command = {
  name: "new",
  usage: "STARTER [-o FILE]",
  about: "Prints a starter as a design.",
  positionals: { least: 1, most: 1 },
  options: outputOption,
  async run(given, io) {
    const id = given.positionals[0] as string;
    const starter = starters.find((one) => one.id === id);
    if (!starter)
      throw new Unusable(`There is no starter “${id}”. There are ${starters.map((one) => one.id).join(", ")}.`);
    await writeDesign(given, io, starter.document);
    return CLEAN;
  },
};
