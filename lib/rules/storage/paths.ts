import { clip } from "../../core/text";
import type { Model, ModelEdge, ModelNode } from "../../model/model";
import type { Container } from "../../model/queries";
import type { Report } from "../rule";
import { isWindows } from "../workloads";
import { mountsOf } from "./volumes";

/** Docker mounts on absolute paths only. */
const isAbsolute = (path: string, windows: boolean): boolean =>
  windows ? /^([A-Za-z]:)?[\\/]/.test(path) : /^\//.test(path);

/** Paths inside a container that nothing can be mounted on, and tmpfs without a size. */
export function checkPaths(definition: ModelNode<"taskDefinition">, container: Container, report: Report): void {
  const windows = isWindows(definition);
  const prefix = `/containerDefinitions/${container.id}`;
  const judge = (path: string, what: string, field: string) => {
    if (isAbsolute(path, windows)) return;
    report({ at: { node: definition.id, field }, message: says(container.name, what, path) });
  };
  for (const [index, { containerPath, sourceVolume }] of container.mountPoints.entries()) {
    judge(containerPath, sourceVolume || "a volume", `${prefix}/mountPoints/${index}/containerPath`);
  }
  for (const [index, { containerPath, size }] of (container.linuxParameters?.tmpfs ?? []).entries()) {
    const field = `${prefix}/linuxParameters/tmpfs/${index}`;
    judge(containerPath, "a tmpfs", `${field}/containerPath`);
    if (size > 0) continue;
    report({
      at: { node: definition.id, field: `${field}/size` },
      message: `Container ${container.name} mounts a tmpfs of ${size} MiB on ${containerPath}, and AWS takes 1 or more. Give it the size it may grow to.`,
    });
  }
}

const says = (container: string, what: string, path: string): string =>
  `Container ${container} mounts ${what} on ${path === "" ? "no path at all" : `“${clip(path, 60)}”`}, and only an absolute path such as /data can be mounted on. Write the whole path.`;

/** https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html */
const directory = /^\/$|^(\/[^/$#<>;`|&?{}^*\n]+){1,4}$/;
const longest = 100;
/** https://docs.aws.amazon.com/efs/latest/ug/API_PosixUser.html */
const highestId = 4_294_967_295;

/** What an edge says of the file system it mounts, where EFS or Docker refuses it. */
export function checkMounts(model: Model, report: Report): void {
  for (const { edge, container, efs, taskDefinition } of mountsOf(model)) {
    const { containerPath, accessPoint, rootDirectory } = edge.props;
    if (!isAbsolute(containerPath, isWindows(taskDefinition))) {
      report({ at: { edge: edge.id, field: "/containerPath" }, message: says(container, efs.name, containerPath) });
    }
    // With an access point a root directory is STO-006.
    if (rootDirectory !== undefined && rootDirectory !== "" && !accessPoint && !rootDirectory.startsWith("/")) {
      report({
        at: { edge: edge.id, field: "/rootDirectory" },
        message: `Container ${container} mounts the directory “${clip(rootDirectory, 60)}” of ${efs.name}, and only an absolute path such as /app can be mounted. Write the whole path, or leave it empty.`,
      });
    }
    if (accessPoint) checkAccessPoint(edge, efs.name, accessPoint, report);
  }
}

function checkAccessPoint(
  { id }: ModelEdge<"mount">,
  files: string,
  { path, uid, gid }: { path: string; uid: number; gid: number },
  report: Report,
): void {
  if (path.length > longest || !directory.test(path)) {
    report({
      at: { edge: id, field: "/accessPoint/path" },
      message: `The access point of ${files} has the path “${clip(path, 60)}”; EFS takes an absolute path of up to four directories and ${longest} characters, and refuses it otherwise. Use one such as /app.`,
    });
  }
  for (const [field, value] of [
    ["uid", uid],
    ["gid", gid],
  ] as const) {
    if (value >= 0 && value <= highestId) continue;
    report({
      at: { edge: id, field: `/accessPoint/${field}` },
      message: `The access point of ${files} acts as ${field === "uid" ? "user" : "group"} ${value}; EFS takes 0 to ${highestId}, and refuses it otherwise. Use the id that the container runs as.`,
    });
  }
}
