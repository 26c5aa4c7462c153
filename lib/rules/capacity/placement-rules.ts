import { limits } from "../../aws/limits";
import type { Json } from "../../core/json";
import type { ModelNode } from "../../model/model";
import { isFargate, launchOf, taskDefinitionOf } from "../../model/queries";
import { defineRule, type Fix, type Report } from "../rule";
import { fargateUse } from "../workloads";

export const placementRules = defineRule({
  id: "ECS-CAP-007",
  severity: "error",
  title: "Placement rule malformed",
  why: "A strategy spreads over an attribute or packs by CPU or memory, and a constraint has an expression or none, by its type. AWS refuses all else.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementStrategy.html",
  needs: ["service", "taskDefinition"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      // On Fargate they are refused altogether, here and in definitions: CAP-006.
      if (isFargate(launchOf(service))) continue;
      counts(service, report);
      strategies(service, report);
      constraints(service, report);
    }
    for (const taskDefinition of model.of("taskDefinition")) {
      if (!fargateUse(model, taskDefinition)) constraints(taskDefinition, report);
    }
  },
});

type Node = ModelNode<"service"> | ModelNode<"taskDefinition">;

const setField = (node: ModelNode, field: string, title: string, value?: Json): Fix => ({
  title,
  risk: "safe",
  edits: [{ edit: "setField", id: node.id, field, ...(value === undefined ? {} : { value }) }],
});

function counts(service: ModelNode<"service">, report: Report): void {
  const strategies = service.props.placementStrategies.length;
  const own = service.props.placementConstraints.length;
  const inherited = taskDefinitionOf(service)?.props.placementConstraints.length ?? 0;
  const says = (field: string, number: number, what: string, limit: number) =>
    report({
      at: { node: service.id, field },
      message: `The placement of ${service.name} is not valid: it has ${number} ${what}, and AWS takes ${limit}. Remove some.`,
    });
  if (strategies > limits.placementStrategies.max) {
    says("/placementStrategies", strategies, "strategies", limits.placementStrategies.max);
  }
  if (own + inherited > limits.placementConstraints.max) {
    const what = inherited > 0 ? "constraints with those of its task definition" : "constraints";
    says("/placementConstraints", own + inherited, what, limits.placementConstraints.max);
  }
}

const ZONE = "attribute:ecs.availability-zone";
const SPREAD = /^(instanceId|host|attribute:\S+)$/i;
const BINPACK = /^(cpu|memory)$/i;

function strategies(service: ModelNode<"service">, report: Report): void {
  for (const [index, { type, field }] of service.props.placementStrategies.entries()) {
    const at = `/placementStrategies/${index}/field`;
    const who = `Placement strategy ${index + 1} of ${service.name} (${type})`;
    if (type === "random") {
      if (field === undefined) continue;
      report({
        at: { node: service.id, field: at },
        severity: "info",
        message: `${who} has a field, which random placement does not use. Clear it.`,
        fix: setField(service, at, "Clear the field"),
      });
      continue;
    }
    const [valid, what, better] =
      type === "spread"
        ? ([SPREAD, "instanceId, host or an attribute", ZONE] as const)
        : ([BINPACK, "cpu or memory", "memory"] as const);
    if (field !== undefined && valid.test(field)) continue;
    report({
      at: { node: service.id, field: at },
      message: `${who} is not valid: it ${field === undefined ? "has no field" : `names “${field}”`}, where AWS wants ${what}. Use ${better}.`,
      fix: setField(service, at, `Use ${better}`, better),
    });
  }
}

function constraints(node: Node, report: Report): void {
  for (const [index, { type, expression }] of node.props.placementConstraints.entries()) {
    const at = `/placementConstraints/${index}`;
    const who = `Placement constraint ${index + 1} of ${node.name} (${type})`;
    const says = (field: string, words: string, fix?: Fix) =>
      report({ at: { node: node.id, field }, message: `${who} is not valid: ${words}.`, ...(fix ? { fix } : {}) });
    if (type === "distinctInstance" && node.kind === "taskDefinition") {
      const words = "a task definition takes memberOf only. Set it on the service instead";
      const kept = node.props.placementConstraints.filter((item) => item.type !== "distinctInstance");
      says(`${at}/type`, words, setField(node, "/placementConstraints", "Remove it", kept as unknown as Json));
    } else if (type === "distinctInstance" && expression !== undefined) {
      const words = "distinctInstance takes no expression. Clear it, or use memberOf";
      says(`${at}/expression`, words, setField(node, `${at}/expression`, "Clear the expression"));
    } else if (type === "memberOf" && (expression ?? "").trim() === "") {
      says(`${at}/expression`, "memberOf needs an expression. Write one, or remove the constraint");
    } else if ((expression ?? "").length > limits.placementExpression.max) {
      says(
        `${at}/expression`,
        `its expression has ${expression?.length} characters, and AWS takes ${limits.placementExpression.max}. Shorten it`,
      );
    }
  }
}
