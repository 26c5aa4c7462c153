import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { CfnInclude } from "aws-cdk-lib/cloudformation-include";
import { AwsSolutionsChecks } from "cdk-nag";

/** What cdk-nag's AwsSolutions pack reports of a template: ids of its rules without the prefix, each once, sorted. */
export function nagged(template: Record<string, unknown>): string[] {
  const folder = mkdtempSync(join(tmpdir(), "bayplan-nag-"));
  try {
    const templateFile = join(folder, "template.json");
    writeFileSync(templateFile, JSON.stringify(template));
    const app = new App({ outdir: folder });
    new CfnInclude(new Stack(app, "Design"), "Template", { templateFile });
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    // "AwsSolutions-IAM5[Resource::*]" names what it found after the rule.
    const rules = violations.map(({ ruleName }) => ruleName.replace("AwsSolutions-", "").replace(/\[.*$/s, ""));
    return [...new Set(rules)].sort();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
