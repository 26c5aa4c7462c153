import { limits } from "../../aws/limits";
import { pointer } from "../../core/pointer";
import { isRelationEdge } from "../../model/build";
import { containersOf } from "../../model/queries";
import { defineRule } from "../rule";

const OBJECT_ARN = /^arn:[a-z-]+:s3:::[^/\s]+\/\S+$/;

export const environmentFile = defineRule({
  id: "ECS-SEC-004",
  severity: "error",
  title: "Environment file not acceptable",
  why: "Environment files are .env objects in S3, at most ten for each container. ECS refuses anything else.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const task of model.of("taskDefinition")) {
      for (const container of containersOf(task)) {
        const field = pointer("containerDefinitions", container.id, "environmentFiles");
        const edges = task.out.filter(
          (edge) => isRelationEdge(edge, "environmentFile") && edge.fromContainer === container.id,
        );
        const all = container.environmentFiles.length + edges.length;
        if (all > limits.environmentFilesPerContainer.max) {
          report({
            at: { node: task.id, field },
            message: `The environment files of ${container.name} cannot all be used: there are ${all}, and a container takes ${limits.environmentFilesPerContainer.max}. Put the variables into fewer .env files.`,
          });
        }
        container.environmentFiles.forEach(({ value, type }, index) => {
          const reason =
            type !== "s3"
              ? `its type is “${type}”, and ECS takes only s3`
              : !OBJECT_ARN.test(value)
                ? "it is not the ARN of an S3 object"
                : value.endsWith(".env")
                  ? ""
                  : "its key does not end in .env";
          if (reason === "") return;
          report({
            at: { node: task.id, field: `${field}/${index}` },
            message: `${value || "An empty name"} cannot be used as an environment file: ${reason}. Upload a .env file of VARIABLE=VALUE lines to S3.`,
          });
        });
      }
    }
    for (const edge of model.edgesOf("environmentFile")) {
      const { key } = edge.props;
      if (key.endsWith(".env") && key.length > 4) continue;
      report({
        at: { edge: edge.id, field: "/key" },
        message: `${key || "An empty key"} cannot be used as an environment file: its key does not end in .env. Upload a .env file of VARIABLE=VALUE lines to S3.`,
        fix: {
          title: `Name it ${key || "app"}.env`,
          risk: "safe",
          edits: [{ edit: "setField", id: edge.id, field: "/key", value: `${key.replace(/\.env$/, "") || "app"}.env` }],
        },
      });
    }
  },
});
