import { instanceFacts } from "../../aws/instance-types";
import { clip, count } from "../../core/text";
import type { Model, ModelNode } from "../../model/model";
import { type Container, containersOf } from "../../model/queries";
import { review, set } from "../repairs";
import { defineRule, type Report } from "../rule";
import { containerField, fargateUse, onInstances, placeOf, providersOf } from "../workloads";

type Definition = ModelNode<"taskDefinition">;

export const gpu = defineRule({
  id: "ECS-COMP-011",
  severity: "error",
  title: "GPU requested where there is none",
  why: "ECS places a task with GPUs only on an instance that has as many free. Fargate has none, and Elastic Inference has been withdrawn.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-gpu.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      let wanted = 0;
      const asking: Container[] = [];
      for (const container of containersOf(definition)) {
        const gpus = gpusOf(container);
        wanted += gpus;
        if (gpus > 0) asking.push(container);
        const unclear = container.resourceRequirements?.findIndex(
          ({ type, value }) => type === "GPU" && !/^[1-9]\d{0,2}$/.test(value),
        );
        if (unclear !== undefined && unclear >= 0) {
          const field = containerField(container.id, "resourceRequirements", unclear, "value");
          report({
            at: { node: definition.id, field },
            message: `${container.name} asks for “${clip(container.resourceRequirements?.[unclear]?.value ?? "", 40)}” GPUs, and AWS takes a whole number from 1 up. Use 1, or remove the requirement.`,
            fix: review("Ask for one GPU", set(definition.id, field, "1")),
          });
        }
        if (container.resourceRequirements?.some((item) => item.type === "InferenceAccelerator")) {
          report({
            at: { node: definition.id, field: containerField(container.id, "resourceRequirements") },
            message: `${container.name} asks for an Elastic Inference accelerator, and AWS has withdrawn them; the task can never be placed. Use a GPU, or an instance type with its own accelerator.`,
            fix: review(
              "Remove the requirement",
              set(definition.id, containerField(container.id, "resourceRequirements")),
            ),
          });
        }
      }
      if (wanted > 0) checkHosts(model, definition, asking, wanted, report);
    }
  },
});

const gpusOf = (container: Container): number =>
  (container.resourceRequirements ?? []).reduce(
    (sum, { type, value }) => sum + (type === "GPU" && /^\d{1,3}$/.test(value) ? Number(value) : 0),
    0,
  );

function checkHosts(
  model: Model,
  definition: Definition,
  asking: readonly Container[],
  wanted: number,
  report: Report,
) {
  const names = asking.map((container) => container.name).join(", ");
  const [first] = asking;
  const at = { node: definition.id, ...(first ? { field: containerField(first.id, "resourceRequirements") } : {}) };
  const use = fargateUse(model, definition);
  if (use) {
    report({
      at,
      also: use.also,
      message: `${names} needs ${count(wanted, "GPU")} but Fargate provides none, and ${use.words}; the task can never be placed. Use EC2 with a GPU instance type.`,
      fix: review(
        "Remove the GPU requirement",
        ...asking.map((container) => set(definition.id, containerField(container.id, "resourceRequirements"))),
      ),
    });
    return;
  }
  for (const place of onInstances(model, definition)) {
    const providers = providersOf(place);
    const most = providers.map((provider) => knownGpus(provider.props.instanceType));
    const have = Math.max(...most.map((gpus) => gpus ?? Number.POSITIVE_INFINITY));
    if (providers.length === 0 || have >= wanted) continue;
    report({
      at,
      also: [placeOf(place), ...providers.map((provider) => ({ node: provider.id, field: "/instanceType" }))],
      message: `${names} needs ${count(wanted, "GPU")} but ${providers.map((provider) => `${provider.name} (${provider.props.instanceType})`).join(", ")} provides ${have === 0 ? "none" : have}; the task can never be placed. Use a GPU instance type.`,
    });
  }
}

/** GPUs of an instance type; undefined when unknown. The table holds general-purpose, compute and memory families, which have none. */
function knownGpus(type: string): number | undefined {
  const facts = instanceFacts(type);
  return facts && (facts.gpus ?? 0);
}
