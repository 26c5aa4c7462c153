import { pointer } from "../../core/pointer";
import { clip } from "../../core/text";
import { isKind, isRelationEdge } from "../../model/build";
import { containersOf } from "../../model/queries";
import { defineRule } from "../rule";
import { checkKey, checkSources, PARAMETER_ARN, PARAMETER_NAME, SECRET_ARN } from "./sources";

/** True for what ECS can resolve: a secret's ARN, a parameter's ARN, or a parameter's name in the same Region. */
const isUsable = (value: string): boolean =>
  SECRET_ARN.test(value) || PARAMETER_ARN.test(value) || PARAMETER_NAME.test(value);

export const unusableReference = defineRule({
  id: "ECS-SEC-003",
  severity: "error",
  title: "Unusable secret reference",
  why: "ECS resolves a secret when the task starts. What is neither a Secrets Manager ARN, a parameter ARN nor a parameter's name cannot be resolved, and the task stops before it starts.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html",
  needs: ["taskDefinition", "secret", "ssmParameter"],
  check({ model }, report) {
    for (const task of model.of("taskDefinition")) {
      for (const container of containersOf(task)) {
        const judge = (list: readonly { name: string; valueFrom: string }[], ...path: string[]) =>
          list.forEach(({ name, valueFrom }, index) => {
            if (isUsable(valueFrom)) return;
            report({
              at: { node: task.id, field: pointer("containerDefinitions", container.id, ...path, index, "valueFrom") },
              message: `${name || "A secret"} of ${container.name} points to “${clip(valueFrom, 80)}”, which ECS cannot resolve from ${model.region}. Use the full ARN, or connect the container to the secret.`,
            });
          });
        judge(container.secrets, "secrets");
        judge(container.logConfiguration?.secretOptions ?? [], "logConfiguration", "secretOptions");
      }
    }
    checkSources(model, report);
    for (const edge of model.edgesOf("inject")) {
      if (!isRelationEdge(edge, "inject") || edge.props.jsonKey === undefined) continue;
      checkKey(edge, report);
      if (!isKind(edge.to, "ssmParameter")) continue;
      report({
        at: { edge: edge.id, field: "/jsonKey" },
        message: `${edge.props.name} asks for the JSON key “${edge.props.jsonKey}” of ${edge.to.name}, but only Secrets Manager picks keys out of a value, so ECS cannot resolve it. Clear the key, or use a secret.`,
        fix: {
          title: "Clear the JSON key",
          risk: "safe",
          edits: [{ edit: "setField", id: edge.id, field: "/jsonKey" }],
        },
      });
    }
  },
});
