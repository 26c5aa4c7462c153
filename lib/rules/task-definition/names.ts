import { slug } from "../../core/ids";
import { clip } from "../../core/text";
import type { ModelNode } from "../../model/model";
import { containersOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";
import { containerField } from "../workloads";

type Definition = ModelNode<"taskDefinition">;

const valid = /^[A-Za-z0-9_-]{1,255}$/;
/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
const resourceType =
  /^([A-Za-z0-9]{2,64}(::[A-Za-z0-9]{2,64}){2}(::MODULE)?|Custom::[A-Za-z0-9_@-]{1,60}|AWS::Serverless::[A-Za-z]+)$/;
const longestName = 100;
/** What people write in names and a tag, a description or a comment can carry. */
const plain = /^[\p{L}\p{M}\p{N} _.,:;()/&+=@#'–—-]*$/u;

export const names = defineRule({
  id: "ECS-TD-010",
  severity: "error",
  title: "Bad or duplicate names",
  why: "Families, containers and volumes are named with up to 255 letters, digits, hyphens and underscores; containers and volumes of one definition need different names.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
  needs: [
    "taskDefinition",
    "service",
    "cluster",
    "alb",
    "nlb",
    "clb",
    "vpc",
    "efs",
    "s3Bucket",
    "sqsQueue",
    "snsTopic",
    "secret",
    "ssmParameter",
    "ecrRepository",
    "eventRule",
    "eventSchedule",
    "asgCapacityProvider",
    "generic",
  ],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) checkDefinition(definition, report);
    for (const definition of model.of("taskDefinition")) checkKeys(definition, report);
    for (const node of model.nodes) checkDrawnName(node, report);
    for (const generic of model.of("generic")) {
      const { type } = generic.props;
      if (resourceType.test(type)) continue;
      report({
        at: { node: generic.id, field: "/type" },
        message: `“${clip(type, 60)}” is not a valid resource type name, so CloudFormation refuses the template. Write it as CloudFormation does, such as AWS::DynamoDB::Table.`,
      });
    }
  },
});

function checkDefinition(definition: Definition, report: Report): void {
  const { family, volumes } = definition.props;
  if (family !== undefined && !valid.test(family)) {
    say(definition, "family", family, "/family", slug(definition.name, "task"), report);
  }
  const containers = containersOf(definition).map(({ id, name }) => ({ name, field: containerField(id, "name") }));
  checkList(definition, "container", containers, report);
  checkList(
    definition,
    "volume",
    volumes.map(({ name }, index) => ({ name, field: `/volumes/${index}/name` })),
    report,
  );
}

function checkList(
  definition: Definition,
  kind: string,
  items: readonly { name: string; field: string }[],
  report: Report,
) {
  const taken = new Set(items.map((item) => item.name));
  const seen = new Set<string>();
  for (const { name, field } of items) {
    if (!valid.test(name) || seen.has(name)) {
      const base = slug(name, kind);
      let free = base;
      for (let number = 2; taken.has(free); number += 1) free = `${base}-${number}`;
      taken.add(free);
      say(definition, kind, name, field, free, report);
    }
    seen.add(name);
  }
}

function say(definition: Definition, kind: string, name: string, field: string, free: string, report: Report): void {
  report({
    at: { node: definition.id, field },
    message: `“${clip(name, 60)}” is not a valid or unique ${kind} name; deployments would be rejected. Use up to 255 letters, digits, hyphens or underscores, and each name once.`,
    fix: safe(`Rename to ${free}`, set(definition.id, field, free)),
  });
}

/**
 * Labels and options whose only key is the name of a function: CloudFormation reads the map as a call of it, and nothing
 * in a template says otherwise.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
function checkKeys(definition: Definition, report: Report): void {
  for (const container of containersOf(definition)) {
    const maps = [
      ["dockerLabels", container.dockerLabels],
      ["logConfiguration/options", container.logConfiguration?.options],
      ["firelensConfiguration/options", container.firelensConfiguration?.options],
    ] as const;
    for (const [path, map] of maps) {
      const [key, ...others] = Object.keys(map ?? {});
      if (key === undefined || others.length > 0 || !isFunction(key)) continue;
      report({
        at: { node: definition.id, field: containerField(container.id, ...path.split("/")) },
        message: `CloudFormation reads a map whose only key is “${clip(key, 60)}” as a function, so it refuses the template. Rename the key, or give the map a second one.`,
      });
    }
  }
}

const isFunction = (key: string): boolean => key === "Ref" || key.startsWith("Fn::");

/** The drawing keeps any name; where AWS cannot carry it, the exports use another, and the person should know which. */
function checkDrawnName(node: ModelNode, report: Report): void {
  const long = [...node.name].length > longestName;
  if ((plain.test(node.name) && !long && /[\p{L}\p{N}]/u.test(node.name)) || node.kind === "note") return;
  const reason = long ? `has more than ${longestName} characters` : "has characters that AWS's names cannot carry";
  report({
    at: { node: node.id },
    severity: "info",
    message: `The name of “${clip(node.name, 60)}” ${reason}. The drawing keeps it; the exports call it ${exportedName(node)}. Rename it if you want to find it again in AWS.`,
  });
}

const exportedName = (node: ModelNode): string =>
  node.kind === "taskDefinition" ? `${slug(node.name, "task")} (its family) and ${node.logicalId}` : node.logicalId;
