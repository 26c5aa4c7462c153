import { volumeSupport } from "../../aws/storage";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { defineRule } from "../rule";
import { isWindows } from "../workloads";
import { mountsOf } from "./volumes";

export const efsPlatform = defineRule({
  id: "ECS-STO-005",
  severity: "error",
  title: "EFS on Windows",
  why: "EFS speaks NFS, which ECS mounts into Linux tasks only.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html",
  needs: ["efs"],
  refuses({ relation, from, to }) {
    if (relation !== "mount" || !isKind(from, "taskDefinition") || !isKind(to, "efs") || !unsupported(from)) {
      return undefined;
    }
    return {
      reason: "EFS volumes need Linux tasks, and these run Windows",
      instead: "Use FSx for Windows File Server (EC2 Windows), or Linux containers",
    };
  },
  check({ model }, report) {
    // A Fargate platform version below 1.4.0 is COMP-012.
    for (const { edge, taskDefinition, efs } of mountsOf(model)) {
      if (!unsupported(taskDefinition)) continue;
      report({
        at: { edge: edge.id },
        also: [{ node: taskDefinition.id, field: "/runtimePlatform/operatingSystemFamily" }, { node: efs.id }],
        message: `EFS volumes need Linux tasks on Fargate, EC2 or Managed Instances; ${taskDefinition.name} runs on Windows. Use FSx for Windows File Server (EC2 Windows) instead.`,
      });
    }
  },
});

const unsupported = (taskDefinition: ModelNode<"taskDefinition">): boolean =>
  isWindows(taskDefinition) &&
  volumeSupport("efs", "ec2-windows") === "no" &&
  volumeSupport("efs", "fargate-windows") === "no";
