import { list } from "../../core/text";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { type Container, containersOf } from "../../model/queries";
import { defineRule, type Report } from "../rule";
import { checkMounts, checkPaths } from "./paths";
import { mountsOfContainer } from "./volumes";

export const volumeMounts = defineRule({
  id: "ECS-STO-016",
  severity: "error",
  title: "Volume definition or mount does not add up",
  why: "A mount point names a volume of the task definition, each volume has one source, and each path of a container one volume.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const taskDefinition of model.of("taskDefinition")) {
      definitions(taskDefinition, report);
      for (const container of containersOf(taskDefinition)) {
        unknownVolumes(taskDefinition, container, report);
        sharedPaths(taskDefinition, container, report);
        checkPaths(taskDefinition, container, report);
      }
    }
    checkMounts(model, report);
  },
});

function definitions(taskDefinition: ModelNode<"taskDefinition">, report: Report): void {
  const { volumes } = taskDefinition.props;
  const mounted = new Set(
    containersOf(taskDefinition).flatMap(({ mountPoints }) => mountPoints.map(({ sourceVolume }) => sourceVolume)),
  );
  for (const [index, volume] of volumes.entries()) {
    const at = { node: taskDefinition.id, field: `/volumes/${index}` };
    // Two volumes of one name are TD-010.
    if (!mounted.has(volume.name)) {
      report({
        at,
        severity: "info",
        message: `No container of ${taskDefinition.name} mounts volume ${volume.name}. Mount it, or remove it.`,
      });
    }
    if (volume.host && volume.dockerVolumeConfiguration) {
      report({
        at,
        message: `Volume ${volume.name} is a host volume and a Docker volume at once, but a volume has one source. Keep one of the two.`,
      });
    }
  }
}

function unknownVolumes(taskDefinition: ModelNode<"taskDefinition">, container: Container, report: Report): void {
  const names = taskDefinition.props.volumes.map(({ name }) => name);
  for (const [index, { sourceVolume }] of container.mountPoints.entries()) {
    if (names.includes(sourceVolume)) continue;
    const field = `/containerDefinitions/${container.id}/mountPoints/${index}/sourceVolume`;
    const closest =
      names.find((name) => name.toLowerCase().startsWith(sourceVolume.toLowerCase().slice(0, 3))) ?? names[0];
    report({
      at: { node: taskDefinition.id, field },
      message: `Container ${container.name} mounts ${sourceVolume}, which ${taskDefinition.name} does not define. ${
        names.length === 0 ? "Add the volume." : `Pick one of ${list(names)}.`
      }`,
      fix:
        closest === undefined
          ? {
              title: `Add volume ${sourceVolume}`,
              risk: "safe",
              edits: [{ edit: "setField", id: taskDefinition.id, field: "/volumes", value: [{ name: sourceVolume }] }],
            }
          : {
              title: `Mount ${closest}`,
              risk: "review",
              edits: [{ edit: "setField", id: taskDefinition.id, field, value: closest }],
            },
    });
  }
}

/** Two mounts of one container on the same path, its file systems and its own volumes alike. */
function sharedPaths(taskDefinition: ModelNode<"taskDefinition">, container: Container, report: Report): void {
  const prefix = `/containerDefinitions/${container.id}/mountPoints`;
  const mounts = [
    ...container.mountPoints.map(({ containerPath, sourceVolume }, index) => ({
      path: containerPath,
      what: sourceVolume,
      at: { node: taskDefinition.id, field: `${prefix}/${index}/containerPath` },
    })),
    // A bucket is no volume at all: STO-001.
    ...mountsOfContainer(taskDefinition, container.id).flatMap((edge) =>
      isKind(edge.to, "s3Bucket")
        ? []
        : [{ path: edge.props.containerPath, what: edge.to.name, at: { edge: edge.id, field: "/containerPath" } }],
    ),
  ];
  const taken = new Map<string, (typeof mounts)[number]>();
  for (const mount of mounts) {
    const path = mount.path.replace(/(.)\/+$/, "$1");
    const owner = taken.get(path);
    if (!owner) taken.set(path, mount);
    else {
      report({
        at: mount.at,
        also: [owner.at],
        message: `Container ${container.name} mounts ${owner.what} and ${mount.what} on the same path ${path}, and only one of them can be there. Give each its own path.`,
      });
    }
  }
}
