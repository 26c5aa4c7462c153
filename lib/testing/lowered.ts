import type { Document } from "../document/document";
import { cloudformation } from "../export/cloudformation";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import type { Stack } from "../stack/stack";
import { type Draft, draw } from "./draw";
import { exportContext } from "./export-context";
import { readTemplate } from "./read-template";
import { stackFaults } from "./stack-faults";
import { judgeTemplate } from "./template-judge";

type Resources = Record<string, { Type: string; Properties: Record<string, unknown> } & Record<string, unknown>>;

/** A design in CloudFormation's own words, for tests that say what a drawing must become. */
export interface Lowered {
  stack: Stack;
  /** Functions in the long form, as AWS's pages write them. */
  template: Record<string, unknown>;
  resource(id: string): Resources[string];
  /** Ids of all resources of a type. */
  ids(type: string): string[];
  /** Statements of the inline policy of a role, or of a resource policy. */
  statements(policy: string): unknown[];
  /** Statements of a resource policy that let somebody in. */
  admitted(policy: string): unknown[];
  /** One container of a task definition, by position. */
  container(taskDefinition: string, index?: number): Record<string, unknown>;
  /** What CloudFormation, and the laws of stacks, would say against it. */
  judged(): string[];
}

export const lowerDrawing = (build: (draft: Draft) => void): Lowered => lowerDocument(draw(build));

export function lowerDocument(document: Document): Lowered {
  const stack = lower(buildModel(document));
  const [file] = cloudformation.emit(stack, { format: "json" }, exportContext({ designName: "Test" })).files;
  const template = readTemplate(file?.text ?? "{}");
  const resources = template.Resources as Resources;
  const resource = (id: string): Resources[string] => {
    const found = resources[id];
    if (!found) throw new Error(`There is no ${id}, only ${Object.keys(resources).join(", ")}.`);
    return found;
  };
  const statements = (policy: string): unknown[] => {
    const document = resource(policy).Properties.PolicyDocument as { Statement: unknown[] };
    return document.Statement;
  };
  return {
    stack,
    template,
    resource,
    ids: (type) => Object.keys(resources).filter((id) => resources[id]?.Type === type),
    statements,
    admitted: (policy) => statements(policy).filter((one) => (one as { Effect: unknown }).Effect === "Allow"),
    container: (taskDefinition, index = 0) => {
      const containers = resource(taskDefinition).Properties.ContainerDefinitions as Record<string, unknown>[];
      return containers[index] ?? {};
    },
    judged: () => [...judgeTemplate(template), ...stackFaults(stack)],
  };
}
