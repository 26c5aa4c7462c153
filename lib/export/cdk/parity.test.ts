import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../core/json";
import type { Document } from "../../document/document";
import { starters } from "../../document/starters";
import { analyse } from "../../editor/analysis";
import { exportInput } from "../../editor/exporting";
import { synthesise } from "../../testing/cdk-synth";
import { typeFaults } from "../../testing/cdk-types";
import { denseDesign } from "../../testing/dense-design";
import { draw } from "../../testing/draw";
import { differences } from "../../testing/parity";
import { readTemplate } from "../../testing/read-template";
import { sampleDesign } from "../../testing/sample-design";
import { cloudformation } from "../cloudformation";
import { cdk } from ".";
import { featureFlags } from "./feature-flags";

/** The template of the CloudFormation export. */
function template(document: Document): object {
  const analysis = analyse(document, { environment: null, scenario: "typical", prices: null });
  const { stack, context } = exportInput(analysis, { prices: null });
  return readTemplate(cloudformation.emit(stack, { format: "json" }, context).files[0]?.text ?? "");
}

/** The template of the CloudFormation export, and that which the exported CDK app synthesises. */
async function both(document: Document): Promise<{ ours: object; theirs: object }> {
  const analysis = analyse(document, { environment: null, scenario: "typical", prices: null });
  const { stack, context } = exportInput(analysis, { prices: null });
  const [theirs = {}] = Object.values(await synthesise(cdk.emit(stack, {}, context).files));
  return { ours: template(document), theirs };
}

describe("the CDK export synthesises to the CloudFormation export", () => {
  it.each(starters.map(({ id, document }) => [id, document] as const))("starter %s", async (_, document) => {
    const { ours, theirs } = await both(document);
    expect(differences(ours, theirs)).toEqual([]);
  });

  it.each([1, 2, 4, 101, 103])("dense design %d, with groups that people have taken over", async (seed) => {
    const { ours, theirs } = await both(denseDesign(seed));
    expect(differences(ours, theirs)).toEqual([]);
  });

  it.each(Array.from({ length: 40 }, (_, seed) => seed))("random design %d", async (seed) => {
    const { ours, theirs } = await both(sampleDesign(seed, 30));
    expect(differences(ours, theirs)).toEqual([]);
  });
});

it("takes no name and no value for code", async () => {
  const odd = '*/ `${process.exit(1)}` " \\" ${HOME} // --> \u2028 🚢';
  const document = structuredClone(starters.find(({ id }) => id === "shop")?.document as Document);
  document.name = odd.replace("\u2028", "");
  for (const node of Object.values(document.nodes)) {
    node.name = document.name;
    if (node.kind !== "taskDefinition") continue;
    for (const container of Object.values(node.props.containerDefinitions ?? {})) {
      container.command = [odd, "line\nbreak", "${!literal}"];
    }
  }
  const { ours, theirs } = await both(document);
  expect(JSON.stringify(ours)).toContain("process.exit(1)");
  expect(differences(ours, theirs)).toEqual([]);
});

it.each<[string, Record<string, JsonObject>]>([
  [
    "functions on what nobody expects",
    {
      Odd: {
        A: { "Fn::Select": [0, "abc"] },
        B: { "Fn::Select": [1, ["a", "b"]] },
        C: { "Fn::Join": [",", "x"] },
        D: { "Fn::GetAZs": { Ref: "AWS::Region" } },
        E: { "Fn::FindInMap": ["Environments", { Ref: "AWS::Region" }, "K"] },
        F: { "Fn::Sub": 7 },
        G: { "Fn::Nobody": [{ Ref: "AWS::Region" }] },
      },
    },
  ],
  ["two resources that need each other", { One: { A: { Ref: "Two" } }, Two: { A: { "Fn::GetAtt": ["One", "Arn"] } } }],
  ["a resource that needs itself", { One: { A: { Ref: "One" } } }],
])("says %s as the template does", async (_, resources) => {
  const document = draw((draft) => {
    for (const [name, properties] of Object.entries(resources)) {
      draft.add("generic", { type: "AWS::SNS::Topic", properties }, { name });
    }
  });
  const { ours, theirs } = await both(document);
  expect(differences(ours, theirs)).toEqual([]);
});

it("switches on what cdk init does, but for one flag", () => {
  const { "@aws-cdk/core:validateAgainstDefaultRules": ours, ...flags } = featureFlags;
  const { "@aws-cdk/core:validateAgainstDefaultRules": theirs, ...recommended } = createRequire(import.meta.url)(
    "aws-cdk-lib/recommended-feature-flags.json",
  );
  expect([ours, theirs]).toEqual([false, true]);
  expect(flags).toEqual(recommended);
});

it("passes the TypeScript compiler in strict mode, without a variable too many", () => {
  const designs = [
    ...starters.map(({ document }) => document),
    ...Array.from({ length: 40 }, (_, seed) => sampleDesign(seed, 30)),
  ];
  const apps = designs.map((document, at) => {
    const analysis = analyse(document, { environment: null, scenario: "typical", prices: null });
    const { stack, context } = exportInput(analysis, { prices: null });
    return [`app${at}`, cdk.emit(stack, {}, context).files] as const;
  });
  expect(typeFaults(Object.fromEntries(apps))).toEqual([]);
});

describe("the comparison sees", () => {
  type Resources = Record<string, { Type: string; Properties: Record<string, never>; DependsOn?: string[] }>;
  const shop = starters.find(({ id }) => id === "shop")?.document as Document;

  const planted: Record<string, (resources: Resources) => void> = {
    "a missing resource": (resources) => {
      delete resources.FrontDoorListener80;
    },
    "a resource too many": (resources) => {
      resources.Another = { Type: "AWS::SQS::Queue", Properties: {} };
    },
    "a missing group rule": (resources) => {
      delete resources.WebSecurityGroupFromFrontDoorSecurityGroup8080;
    },
    "a changed port": (resources) => {
      Object.assign(resources.FrontDoorWebTargetGroup?.Properties ?? {}, { Port: 8081 });
    },
    "a wider action": (resources) => {
      const policy = resources.WebTaskTaskRoleDefaultPolicy as Resources[string];
      const { PolicyDocument } = policy.Properties as never as {
        PolicyDocument: { Statement: { Action: unknown }[] };
      };
      for (const statement of PolicyDocument.Statement) statement.Action = "sqs:*";
    },
    "a lost property": (resources) => {
      const web = resources.Web as Resources[string];
      delete (web.Properties as Record<string, unknown>).HealthCheckGracePeriodSeconds;
    },
    "a lost wait": (resources) => {
      const web = resources.Web as Resources[string];
      web.DependsOn = (web.DependsOn ?? []).filter((id) => !id.startsWith("NetworkS3Endpoint"));
    },
    "two references that changed places": (resources) => {
      const roles = resources.WebTask?.Properties as Record<string, unknown>;
      [roles.TaskRoleArn, roles.ExecutionRoleArn] = [roles.ExecutionRoleArn, roles.TaskRoleArn];
    },
    "a role of another task": (resources) => {
      const [web, worker] = [resources.WebTask, resources.WorkerTask].map((one) => one?.Properties) as Record<
        string,
        unknown
      >[];
      if (web && worker) [web.TaskRoleArn, worker.TaskRoleArn] = [worker.TaskRoleArn, web.TaskRoleArn];
    },
  };

  it("nothing between a template and itself", () => {
    const ours = template(shop);
    expect(differences(ours, structuredClone(ours))).toEqual([]);
  });

  it.each(Object.keys(planted))("%s", (name) => {
    const ours = template(shop);
    const changed = structuredClone(ours) as { Resources: Resources };
    planted[name]?.(changed.Resources);
    expect(changed).not.toEqual(ours);
    expect(differences(ours, changed)).not.toEqual([]);
  });
});
