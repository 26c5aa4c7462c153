import { ebsVolumes } from "../aws/ebs-volumes";
import { osOf } from "../aws/runtime-platforms";
import { type StorageCompute, type VolumeKind, volumeSupport } from "../aws/storage";
import { isObject, own } from "../core/json";
import { carries } from "../grants/mount-needs";
import { fileSystemOfVolume } from "../network/interfaces";
import { at, booleanOf, isOpen, itemsOf, keyOf, numberOf } from "../network/lookup";
import { mountHops } from "../network/walks/mount";
import { referredBy, type Value } from "../stack/value";
import { type About, type Against, againstIn, type Check, each, fails, nameOf, unsure, written } from "./about";
import { directoryMayLack, efs, isRoot } from "./template-efs";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html */
export const volumes: Check = (about) => {
  const { definition } = about;
  const { Volumes } = definition.properties;
  if (isOpen(Volumes)) return [unsure(`The volumes of ${definition.id} are known only when the template is deployed.`)];
  const all = itemsOf(Volumes) ?? [];
  return [
    ...each(about, "MountPoints", (item, container) => {
      const source = at(item, "SourceVolume");
      if (
        source === undefined ||
        all.some((volume) => isOpen(volume) || keyOf(at(volume, "Name") ?? "") === keyOf(source))
      )
        return [];
      return [
        fails(`${nameOf(container)} mounts ${written(source) ?? "a volume"}, which ${definition.id} does not have.`),
      ];
    }),
    ...all.flatMap((volume) => volumeOf(about, volume)),
  ];
};

/** What a volume is, by the property that says so. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html */
const kinds: Readonly<Record<string, VolumeKind>> = {
  DockerVolumeConfiguration: "docker",
  EFSVolumeConfiguration: "efs",
  FSxWindowsFileServerVolumeConfiguration: "fsx-windows",
  S3FilesVolumeConfiguration: "s3-files",
};

const words: Readonly<Record<VolumeKind, string>> = {
  scratch: "space of the task",
  "host-path": "a path of the host",
  docker: "a Docker volume",
  tmpfs: "memory",
  ebs: "an EBS volume",
  efs: "an Amazon EFS file system",
  "s3-files": "an S3 Files file system",
  "fsx-windows": "an FSx for Windows file system",
};

const computeNames: Readonly<Record<StorageCompute, string>> = {
  "fargate-linux": "Fargate",
  "fargate-windows": "Fargate with Windows",
  "ec2-linux": "EC2",
  "ec2-windows": "EC2 with Windows",
  "managed-instances": "Managed Instances",
  external: "machines outside of AWS",
};

function computeOf({ fargate, place, definition }: About): StorageCompute {
  if (place.managed) return "managed-instances";
  if (place.resource.properties.LaunchType === "EXTERNAL") return "external";
  const os = osOf(written(at(definition.properties.RuntimePlatform, "OperatingSystemFamily")));
  return `${fargate ? "fargate" : "ec2"}-${os}`;
}

function volumeOf(about: About, volume: Value): Against[] {
  const { definition } = about;
  if (isOpen(volume) || !isObject(volume))
    return [unsure(`A volume of ${definition.id} is known only when the template is deployed.`)];
  const name = written(at(volume, "Name")) ?? "a volume";
  const launched = at(volume, "ConfiguredAtLaunch");
  const named = Object.keys(volume).filter((key) => !["Name", "Host", "ConfiguredAtLaunch"].includes(key));
  const strange = named.filter((key) => own(kinds, key) === undefined);
  if (strange.length > 0)
    return [unsure(`Whether ${strange.join(", ")} of ${name} can be mounted is not judged here.`)];
  const atLaunch = booleanOf(launched);
  if (launched !== undefined && atLaunch === undefined)
    return [unsure(`Whether ${name} is made at launch is known only when the template is deployed.`)];
  const path = at(volume, "Host", "SourcePath");
  const all: VolumeKind[] = [
    ...named.flatMap((key) => own(kinds, key) ?? []),
    ...(path === undefined ? [] : (["host-path"] as const)),
    ...(atLaunch ? (["ebs"] as const) : []),
  ];
  const [kind, second] = all;
  if (second !== undefined)
    return [fails(`${name} is both ${words[kind as VolumeKind]} and ${words[second]}; a volume is one of them.`)];
  if (kind === undefined) return [];
  const unsupported = supported(about, name, kind);
  return unsupported.length > 0 ? unsupported : (judges[kind]?.(about, volume, name) ?? []);
}

/** Whether what runs the task takes volumes of a kind. */
function supported(about: About, name: string, kind: VolumeKind): Against[] {
  const compute = computeOf(about);
  const support = volumeSupport(kind, compute);
  if (support === "yes") return [];
  const where = computeNames[compute];
  if (support === "unverified" || about.place.unsure)
    return [unsure(`${name} is ${words[kind]}; whether ${where} mounts it, AWS's pages or this template do not say.`)];
  return [fails(`${name} is ${words[kind]}, which tasks on ${where} cannot mount.`)];
}

type Judge = (about: About, volume: Value, name: string) => Against[];

/**
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/s3files-volumes.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-files-prereq-policies.html
 */
const s3Files: Judge = (about, volume, name) => {
  const { definition, place, ground } = about;
  const { network } = ground;
  const config = at(volume, "S3FilesVolumeConfiguration");
  const root = at(config, "RootDirectory");
  const found: Against[] = [];
  // Whether that role may mount it, the permissions say.
  if (definition.properties.TaskRoleArn === undefined)
    found.push(fails(`${definition.id} mounts ${name} with its task role, and it has none.`));
  const point = at(config, "AccessPointArn");
  if (point !== undefined && !isRoot(root))
    found.push(fails(`${name} has an access point and a root directory; S3 Files takes only one of the two.`));
  if (point === undefined && !isRoot(root)) found.push(directoryMayLack(root, name));
  const files = fileSystemOfVolume(network, volume);
  if (!files) return [...found, unsure(`The file system of ${name} exists outside of this template.`)];
  const bucket = [...referredBy(files.properties.Bucket)]
    .map((id) => network.lookup.resource(id))
    .find((resource) => resource?.type === "AWS::S3::Bucket");
  const versioned = at(bucket?.properties.VersioningConfiguration, "Status");
  if (!bucket)
    found.push(unsure(`The bucket of ${files.id} exists outside of this template; S3 Files needs its versioning on.`));
  else if (isOpen(bucket.properties.VersioningConfiguration) || isOpen(versioned))
    found.push(unsure(`Whether ${bucket.id} keeps versions is known only when the template is deployed.`));
  else if (versioned !== "Enabled")
    found.push(
      fails(
        `${files.id} needs a bucket that keeps versions, and ${bucket.id} does not: set its VersioningConfiguration to Enabled.`,
      ),
    );
  return [...found, ...againstIn(mountHops(network, [place], files, [definition.id, files.id]))];
};

/**
 * An EBS volume that ECS makes for each task: the service says how.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ebs-volumes.html
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceManagedEBSVolumeConfiguration.html
 */
const ebs: Judge = (about, volume, name) => {
  const { definition, place, fargate, ground } = about;
  const launched = (itemsOf(definition.properties.Volumes) ?? []).filter((item) =>
    booleanOf(at(item, "ConfiguredAtLaunch")),
  );
  const found: Against[] = [];
  if (launched.length > 1)
    found.push(fails(`${definition.id} has ${launched.length} volumes that are made at launch; a task takes one.`));
  if (place.resource.type !== "AWS::ECS::Service")
    return [...found, unsure(`${name} is made at launch, and ${place.name} has no place to say how.`)];
  const { VolumeConfigurations, SchedulingStrategy } = place.resource.properties;
  if (SchedulingStrategy === "DAEMON") found.push(fails(`${place.name} is a daemon, and daemons take no EBS volumes.`));
  const items = itemsOf(VolumeConfigurations) ?? [];
  const config = items.find((item) => keyOf(at(item, "Name") ?? "") === keyOf(at(volume, "Name") ?? ""));
  if (isOpen(VolumeConfigurations) || (!config && items.some(isOpen)))
    return [...found, unsure(`How ${place.name} makes ${name} is known only when the template is deployed.`)];
  if (!config)
    return [...found, fails(`${name} is made at launch, and no VolumeConfigurations of ${place.name} say how.`)];
  const made = at(config, "ManagedEBSVolume");
  if (isOpen(made))
    return [...found, unsure(`How ${place.name} makes ${name} is known only when the template is deployed.`)];
  const role = at(made, "RoleArn");
  const names = { stack: ground.network.lookup.stack, region: undefined };
  const may = carries(names, role, POLICY);
  if (role === undefined)
    found.push(fails(`ECS makes ${name} with an infrastructure role, and ${place.name} names none.`));
  else if (may === false)
    found.push(fails(`${keyOf(role)} may nothing; to make ${name} ECS needs what ${POLICY} allows.`));
  else if (may === undefined)
    found.push(unsure(`Whether ${keyOf(role)} may make and attach ${name}, as ${POLICY} does, is not judged here.`));
  return [...found, ...measured(made, name, fargate)];
};

const POLICY = "AmazonECSInfrastructureRolePolicyForVolumes";

/** Size and speed of an EBS volume, against what its type takes. */
function measured(made: Value | undefined, name: string, fargate: boolean): Against[] {
  const [type, size, snapshot, iops, throughput, system] = [
    ...["VolumeType", "SizeInGiB", "SnapshotId", "Iops", "Throughput", "FilesystemType"],
  ].map((property) => at(made, property));
  if ([type, size, snapshot, iops, throughput, system].some(isOpen))
    return [unsure(`The size or the speed of ${name} is known only when the template is deployed.`)];
  // gp3 where none is given.
  const row = Object.hasOwn(ebsVolumes.rows, written(type) ?? "gp3")
    ? ebsVolumes.rows[(written(type) ?? "gp3") as keyof typeof ebsVolumes.rows]
    : undefined;
  if (!row) return [fails(`${name} is of type ${written(type)}, which Amazon EBS does not have.`)];
  const found: Against[] = [];
  if (size === undefined && snapshot === undefined)
    found.push(fails(`${name} has neither a size nor a snapshot. Give it one.`));
  if (fargate && !row.fargate) found.push(fails(`Fargate takes no EBS volumes of type ${written(type)}.`));
  const within = (what: string, value: number | undefined, from: number, to: number, disputed = to): void => {
    if (value === undefined || (value >= from && value <= to)) return;
    if (value > to && value <= disputed)
      found.push(unsure(`AWS's pages do not agree whether ${name} may have ${what} of ${value}.`));
    else found.push(fails(`${name} has ${what} of ${value}; its type takes ${from} to ${to}.`));
  };
  within("a size", numberOf(size), row.size.min, row.size.max, row.sizeMaxDisputed);
  if (row.iops) within("Iops", numberOf(iops), row.iops.min, row.iops.max, row.iopsMaxDisputed);
  else if (iops !== undefined) found.push(fails(`${name} is of a type that takes no Iops.`));
  if (row.iopsRequired && iops === undefined) found.push(fails(`${name} is of a type that needs Iops.`));
  if (row.throughput)
    within("a throughput", numberOf(throughput), row.throughput.min, row.throughput.max, row.throughputMaxDisputed);
  else if (throughput !== undefined) found.push(fails(`${name} is of a type that takes no throughput.`));
  const formatted = written(system);
  if (formatted !== undefined && !ebsVolumes.fileSystems.includes(formatted))
    found.push(fails(`${name} is formatted as ${formatted}; ECS formats as ${ebsVolumes.fileSystems.join(", ")}.`));
  return found;
}

/** What else there is to say of a volume, by its kind. */
const judges: { readonly [K in VolumeKind]?: Judge } = {
  efs,
  "s3-files": s3Files,
  ebs,
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/wfsx-volumes.html
  "fsx-windows": (_about, _volume, name) => [
    unsure(
      `Whether the instances are of the domain of ${name} and its credentials are right, this template does not say.`,
    ),
  ],
};
