import { clip } from "../../core/text";
import type { Edit } from "../../document/edits/edit";
import { defineRule } from "../rule";
import { fargateUse, isWindows } from "../workloads";

export const hostVolume = defineRule({
  id: "ECS-STO-015",
  severity: "error",
  title: "Host path or Docker volume without a host",
  why: "Paths of the host and Docker volumes need a container instance that is yours. Fargate has none, and Windows knows Docker's local driver only.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const taskDefinition of model.of("taskDefinition")) {
      const { volumes } = taskDefinition.props;
      if (volumes.length === 0) continue;
      const onFargate = fargateUse(model, taskDefinition);
      for (const [index, volume] of volumes.entries()) {
        const { host, dockerVolumeConfiguration: docker } = volume;
        const field = `/volumes/${index}`;
        const clear = (part: string): Edit[] => [{ edit: "setField", id: taskDefinition.id, field: `${field}${part}` }];
        if (onFargate && (host?.sourcePath ?? "") !== "") {
          report({
            at: { node: taskDefinition.id, field: `${field}/host/sourcePath` },
            also: onFargate.also,
            message: `Volume ${volume.name} names a path on the host, but Fargate tasks have no host you own, and ${onFargate.words}. Leave the path empty for scratch space shared by the task's containers, or use EFS.`,
            fix: { title: "Clear the path", risk: "safe", edits: clear("/host/sourcePath") },
          });
        }
        const path = host?.sourcePath ?? "";
        if (!onFargate && path !== "" && !isWindows(taskDefinition) && !path.startsWith("/")) {
          report({
            at: { node: taskDefinition.id, field: `${field}/host/sourcePath` },
            message: `Volume ${volume.name} names “${clip(path, 60)}”, which is not a path of the host: an instance has no folder of your project, so the task cannot start. Write an absolute path of the instance, or leave it empty for scratch space.`,
            fix: { title: "Clear the path", risk: "safe", edits: clear("/host/sourcePath") },
          });
        }
        if (!docker) continue;
        const at = { node: taskDefinition.id, field: `${field}/dockerVolumeConfiguration` };
        if (onFargate) {
          report({
            at,
            also: onFargate.also,
            message: `Volume ${volume.name} is a Docker volume, but Fargate tasks have no host you own, and ${onFargate.words}. Leave it without settings for scratch space shared by the task's containers, or use EFS.`,
            fix: { title: "Make it scratch space", risk: "safe", edits: clear("/dockerVolumeConfiguration") },
          });
        } else if (isWindows(taskDefinition) && (docker.driver ?? "local") !== "local") {
          report({
            at: { ...at, field: `${at.field}/driver` },
            message: `Volume ${volume.name} uses the Docker driver ${docker.driver}, but Windows has the local driver only. Use local.`,
            fix: { title: "Use the local driver", risk: "safe", edits: clear("/dockerVolumeConfiguration/driver") },
          });
        }
        if (!onFargate && docker.autoprovision && docker.scope === "task") {
          report({
            at: { ...at, field: `${at.field}/autoprovision` },
            message: `Volume ${volume.name} is to be made when missing (autoprovision), but its scope is the task, so it is always new and ECS refuses the setting. Choose scope shared, or clear autoprovision.`,
            fix: {
              title: "Clear autoprovision",
              risk: "safe",
              edits: clear("/dockerVolumeConfiguration/autoprovision"),
            },
          });
        }
      }
    }
  },
});
