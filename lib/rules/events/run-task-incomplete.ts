import { limits } from "../../aws/limits";
import { isKind } from "../../model/build";
import { isFargate, networkModeOf, placementOfRunTask, runTaskDefinition } from "../../model/queries";
import { defineRule, type Fix } from "../rule";

export const runTaskIncomplete = defineRule({
  id: "ECS-EVT-002",
  severity: "error",
  title: "RunTask target incomplete",
  why: "EventBridge starts a task with exactly what the target says. What is missing or does not fit makes every run fail, with no error that anybody sees.",
  docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
  needs: ["eventRule", "eventSchedule"],
  check({ model }, report) {
    for (const edge of model.edgesOf("runTask")) {
      const task = runTaskDefinition(edge);
      const say = (field: string, missing: string, fix?: Fix): void =>
        report({
          at: { edge: edge.id, field },
          message: `${edge.from.name} starts ${task?.name ?? edge.to.name}, but ${missing}, so the run fails with no visible error. Fill it in.`,
          ...(fix ? { fix } : {}),
        });
      const clear = (field: string, title: string): Fix => ({
        title,
        risk: "safe",
        edits: [{ edit: "setField", id: edge.id, field }],
      });
      if (!task) {
        say("", "the service has no task definition");
        continue;
      }
      const place = placementOfRunTask(model, edge, task);
      const fargate = isFargate(place.launch);
      if (!place.cluster) say("/cluster", "no cluster is named");
      const allowed = task.props.requiresCompatibilities;
      const wanted = fargate ? "FARGATE" : "EC2";
      if (allowed.length > 0 && !allowed.includes(wanted)) {
        say("/launchType", `the launch type is ${wanted} and ${task.name} is declared only for ${allowed.join(", ")}`);
      }
      const ownNetwork = networkModeOf(task) === "awsvpc";
      if (edge.props.assignPublicIp && !fargate) {
        say(
          "/assignPublicIp",
          "it asks for a public IP, which only Fargate gives",
          clear("/assignPublicIp", "Ask for no public IP"),
        );
      } else if (edge.props.assignPublicIp && !ownNetwork) {
        say(
          "/assignPublicIp",
          `${task.name} has no network interface of its own to carry a public IP`,
          clear("/assignPublicIp", "Ask for no public IP"),
        );
      }
      const { taskCount } = edge.props;
      const { min, max } = limits.schedulerTaskCount;
      const most = isKind(edge.from, "eventSchedule") ? max : Number.POSITIVE_INFINITY;
      if (taskCount < min || taskCount > most) {
        say(
          "/taskCount",
          `it asks for ${taskCount} tasks, and ${most === max ? `a schedule starts ${min} to ${max}` : `a rule starts at least ${min}`}`,
          clear("/taskCount", "Start one task"),
        );
      }
    }
  },
});
