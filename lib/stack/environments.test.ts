import type { PropertyType, ResourceProperties } from "@aws-cdk/service-spec-types";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { starters } from "../document/starters";
import { cloudformation } from "../export/cloudformation";
import { arbitraryDesign } from "../testing/arbitrary-design";
import { denseDesign } from "../testing/dense-design";
import { draw } from "../testing/draw";
import { stacksOf, withEnvironments, withForeignProps } from "../testing/environments";
import { exportContext } from "../testing/export-context";
import { fargateWeb } from "../testing/presets";
import { random } from "../testing/random";
import { readTemplate } from "../testing/read-template";
import { sampleDesign } from "../testing/sample-design";
import { plain, stackOf } from "../testing/stack-faults";
import { judgeTemplate, resourceSchemas } from "../testing/template-judge";
import { mergeEnvironments } from "./environments";
import { stackIn } from "./environments/stack-in";
import { freeForm } from "./environments/values";
import { resourceTypes } from "./resource-types";
import { type Origin, originsAt, type Resource, type Stack } from "./stack";
import { ref, type Value } from "./value";

const careful = [undefined, "Delete", "RetainExceptOnCreate", "Snapshot", "Retain"];

/** What is not in the merged stack as it is in that of an environment, in words. */
function differences(merged: Stack, name: string, own: Stack): string[] {
  const found = stackIn(merged, name);
  const said: string[] = [];
  const same = (what: string, a: unknown, b: unknown): void => {
    if (JSON.stringify(sorted(a)) !== JSON.stringify(sorted(b))) {
      said.push(`${name} ${what}: ${JSON.stringify(sorted(a))} instead of ${JSON.stringify(sorted(b))}`);
    }
  };
  same("parameters", bare(found.parameters), bare(own.parameters));
  same("conditions", plain(found.conditions), plain(own.conditions));
  same("mappings", plain(found.mappings as Value), plain(own.mappings as Value));
  same("resources", Object.keys(found.resources), Object.keys(own.resources));
  same("outputs", outputs(found), outputs(own));
  const theirs = members(found);
  same("whole members", theirs.filter(isWhole), members(own).filter(isWhole));
  // A part that one environment names on its own is named on its own in all.
  for (const member of members(own)) if (!theirs.includes(member)) said.push(`${name}: ${member} is in no construct`);
  for (const [id, resource] of Object.entries(own.resources)) {
    const other = found.resources[id];
    if (!other) continue;
    same(id, body(other), body(resource));
    for (const policy of ["deletionPolicy", "updateReplacePolicy"] as const) {
      if (careful.indexOf(other[policy]) < careful.indexOf(resource[policy])) said.push(`${id} is kept less`);
    }
    same(`${id} waits`, other.dependsOn, resource.dependsOn);
    for (const [at, origins] of Object.entries(resource.origins)) {
      const there = originsAt(other, at).map(text);
      for (const origin of origins) {
        if (!there.includes(text(origin))) said.push(`${id}${at} comes from ${text(origin)}, not only from ${there}`);
      }
    }
  }
  return said;
}

const text = ({ node, edge, field, why }: Origin): string => [node, edge, field, why].join(" ");
const body = ({ type, raw, properties, condition, metadata, creationPolicy, updatePolicy }: Resource): unknown =>
  plain({
    type,
    raw: raw === true,
    properties,
    condition,
    metadata: metadata ?? {},
    creationPolicy,
    updatePolicy: updatePolicy ?? {},
  } as Value);
/** Whether a field was drawn or a default may differ from one environment to the other; what is asked for does not. */
const bare = (parameters: Stack["parameters"]): unknown =>
  Object.entries(parameters).map(([id, { origin: _, ...rest }]) => [id, rest]);
const outputs = ({ outputs }: Stack): unknown =>
  plain(Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value])));
const isWhole = (member: string): boolean => !member.includes("/");
const members = ({ constructs }: Stack): string[] =>
  constructs.flatMap(({ members: all }) => all.map(({ resource, pointer }) => `${resource}${pointer ?? ""}`)).sort();

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

/** What breaks the law that the merged stack is each of its environments. */
function faults(document: Document): string[] {
  const all = stacksOf(document);
  const merged = mergeEnvironments(all);
  return all.flatMap(({ name, stack }) => differences(merged, name, stack));
}

const templateOf = (stack: Stack): Record<string, unknown> =>
  readTemplate(cloudformation.emit(stack, { format: "yaml" }, exportContext()).files[0]?.text ?? "");

const shop = starters[0]?.document as Document;
const three = ["dev", "stage", "prod"];

describe("one stack for all environments", () => {
  it.each([
    ...starters.map(({ id, document }): [string, Document] => [id, document]),
    ...[1, 2, 3, 4, 5, 6].map((seed): [string, Document] => [`sample ${seed}`, sampleDesign(seed, 40)]),
  ])("%s: is the stack of each", (_, document) => {
    for (let seed = 1; seed <= 4; seed += 1) {
      expect(faults(withEnvironments(document, random(seed), three.slice(0, 1 + (seed % 3))))).toEqual([]);
    }
  });

  it("is the stack of each where everything is connected, with props of anything", () => {
    for (let seed = 1; seed <= 15; seed += 1) {
      const donors = [denseDesign(seed + 100), denseDesign(seed + 200), denseDesign(seed + 300)];
      expect(faults(withForeignProps(denseDesign(seed), donors))).toEqual([]);
    }
  });

  it("is the stack of each, however senseless the design", () => {
    fc.assert(
      fc.property(arbitraryDesign, fc.array(arbitraryDesign, { minLength: 1, maxLength: 4 }), (document, donors) => {
        expect(faults(withForeignProps(document, donors))).toEqual([]);
      }),
      { numRuns: 150, seed: 20_26 },
    );
  });

  it("is a template that CloudFormation's schemas accept", () => {
    for (const document of [shop, ...[1, 2, 3].map((seed) => sampleDesign(seed, 40))]) {
      const merged = mergeEnvironments(stacksOf(withEnvironments(document, random(7), three)));
      expect(judgeTemplate(templateOf(merged))).toEqual([]);
    }
  });

  it("reads a parameter, a mapping and conditions", () => {
    const document = draw((draft) => {
      const { vpc, task } = fargateWeb(draft, { vpc: { natGateways: "one" } });
      draft.document.environments = {
        dev: { props: { [vpc]: { natGateways: "none" }, [task]: { cpu: 256, memory: 512 } }, usage: {} },
        prod: { props: { [task]: { cpu: 1024, memory: 2048 } }, usage: {} },
      };
    });
    const merged = templateOf(mergeEnvironments(stacksOf(document)));
    expect(merged).toMatchObject({
      Parameters: { Environment: { Type: "String", AllowedValues: ["dev", "prod"] } },
      Mappings: { Environments: { dev: { WebTaskCpu: "256" }, prod: { WebTaskCpu: "1024" } } },
      Conditions: { IsProd: { "Fn::Equals": [{ Ref: "Environment" }, "prod"] } },
      Resources: {
        NetworkNatGateway1: { Condition: "IsProd" },
        WebTask: {
          Properties: { Cpu: { "Fn::FindInMap": ["Environments", { Ref: "Environment" }, "WebTaskCpu"] } },
        },
      },
    });
    expect(JSON.stringify(merged)).not.toContain("IsDev");
  });

  it("has an output where nothing else reads the parameter", () => {
    const document = { ...shop, environments: { dev: { props: {}, usage: {} }, prod: { props: {}, usage: {} } } };
    const merged = mergeEnvironments(stacksOf(document));
    expect(merged.outputs.Environment?.value).toEqual(ref("Environment"));
    // Those alone that the design has without environments.
    expect(Object.keys(merged.conditions)).toEqual(["WorkerIsWanted"]);
    expect(merged.mappings).toEqual({});
  });

  it("keeps what one environment keeps, and says so", () => {
    const withPolicy = (policy: string | undefined): Document =>
      draw((draft) => {
        draft.add(
          "generic",
          { type: "AWS::S3::Bucket", ...(policy === undefined ? {} : { attributes: { DeletionPolicy: policy } }) },
          { name: "Data" },
        );
      });
    const stacks = [
      { name: "dev", stack: stackOf(withPolicy(undefined)) },
      { name: "prod", stack: stackOf(withPolicy("Retain")) },
    ];
    const merged = mergeEnvironments(stacks);
    expect(merged.resources.Data?.deletionPolicy).toBe("Retain");
    expect(merged.environments?.kept).toEqual({ Data: ["prod"] });
  });

  it("gives an id each to what differs in kind, and what refers to it the one of its environment", () => {
    const withType = (type: string): Document =>
      draw((draft) => {
        draft.add("generic", { type }, { name: "Data" });
        draft.add("generic", { type: "AWS::SSM::Parameter", properties: { Value: { Ref: "Data" } } }, { name: "Name" });
      });
    const merged = mergeEnvironments([
      { name: "dev", stack: stackOf(withType("AWS::S3::Bucket")) },
      { name: "prod", stack: stackOf(withType("AWS::DynamoDB::Table")) },
    ]);
    expect(templateOf(merged)).toMatchObject({
      Resources: {
        Data: { Type: "AWS::S3::Bucket", Condition: "IsDev" },
        DataProd: { Type: "AWS::DynamoDB::Table", Condition: "IsProd" },
        Name: { Properties: { Value: { "Fn::If": ["IsDev", { Ref: "Data" }, { Ref: "DataProd" }] } } },
      },
    });
  });

  it("asks no environment for parameters that only another one reads", () => {
    const document = draw((draft) => {
      const { vpc } = fargateWeb(draft);
      draft.document.environments = {
        dev: { props: { [vpc]: { source: "existing" } }, usage: {} },
        prod: { props: {}, usage: {} },
      };
    });
    const { parameters, environments } = mergeEnvironments(stacksOf(document));
    expect(parameters.NetworkVpcId).toMatchObject({ type: "String", default: "" });
    expect(parameters.NetworkPublicSubnetIds).toMatchObject({ type: "CommaDelimitedList", default: "" });
    expect(environments?.parameters.NetworkVpcId?.dev?.type).toBe("AWS::EC2::VPC::Id");
    expect(environments?.parameters.NetworkVpcId).not.toHaveProperty("prod");
  });

  it("leaves numbers alone where services read JSON as it stands, by AWS's schemas", () => {
    const database = resourceSchemas();
    const seen = new Set<string>();
    const found = new Set<string>();
    const look = (name: string, type: PropertyType): void => {
      if (type.type === "json") found.add(name);
      else if (type.type === "array" || type.type === "map") look(name, type.element);
      else if (type.type === "union") for (const one of type.types) look(name, one);
      else if (type.type === "ref" && !seen.has(type.reference.$ref)) {
        seen.add(type.reference.$ref);
        lookIn(database.get("typeDefinition", type.reference).properties);
      }
    };
    const lookIn = (properties: ResourceProperties): void => {
      for (const [name, { type }] of Object.entries(properties)) look(name, type);
    };
    for (const type of resourceTypes) {
      const [resource] = database.lookup("resource", "cloudFormationType", "equals", type);
      if (resource) lookIn(resource.properties);
    }
    expect([...found].sort()).toEqual([...freeForm].sort());
  });
});
