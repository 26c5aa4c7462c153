import { printJson } from "../../core/json";
import { documentJsonSchema } from "../../document/schema";
import { CLEAN, type Command } from "../command";

export const schema: Command = {
  name: "schema",
  usage: "",
  about: "Prints the JSON Schema of a design.",
  positionals: { least: 0, most: 0 },
  options: {},
  async run(_given, io) {
    io.out(printJson(documentJsonSchema()));
    return CLEAN;
  },
};
