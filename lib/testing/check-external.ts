import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Document } from "../document/document";
import { starters } from "../document/starters";
import { analyse } from "../editor/analysis";
import { exportInput } from "../editor/exporting";
import { cloudformation } from "../export/cloudformation";
import { nestedTemplates } from "../export/cloudformation/nested";
import { terraform } from "../export/terraform";
import { mergeEnvironments } from "../stack/environments";
import { stacksOf, withEnvironments } from "./environments";
import { exportContext } from "./export-context";
import { random } from "./random";
import { sampleDesign } from "./sample-design";
import { stackOf } from "./stack-faults";

/**
 * Asks judges that npm does not carry what they think of the exports of every starter and of fixed random designs:
 * cfn-lint and terraform fmt, which must have nothing to say. Says which of them are not on this machine.
 */

const designs: readonly (readonly [name: string, document: Document])[] = [
  ...starters.map(({ id, document }) => [id, document] as const),
  ...Array.from({ length: 20 }, (_, seed) => [`random-${seed}`, sampleDesign(seed, 30)] as const),
];

/** Each design again with environments, as one template for all of them. */
const merged = (folder: string): string[] =>
  designs.map(([name, document], at) => {
    const names = ["dev", "stage", "prod"].slice(0, 1 + (at % 3));
    const stack = mergeEnvironments(stacksOf(withEnvironments(document, random(at), names)));
    const path = join(folder, `${name}-environments.yaml`);
    writeFileSync(path, cloudformation.emit(stack, { format: "yaml" }, exportContext()).files[0]?.text ?? "");
    return path;
  });

/** Some designs again as nested templates, far below the size at which that is needed; one for all environments. */
function nestedInto(folder: string): string[] {
  const room = { resources: 25, parameters: 80, outputs: 80, bytes: 100_000 };
  const stacks = [1, 2, 3].flatMap((seed) => {
    const design = sampleDesign(seed, 60);
    return [stackOf(design), mergeEnvironments(stacksOf(withEnvironments(design, random(seed), ["dev", "prod"])))];
  });
  return stacks.flatMap((stack, at) => {
    const format = at % 2 === 0 ? "yaml" : "json";
    const nested = nestedTemplates(stack, { format, context: exportContext(), why: ["a test"], room });
    return (nested?.files ?? []).map(({ path, text }) => {
      const into = join(folder, `nested-${at}`, path);
      mkdirSync(dirname(into), { recursive: true });
      writeFileSync(into, text);
      return into;
    });
  });
}

function templatesInto(folder: string): string[] {
  const each = designs.flatMap(([name, document]) =>
    (["yaml", "json"] as const).map((format) => {
      const analysis = analyse(document, { environment: null, scenario: "typical", prices: null });
      const { stack, context } = exportInput(analysis, { prices: null });
      const path = join(folder, `${name}.${format}`);
      writeFileSync(path, cloudformation.emit(stack, { format }, context).files[0]?.text ?? "");
      return path;
    }),
  );
  return [...each, ...merged(folder), ...nestedInto(folder)];
}

/** True when the judge has nothing to say; its words are printed. */
function judge(command: string, args: readonly string[], what: string): boolean {
  const { error, status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  if (error) {
    console.log(`${command}: not on this machine, so ${what} were not looked at.`);
    return true;
  }
  console.log(`${command}: ${status === 0 ? "nothing to say about" : "complains about"} ${what}.`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  return status === 0;
}

/** A folder for the Terraform module of each design. */
function modulesInto(folder: string): string[] {
  return designs.map(([name, document]) => {
    const analysis = analyse(document, { environment: null, scenario: "typical", prices: null });
    const { stack, context } = exportInput(analysis, { prices: null });
    const into = join(folder, "terraform", name);
    mkdirSync(into, { recursive: true });
    for (const { path, text } of terraform.emit(stack, {}, context).files) writeFileSync(join(into, path), text);
    return into;
  });
}

const folder = mkdtempSync(join(tmpdir(), "bayplan-external-"));
try {
  const templates = templatesInto(folder);
  const modules = modulesInto(folder);
  const verdicts = [
    judge("cfn-lint", templates, `${templates.length} CloudFormation templates`),
    judge(
      "terraform",
      ["fmt", "-check", "-diff", "-recursive", join(folder, "terraform")],
      `the format of ${modules.length} Terraform modules`,
    ),
  ];
  process.exitCode = verdicts.every(Boolean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
