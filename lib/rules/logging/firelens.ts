import { pointer } from "../../core/pointer";
import type { ModelNode } from "../../model/model";
import { type Container, containersOf, isFargate, placementsOf } from "../../model/queries";
import { defineRule } from "../rule";

const ROUTERS = new Set(["fluentd", "fluentbit"]);

export const firelensRouter = defineRule({
  id: "ECS-LOG-004",
  severity: "error",
  title: "FireLens without its router",
  why: "FireLens hands logs to a router container of the same task; without exactly one router of a known type ECS refuses the task definition.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const task of model.of("taskDefinition")) {
      const containers = containersOf(task);
      const routers = containers.filter((container) => container.firelensConfiguration);
      const users = containers.filter((container) => container.logConfiguration?.logDriver === "awsfirelens");
      const at = (container: Container, key: string) => ({
        node: task.id,
        field: pointer("containerDefinitions", container.id, key),
      });
      const [user] = users;
      if (routers.length === 0 && user) {
        report({
          at: at(user, "logConfiguration"),
          message: `${user.name} hands its logs to FireLens, but ${task.name} has no log-router container. Add one (Fluent Bit), or use awslogs.`,
        });
      }
      const [first, second] = routers;
      if (first && second) {
        report({
          at: at(second, "firelensConfiguration"),
          message: `${task.name} has two FireLens routers, ${first.name} and ${second.name}; a task has one. Remove the router settings of one of them.`,
        });
      }
      for (const router of routers) judgeRouter(task, router, onFargate(task), at(router, "firelensConfiguration"));
    }

    function onFargate(task: ModelNode<"taskDefinition">): boolean {
      return placementsOf(model, task).some((place) => isFargate(place.launch));
    }

    function judgeRouter(
      task: ModelNode<"taskDefinition">,
      router: Container,
      fargate: boolean,
      place: { node: string; field: string },
    ): void {
      const { type, options } = router.firelensConfiguration ?? { type: "", options: undefined };
      if (!ROUTERS.has(type)) {
        report({
          at: place,
          message: `${router.name} is a FireLens router of type “${type}”, which ECS does not know. Use fluentbit or fluentd.`,
        });
      }
      if (router.logConfiguration?.logDriver === "awsfirelens") {
        report({
          at: { node: task.id, field: pointer("containerDefinitions", router.id, "logConfiguration") },
          message: `${router.name} is the FireLens router and hands its own logs to FireLens, so they would go in a circle. Use awslogs for the router itself.`,
        });
      }
      if (fargate && options?.["config-file-type"] === "s3") {
        report({
          at: place,
          message: `${router.name} reads its FireLens configuration from S3, which Fargate does not support. Put the file into the image and use config-file-type file.`,
        });
      }
      if (!router.essential) {
        report({
          at: { node: task.id, field: pointer("containerDefinitions", router.id, "essential") },
          severity: "warning",
          message: `${router.name} routes the logs of the whole task but is not essential; when it stops, logs are lost and the task runs on. Mark it as essential.`,
          fix: {
            title: `Mark ${router.name} as essential`,
            risk: "safe",
            edits: [
              {
                edit: "setField",
                id: task.id,
                field: pointer("containerDefinitions", router.id, "essential"),
                value: true,
              },
            ],
          },
        });
      }
    }
  },
});
