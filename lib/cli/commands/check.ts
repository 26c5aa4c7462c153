import { count } from "../../core/text";
import { analyse } from "../../editor/analysis";
import type { Severity } from "../../rules/rule";
import { CLEAN, type Command, choice, FINDINGS } from "../command";
import { environmentOf, readDesign } from "../design";
import { findingJson, findingText } from "../findings";

export const check: Command = {
  name: "check",
  usage: "FILE [--environment NAME] [--format text|json]",
  about: "Says what AWS would refuse, and what is unsafe or fragile. Exit code 1 when there are errors.",
  positionals: { least: 1, most: 1 },
  options: { format: { type: "string" }, environment: { type: "string" } },
  async run(given, io) {
    const format = choice(given, "format", ["text", "json"]);
    const document = await readDesign(given, io);
    const environment = environmentOf(given, document);
    const { findings, suppressed } = analyse(document, { environment, scenario: "typical", prices: null });
    const of = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
    const summary = { error: of("error"), warning: of("warning"), info: of("info") };
    if (format === "json") {
      const data = {
        findings: findings.map(findingJson),
        suppressed: suppressed.map((finding) => ({ ...findingJson(finding), reason: finding.reason })),
        summary,
      };
      io.out(`${JSON.stringify(data, null, 2)}\n`);
    } else {
      for (const finding of findings) io.out(`${findingText(finding, document)}\n\n`);
      io.out(
        `${count(summary.error, "error")}, ${count(summary.warning, "warning")}, ${count(summary.info, "piece of advice", "pieces of advice")}${suppressed.length > 0 ? `, ${suppressed.length} suppressed` : ""}\n`,
      );
    }
    return summary.error > 0 ? FINDINGS : CLEAN;
  },
};
