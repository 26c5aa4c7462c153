import { starters as all } from "../../document/starters";
import { CLEAN, type Command, choice } from "../command";

export const starters: Command = {
  name: "starters",
  usage: "[--format text|json]",
  about: "Lists the designs to begin with.",
  positionals: { least: 0, most: 0 },
  options: { format: { type: "string" } },
  async run(given, io) {
    const rows = all.map(({ id, title }) => ({ id, title }));
    io.out(
      choice(given, "format", ["text", "json"]) === "json"
        ? `${JSON.stringify(rows, null, 2)}\n`
        : rows.map((row) => `${row.id}\t${row.title}\n`).join(""),
    );
    return CLEAN;
  },
};
