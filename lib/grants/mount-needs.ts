import type { Purpose } from "../aws/permissions";
import type { Resource } from "../stack/stack";
import { referredBy, sub, type Value } from "../stack/value";
import type { Context } from "./conditions";
import { account, arnOf, type Names, resourceNamed, textOf } from "./names";
import { anyKey, assumes, at, itemsOf, type Need, needsFor, type Reading, roleIn, target } from "./needs";
import type { Text } from "./text";

/** A container, and what its task definition is. */
interface Mounting {
  asking: Reading;
  definition: Resource;
  node: { id: string; name: string };
  container: Value;
  /** What the container is called. */
  called: string;
  /** The edge that draws a mount point, by its number. */
  edge(mount: number): string | undefined;
}

/** What IAM calls the mounts of a file system's service. */
interface Words {
  /** Prefix of its ARN, up to the id. */
  prefix: string;
  type: string;
  /** Of its access points. */
  pointType: string;
  pointKey: string;
  write: Purpose;
  read: Purpose;
}

const efs: Words = {
  prefix: "arn:${AWS::Partition}:elasticfilesystem:${AWS::Region}:${AWS::AccountId}:file-system/",
  type: "AWS::EFS::FileSystem",
  pointType: "AWS::EFS::AccessPoint",
  pointKey: "elasticfilesystem:accesspointarn",
  write: "efs-mount",
  read: "efs-mount-read-only",
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-files-security-iam.html */
const s3Files: Words = {
  prefix: "",
  type: "AWS::S3Files::FileSystem",
  pointType: "AWS::S3Files::AccessPoint",
  pointKey: "s3files:accesspointarn",
  write: "s3-files-mount",
  read: "s3-files-mount-read-only",
};

/** The file system of a volume that is mounted with IAM: of Amazon EFS where it is asked for, of S3 Files always. */
function volumeOf(volume: Value | undefined): { words: Words; files: Value; point: Value | undefined } | undefined {
  const config = at(volume, "EFSVolumeConfiguration");
  const files = at(config, "FilesystemId");
  if (files !== undefined && at(config, "AuthorizationConfig", "IAM") === "ENABLED") {
    return { words: efs, files, point: at(config, "AuthorizationConfig", "AccessPointId") };
  }
  const other = at(volume, "S3FilesVolumeConfiguration");
  const arn = at(other, "FileSystemArn");
  return arn === undefined ? undefined : { words: s3Files, files: arn, point: at(other, "AccessPointArn") };
}

const yes: Text = ["true"];

/**
 * File systems that a container mounts with the task role.
 * https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
export const mountNeeds = ({ asking, definition, node, container, called, edge }: Mounting): Need[] =>
  itemsOf(at(container, "MountPoints")).flatMap((mount, index) => {
    const volume = itemsOf(definition.properties.Volumes).find(
      (item) => at(item, "Name") === at(mount, "SourceVolume"),
    );
    const found = volumeOf(volume);
    if (!found) return [];
    const { words, files, point } = found;
    const pointId = point === undefined ? undefined : referred(asking.names, point, words.pointType);
    const through: Text | "absent" =
      point === undefined ? "absent" : pointId === undefined ? anyKey : arnOf(asking.names, pointId);
    const context: Context = new Map<string, Text | "absent">([
      [words.pointKey, through],
      ["elasticfilesystem:accessedviamounttarget", yes],
    ]);
    const id = referred(asking.names, files, words.type);
    const wanting = {
      node: node.id,
      edge: edge(index),
      what: `to mount a file system in ${called}`,
      who: roleIn(asking, definition.properties.TaskRoleArn),
      without: `${node.name} has no task role.`,
      check: "volumes" as const,
      context,
    };
    const outside = { resource: [...textOf(asking.names, sub(words.prefix)), ...textOf(asking.names, files)] };
    return needsFor(wanting, at(mount, "ReadOnly") === true ? words.read : words.write, {
      "file-system": id === undefined ? outside : target(asking, id),
    });
  });

function referred(names: Names, value: Value, type: string): string | undefined {
  return [...referredBy(value)].find((id) => names.stack.resources[id]?.type === type);
}

/**
 * Roles that AWS takes on for the volumes of a task definition: of S3 Files to reach its bucket.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-files-prereq-policies.html
 */
export function keeperNeeds(asking: Reading, definition: Resource, node: string): Need[] {
  const { names } = asking;
  const files = itemsOf(definition.properties.Volumes).flatMap((volume) => {
    const arn = at(volume, "S3FilesVolumeConfiguration", "FileSystemArn");
    return (arn === undefined ? undefined : referred(names, arn, s3Files.type)) ?? [];
  });
  return [...new Set(files)].flatMap((id) => {
    const context: Context = new Map([
      ["aws:sourceaccount", [account]],
      ["aws:sourcearn", arnOf(names, id)],
    ]);
    const role = names.stack.resources[id]?.properties.RoleArn;
    return assumes(asking, { node, check: "volumes", context }, role, "elasticfilesystem.amazonaws.com");
  });
}

/**
 * The role with which ECS makes the EBS volumes of a service's tasks.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html
 */
export const launchNeeds = (asking: Reading, service: Resource, node: string): Need[] =>
  itemsOf(service.properties.VolumeConfigurations).flatMap((item) => {
    const role = at(item, "ManagedEBSVolume", "RoleArn");
    const wanting = { node, place: service.id, check: "volumes" as const };
    return assumes(asking, wanting, role, "ecs.amazonaws.com");
  });

/** Whether a role of the stack carries a policy of AWS, by its name. Undefined: nobody knows what the role may do. */
export function carries(names: Names, role: Value | undefined, policy: string): boolean | undefined {
  const resource = resourceNamed(names, role);
  if (resource?.type !== "AWS::IAM::Role") return undefined;
  const { ManagedPolicyArns: managed, Policies: inline } = resource.properties;
  const arns = itemsOf(managed).map((value) =>
    textOf(names, value)
      .map((part) => (typeof part === "string" ? part : ""))
      .join(""),
  );
  if (arns.some((arn) => arn.endsWith(`/${policy}`) || arn.endsWith("/AdministratorAccess"))) return true;
  const apart = Object.values(names.stack.resources).some(
    ({ type, properties: { Roles, RoleName } }) =>
      /^AWS::IAM::(Managed|Role)?Policy$/.test(type) &&
      [...itemsOf(Roles), RoleName].some((value) => value !== undefined && resourceNamed(names, value) === resource),
  );
  const own = apart || inline !== undefined || (managed !== undefined && arns.length !== 0);
  return own || (managed !== undefined && !Array.isArray(managed)) ? undefined : false;
}
