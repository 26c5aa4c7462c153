import { within } from "../../aws/docs";
import {
  certainMemoryOf,
  cpuUnitsOf,
  type InstanceTypeFacts,
  instanceFacts,
  instanceTypeNames,
} from "../../aws/instance-types";
import { limits } from "../../aws/limits";
import type { ModelNode } from "../../model/model";
import { safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";
import { onInstances, placeOf, providersOf } from "../workloads";
import { claimsOf, sizeText } from "./sizes";

interface Need {
  cpu: number;
  memory: number;
}

export const biggerThanInstances = defineRule({
  id: "ECS-TD-007",
  severity: "error",
  title: "Task too big for the instances",
  why: "ECS places a task on one instance that has all of its CPU and memory free. When no instance is that big, it never runs.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      const places = onInstances(model, definition);
      if (places.length === 0) continue;
      checkRange(definition, report);
      const claims = claimsOf(definition);
      const need = { cpu: definition.props.cpu ?? claims.cpu, memory: definition.props.memory ?? claims.memory };
      for (const place of places) {
        const providers = providersOf(place);
        const sizes = providers.map((provider) => instanceFacts(provider.props.instanceType));
        const [largest] = [...providers].sort((a, b) => rank(b) - rank(a));
        if (!largest || sizes.some((facts) => facts === undefined || fits(facts, need, facts.memoryGiB * 1024)))
          continue;
        const type = fittingType(largest.props.instanceType, need);
        report({
          at: placeOf(place),
          also: [{ node: definition.id }, ...providers.map(({ id }) => ({ node: id, field: "/instanceType" }))],
          message: `${definition.name} needs ${sizeText(need)}, but the largest instance of ${largest.name} (${largest.props.instanceType}) offers less, so placement always fails. Use a bigger type or a smaller task.`,
          ...(type ? { fix: safe(`Use ${type}`, set(largest.id, "/instanceType", type)) } : {}),
        });
      }
    }
  },
});

function checkRange(definition: ModelNode<"taskDefinition">, report: Report): void {
  const { cpu } = definition.props;
  const range = limits.taskCpuOnInstances;
  if (cpu === undefined || within(range, cpu)) return;
  report({
    at: { node: definition.id, field: "/cpu" },
    message: `${definition.name} asks for ${cpu} CPU units; on instances AWS accepts ${range.min} to ${range.max}. Clear it, or choose a value in this range.`,
    fix: safe("Clear the task CPU", set(definition.id, "/cpu")),
  });
}

/** Whether an instance can hold the task when so many MiB are left for tasks. All of its memory is never free. */
const fits = (facts: InstanceTypeFacts, need: Need, memory: number): boolean =>
  cpuUnitsOf(facts) >= need.cpu && memory > need.memory;

function rank(provider: ModelNode<"asgCapacityProvider">): number {
  const facts = instanceFacts(provider.props.instanceType);
  return facts ? facts.vcpu + facts.memoryGiB : 0;
}

/** The smallest type of the same architecture, of the same family if it can be, that is certain to leave the task its memory. */
function fittingType(now: string, need: Need): string | undefined {
  const [family] = now.split(".");
  const arch = instanceFacts(now)?.arch;
  return instanceTypeNames
    .flatMap((name) => {
      const facts = instanceFacts(name);
      return facts?.arch === arch && facts && fits(facts, need, certainMemoryOf(facts))
        ? [{ name, size: facts.vcpu * 2 + facts.memoryGiB }]
        : [];
    })
    .sort(
      (a, b) => Number(b.name.startsWith(`${family}.`)) - Number(a.name.startsWith(`${family}.`)) || a.size - b.size,
    )[0]?.name;
}
