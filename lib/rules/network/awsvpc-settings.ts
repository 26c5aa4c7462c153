import { list } from "../../core/text";
import type { Edit } from "../../document/edits/edit";
import type { ModelEdge, ModelNode } from "../../model/model";
import { isFargate, type NetworkMode, networkModeOf, placementsOf } from "../../model/queries";
import { set } from "../repairs";
import { defineRule } from "../rule";
import { runnerOf } from "../workloads";

export const awsvpcSettings = defineRule({
  id: "ECS-NET-002",
  severity: "error",
  title: "awsvpc settings on another network mode",
  why: "Subnets, security groups and public addresses belong to tasks with their own interface. AWS refuses them on tasks that share the interface of their instance.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      const mode = networkModeOf(definition);
      if (mode === "awsvpc") continue;
      for (const placement of placementsOf(model, definition)) {
        // Fargate with another mode is TD-008.
        if (isFargate(placement.launch)) continue;
        const holder = (placement.service ?? placement.edge) as ModelNode | ModelEdge | undefined;
        const found = holder && settings(holder);
        if (!holder || !found || found.fields.length === 0) continue;
        const at = placement.service ? { node: holder.id } : { edge: holder.id };
        report({
          at: { ...at, field: found.fields[0] as string },
          also: [{ node: definition.id, field: "/networkMode" }],
          message: `${definition.name} uses ${modeWords(mode)} networking, so tasks share the instance's interface and ${runnerOf(placement).name} cannot have its own ${list(found.words)}. Remove them or switch to awsvpc.`,
          fix: { title: "Remove these settings", risk: "safe", edits: found.edits },
        });
      }
    }
  },
});

const modeWords = (mode: NetworkMode): string => (mode === "none" ? "no" : mode);

/** The awsvpc settings that a person made on a service or on an edge that starts tasks. */
function settings(holder: ModelNode | ModelEdge): { fields: string[]; words: string[]; edits: Edit[] } {
  const props = holder.props as { assignPublicIp?: boolean; securityGroups?: { mode: string } };
  const fields: string[] = [];
  const words: string[] = [];
  if (props.securityGroups?.mode === "own") {
    fields.push("/securityGroups");
    words.push("security groups");
  }
  if (props.assignPublicIp === true) {
    fields.push("/assignPublicIp");
    words.push("public addresses");
  }
  return { fields, words, edits: fields.map((field) => set(holder.id, field)) };
}
