import { list } from "../../core/text";
import type { Model, ModelNode } from "../../model/model";
import { containersOf, isFargate, placementsOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { lacking } from "./allowed";

/** What ECS does with the execution role before the code starts; on EC2 pulls and logs can use the instance profile. */
function reasons(model: Model, task: ModelNode<"taskDefinition">): { must: string[]; onFargate: string[] } {
  const edges = task.out;
  const containers = containersOf(task);
  const has = (relation: string): boolean => edges.some((edge) => edge.relation === relation);
  const must = [
    ...(has("inject") || containers.some((container) => container.secrets.length > 0) ? ["reads secrets"] : []),
    ...(has("credentials") ? ["logs in to a private registry"] : []),
    ...(has("environmentFile") || containers.some((container) => container.environmentFiles.length > 0)
      ? ["loads environment files"]
      : []),
    ...(containers.some((container) => (container.logConfiguration?.secretOptions ?? []).length > 0)
      ? ["reads secrets of the log driver"]
      : []),
  ];
  const fargate = runsOnFargate(model, task);
  const onFargate = [
    ...(edges.some((edge) => edge.relation === "pull" && edge.to.kind === "ecrRepository") ? ["pulls from ECR"] : []),
    ...(containers.some((container) => container.logConfiguration?.logDriver === "awslogs") ? ["writes logs"] : []),
  ];
  return { must, onFargate: fargate ? onFargate : [] };
}

/** The actions that the execution role needs for what is drawn. Pulling from ECR is ECR-001. */
export function executionActions(model: Model, task: ModelNode<"taskDefinition">): string[] {
  const actions: string[] = [];
  for (const { relation, to } of task.out) {
    if (relation === "credentials" || (relation === "inject" && to.kind === "secret")) actions.push(readSecret);
    if (relation === "inject" && to.kind === "ssmParameter") actions.push(readParameter);
    if (relation === "environmentFile") actions.push(readFile);
  }
  for (const { secrets, environmentFiles, logConfiguration } of containersOf(task)) {
    for (const { valueFrom } of [...secrets, ...(logConfiguration?.secretOptions ?? [])]) {
      actions.push(valueFrom.includes(":secretsmanager:") ? readSecret : readParameter);
    }
    if (environmentFiles.length > 0) actions.push(readFile);
    // On instances the agent writes logs with their role.
    if (logConfiguration?.logDriver === "awslogs" && runsOnFargate(model, task)) {
      actions.push("logs:CreateLogStream", "logs:PutLogEvents");
    }
  }
  return actions;
}

const readSecret = "secretsmanager:GetSecretValue";
const readParameter = "ssm:GetParameters";
const readFile = "s3:GetObject";

const runsOnFargate = (model: Model, task: ModelNode<"taskDefinition">): boolean =>
  placementsOf(model, task).some((place) => isFargate(place.launch));

export const executionRoleMissing = defineRule({
  id: "ECS-IAM-003",
  severity: "error",
  title: "Execution role missing",
  why: "The execution role is what ECS itself uses before your code starts: to pull from ECR, to write logs and to read secrets.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const task of model.of("taskDefinition")) {
      const missing = lacking(task.props.executionRole, executionActions(model, task));
      if (missing.length > 0) {
        report({
          at: { node: task.id, field: "/executionRole" },
          message: `The execution role of ${task.name} lacks ${list(missing)}, which ECS needs before your code starts, so its tasks stop. Add what is missing, or let the role be derived.`,
          fix: safe("Derive the execution role", set(task.id, "/executionRole")),
        });
      }
      if (task.props.executionRole.mode !== "none") continue;
      const { must, onFargate } = reasons(model, task);
      const all = [...onFargate, ...must];
      if (all.length === 0) continue;
      report({
        at: { node: task.id, field: "/executionRole" },
        message: `${task.name} needs an execution role: it ${list(all)} before your code starts. Let the role be derived.`,
        fix: {
          title: "Derive the execution role",
          risk: "safe",
          edits: [{ edit: "setField", id: task.id, field: "/executionRole" }],
        },
      });
    }
  },
});
