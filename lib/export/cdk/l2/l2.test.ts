import { describe, expect, it } from "vitest";
import type { Document } from "../../../document/document";
import { starters } from "../../../document/starters";
import { analyse } from "../../../editor/analysis";
import { exportInput } from "../../../editor/exporting";
import { sampleDesign } from "../../../testing/sample-design";
import { cdk } from "..";

const code = (document: Document): string => {
  const analysis = analyse(document, { environment: null, scenario: "typical", prices: null });
  const { stack, context } = exportInput(analysis, { prices: null });
  return cdk
    .emit(stack, {}, context)
    .files.map(({ text }) => text)
    .join("\n");
};

/** Classes of level one that the code makes, but for parameters and the like. */
const levelOne = (text: string): string[] => {
  const found = [...text.matchAll(/new (?:\w+\.)?(Cfn\w+)\(/g)].map(([, name]) => name as string);
  return [...new Set(found)].filter((name) => !/^Cfn(Parameter|Output|Condition)$/.test(name)).sort();
};

describe("the CDK export", () => {
  it.each(starters.map(({ id, document }) => [id, document] as const))(
    "writes everything of %s as constructs of level two",
    (_, document) => {
      expect(levelOne(code(document))).toEqual([]);
    },
  );

  it("keeps to level one only what PARITY.md gives a reason for", () => {
    const all = Array.from({ length: 40 }, (_, seed) => code(sampleDesign(seed, 30))).join("\n");
    expect(levelOne(all)).toEqual([
      "CfnAccessPoint",
      "CfnFileSystem",
      "CfnMountTarget",
      "CfnResource",
      "CfnSecurityGroup",
    ]);
  });

  it("says what an author of CDK apps would say", () => {
    const shop = code(starters.find(({ id }) => id === "shop")?.document as Document);
    for (const said of [
      "new ec2.Vpc(this,",
      "new ecs.FargateService(this,",
      "new ecs.FargateTaskDefinition(this,",
      '.addContainer("web", {',
      '.addTargets("FrontDoorWeb", {',
      "ecs.ContainerImage.fromEcrRepository(webImage, ",
      "ecs.Secret.fromSecretsManager(databasePassword)",
      "webImage.grantPull(webTaskExecutionRole)",
      'orders.grant(webTaskTaskRole, "sqs:SendMessage")',
      "sharedFiles.mountTargetsAvailable",
    ])
      expect(shop).toContain(said);
  });
});
