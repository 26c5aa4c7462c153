import { pointer } from "../../core/pointer";
import { isKind, isRelationEdge } from "../../model/build";
import { containersOf } from "../../model/queries";
import { defineRule } from "../rule";

const SECRET_ARN = /^arn:[a-z-]+:secretsmanager:([a-z0-9-]+):\d{12}:secret:[^:\s]+(:[^:\s]*){0,3}$/;
const PARAMETER_ARN = /^arn:[a-z-]+:ssm:([a-z0-9-]+):\d{12}:parameter\/?\S+$/;
const PARAMETER_NAME = /^\/?[A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*$/;

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
        container.secrets.forEach(({ name, valueFrom }, index) => {
          if (isUsable(valueFrom)) return;
          report({
            at: { node: task.id, field: pointer("containerDefinitions", container.id, "secrets", index, "valueFrom") },
            message: `${name || "A secret"} of ${container.name} points to “${valueFrom}”, which ECS cannot resolve from ${model.region}. Use the full ARN, or connect the container to the secret.`,
          });
        });
      }
    }
    for (const secret of model.of("secret")) {
      const { source } = secret.props;
      if (source.from !== "existing" || SECRET_ARN.test(source.arn)) continue;
      report({
        at: { node: secret.id, field: "/source/arn" },
        message: `${secret.name} points to “${source.arn}”, which is not the ARN of a secret, so ECS cannot resolve it from ${model.region}. Use the full ARN, or let the template generate the secret.`,
      });
    }
    for (const parameter of model.of("ssmParameter")) {
      const { source } = parameter.props;
      if (source.from !== "existing" || PARAMETER_NAME.test(source.name)) continue;
      report({
        at: { node: parameter.id, field: "/source/name" },
        message: `${parameter.name} points to “${source.name}”, which is not the name of a parameter, so ECS cannot resolve it from ${model.region}. Use a name such as /app/api-key.`,
      });
    }
    for (const edge of model.edgesOf("inject")) {
      if (!isRelationEdge(edge, "inject") || edge.props.jsonKey === undefined || !isKind(edge.to, "ssmParameter"))
        continue;
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
