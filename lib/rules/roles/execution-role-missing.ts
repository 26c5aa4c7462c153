import { list } from "../../core/text";
import type { Model, ModelNode } from "../../model/model";
import { containersOf, isFargate, placementsOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { denied, lacksWords } from "./allowed";
import { CREATE } from "./log-group-creation";

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

/** Pulling from ECR is ECR-001, creating log groups is IAM-013. */
const checks: readonly (string | undefined)[] = ["secrets", "environmentFiles", "logs"];

const runsOnFargate = (model: Model, task: ModelNode<"taskDefinition">): boolean =>
  placementsOf(model, task).some((place) => isFargate(place.launch));

export const executionRoleMissing = defineRule({
  id: "ECS-IAM-003",
  severity: "error",
  title: "Execution role missing",
  why: "The execution role is what ECS itself uses before your code starts: to pull from ECR, to write logs and to read secrets.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
  needs: ["taskDefinition"],
  check(on, report) {
    const { model } = on;
    for (const task of model.of("taskDefinition")) {
      const { executionRole } = task.props;
      const missing = lacksWords(
        on,
        executionRole,
        denied(on, executionRole, ({ node, check, actions }) => {
          return node === task.id && checks.includes(check) && !actions.includes(CREATE);
        }),
      );
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
