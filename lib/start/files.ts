import { isKind, isRelationEdge } from "../model/build";
import type { Model } from "../model/model";
import { chosenContainer, containersOf } from "../model/queries";
import type { TaskPlace } from "../network/flow";
import { accountOf, foreignImage, pullOf } from "../rules/container/images";
import { containerField } from "../rules/workloads";
import type { Besides } from "./checks";

/** Users that a container is given and that may write everywhere. */
const isRoot = (user: string): boolean => /^(root|0)(:|$)/.test(user);

/**
 * What nobody can know of the files on a file system, in sentences: whether a directory is there, and whether the user of
 * the container may write. An access point settles both.
 * https://docs.aws.amazon.com/efs/latest/ug/accessing-fs-nfs-permissions.html
 * https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html
 */
export function fileDoubts(model: Model, place: TaskPlace): Besides[] {
  const task = model.node(place.taskDefinition);
  if (!task || !isKind(task, "taskDefinition")) return [];
  return task.out.flatMap((edge): Besides[] => {
    if (!isRelationEdge(edge, "mount") || !isKind(edge.to, "efs") || edge.props.accessPoint) return [];
    const { rootDirectory = "", readOnly } = edge.props;
    const container = chosenContainer(task, edge.fromContainer);
    const user = container?.user ?? "";
    const directory = rootDirectory === "" || rootDirectory === "/" ? undefined : rootDirectory;
    const doubts = [
      ...(directory === undefined
        ? []
        : [
            `Whether there is a directory ${directory} of ${edge.to.name}, the design does not say, and without it the mount fails: a new file system is empty. Mount through an access point, which makes its directory.`,
          ]),
      ...(user === "" || isRoot(user) || readOnly
        ? []
        : [
            `${container?.name} runs as ${user}, and ${directory ?? `the root of ${edge.to.name}`} belongs to root until somebody changes it, so writing may be denied. Mount through an access point with a user of its own.`,
          ]),
    ];
    return doubts.map((why) => ({ verdict: "unknowable", why, at: { edge: edge.id } }));
  });
}

/**
 * Images of another account's registry, whose policy nobody can know here.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 */
export function imageDoubts(model: Model, place: TaskPlace): Besides[] {
  const task = model.node(place.taskDefinition);
  if (!task || !isKind(task, "taskDefinition")) return [];
  return containersOf(task).flatMap((container): Besides[] => {
    const account = pullOf(task, container) ? undefined : accountOf(container.image ?? "");
    if (account === undefined) return [];
    const at = { node: task.id, field: containerField(container.id, "image") };
    return [{ verdict: "unknowable", why: foreignImage(container.name, account), at }];
  });
}
