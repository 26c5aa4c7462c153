import { actionsFor } from "../../aws/permissions";
import { portOf } from "../../aws/ports";
import { isKind } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { servicesOf } from "../../model/queries";
import { addVolume, contribute, sourceContainer } from "../containers";
import { allow } from "../group-rules";
import { groupOf, groupsOfTasks, runTaskEdgesOf } from "../groups";
import { keep } from "../keep";
import { constructOf, derived, type Lowering, perLowering } from "../lowering";
import { type Network, networkOf } from "../networks";
import { outputKey } from "../outputs";
import { PropertySet } from "../property-set";
import { roleOf } from "../roles";
import type { Origin } from "../stack";
import { att, type Properties, ref, targetOf, type Value } from "../value";
import { kebab, upperCamel } from "../words";

/** File systems with their mount targets, and the containers that mount them. */
export function fileSystems(lowering: Lowering): void {
  for (const node of lowering.model.of("efs")) addFileSystem(lowering, node);
  for (const edge of lowering.model.edgesOf("mount")) if (isKind(edge.to, "efs")) mount(lowering, edge, edge.to);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-efs-filesystem.html */
function addFileSystem(lowering: Lowering, node: ModelNode<"efs">): void {
  const { props } = node;
  const owner = node as ModelNode;
  const id = lowering.idOf(owner);
  const network = networkOf(lowering, owner);
  const from = (field: string): Origin => lowering.from(owner, field);
  const days = props.transitionToIaDays;
  const properties = new PropertySet()
    .set("AvailabilityZoneName", props.oneZone ? firstZone(lowering, node, network) : undefined, from("/oneZone"))
    .set("BackupPolicy", { Status: props.backup ? "ENABLED" : "DISABLED" }, from("/backup"))
    .set("Encrypted", props.encrypted, from("/encrypted"))
    .set(
      "LifecyclePolicies",
      days === null ? undefined : [{ TransitionToIA: `AFTER_${days}_DAYS` }],
      from("/transitionToIaDays"),
    )
    .set("PerformanceMode", props.performanceMode, from("/performanceMode"))
    .set("ProvisionedThroughputInMibps", props.provisionedThroughputInMibps, from("/provisionedThroughputInMibps"))
    .set("ThroughputMode", props.throughputMode, from("/throughputMode"));
  lowering.add("AWS::EFS::FileSystem", id, properties, {
    origins: lowering.drawn(owner),
    construct: constructOf("fileSystem", owner),
    ...keep,
  });
  mountTargetIds(lowering, node).forEach((target, zone) => {
    addMountTarget(lowering, node, network, target, zone);
  });
  if (!network.isNew) {
    lowering.describe(
      "File systems get mount targets in the first subnets of the lists given, which must lie in different Availability Zones.",
    );
  }
  lowering.output(outputKey(id), ref(id), `Id of the file system ${node.name}.`, derived(owner));
}

/** Of an existing VPC nobody knows the number of zones: two, as its subnet lists ask for. */
const ZONES_OF_EXISTING = 2;

/** Ids of the mount targets: one in each zone of the network, one in all for a One Zone file system. */
export function mountTargetIds(lowering: Lowering, node: ModelNode<"efs">): readonly string[] {
  const owner = node as ModelNode;
  const zones = node.props.oneZone ? 1 : (networkOf(lowering, owner).zones ?? ZONES_OF_EXISTING);
  return [...Array(zones).keys()].map((zone) => lowering.idFor(owner, `MountTarget${zone + 1}`));
}

function addMountTarget(lowering: Lowering, node: ModelNode<"efs">, network: Network, id: string, zone: number): void {
  const owner = node as ModelNode;
  const group = groupOf(lowering, owner);
  const properties = new PropertySet()
    .set("FileSystemId", ref(lowering.idOf(owner)), derived(owner))
    .set("SecurityGroups", group ? [group.groupId] : [], lowering.from(owner, "/securityGroups"))
    .set("SubnetId", network.subnet(node.props.tier, zone), lowering.from(owner, "/tier"));
  lowering.add("AWS::EFS::MountTarget", id, properties, {
    origins: derived(owner),
    construct: constructOf("fileSystem", owner),
  });
}

/** The zone of the first subnet of its tier; a parameter where the subnets come as parameters. */
function firstZone(lowering: Lowering, node: ModelNode<"efs">, network: Network): Value {
  const owner = node as ModelNode;
  const subnet = network.isNew ? targetOf(network.subnet(node.props.tier, 0)) : undefined;
  if (subnet !== undefined) return att(subnet, "AvailabilityZone");
  return lowering.parameter(`${lowering.idOf(owner)}AvailabilityZone`, {
    type: "AWS::EC2::AvailabilityZone::Name",
    description: `Availability Zone of ${node.name}: the one of the first ${node.props.tier} subnet.`,
    origin: lowering.from(owner, "/oneZone"),
  });
}

function mount(lowering: Lowering, edge: ModelEdge<"mount">, files: ModelNode<"efs">): void {
  const source = sourceContainer(edge as ModelEdge);
  if (!source) return;
  const owner = edge as ModelEdge;
  const { props } = edge;
  const point = accessPoint(lowering, edge, files);
  const volume = volumeFor(lowering, edge, files, point);
  contribute(
    lowering,
    source.node,
    source.container.id,
    "MountPoints",
    { ContainerPath: props.containerPath, ReadOnly: props.readOnly, SourceVolume: volume },
    lowering.drawn(owner),
  );
  if (props.iam) {
    const grant = {
      actions: actionsFor(props.readOnly ? "efs-mount-read-only" : "efs-mount"),
      resources: [att(lowering.idOf(files as ModelNode), "Arn")],
      ...(point === undefined
        ? {}
        : { conditions: { StringEquals: { "elasticfilesystem:AccessPointArn": att(point, "Arn") } } }),
    };
    roleOf(lowering, source.taskDefinition, "task").grant(grant, owner, lowering.from(owner, "/iam"));
  }
  openTo(lowering, owner, files, source.node);
  waitForTargets(lowering, files, source.node);
}

/** NFS from the groups of every place where the tasks run. `rules.md`, Appendix C, row 10. */
function openTo(lowering: Lowering, edge: ModelEdge, files: ModelNode<"efs">, taskDefinition: ModelNode): void {
  const to = groupOf(lowering, files as ModelNode);
  if (!to) return;
  const port = portOf("efs");
  for (const from of groupsOfTasks(lowering, taskDefinition)) {
    allow(lowering, { to, from, protocol: "tcp", fromPort: port, toPort: port, because: edge });
  }
}

/** Tasks that start before the mount targets stop at once. */
function waitForTargets(lowering: Lowering, files: ModelNode<"efs">, taskDefinition: ModelNode): void {
  const targets = mountTargetIds(lowering, files);
  for (const service of servicesOf(taskDefinition)) lowering.wait(lowering.idOf(service as ModelNode), ...targets);
  for (const edge of runTaskEdgesOf(lowering, taskDefinition)) {
    lowering.wait(lowering.idOf(edge.from), ...targets);
  }
}

const accessPoints = perLowering(() => new Map<string, string>());

/** Edges that ask for the same path and owner share one access point. */
function accessPoint(lowering: Lowering, edge: ModelEdge<"mount">, files: ModelNode<"efs">): string | undefined {
  const wanted = edge.props.accessPoint;
  if (!wanted) return undefined;
  const owner = files as ModelNode;
  const key = JSON.stringify([files.id, wanted.path, wanted.uid, wanted.gid]);
  const known = accessPoints(lowering).get(key);
  if (known !== undefined) {
    lowering.origin(known, "", lowering.from(edge as ModelEdge, "/accessPoint"));
    return known;
  }
  const id = lowering.idNamed(`${lowering.idOf(owner)}AccessPoint${upperCamel(wanted.path).slice(0, 60)}`, key);
  accessPoints(lowering).set(key, id);
  const from = (field: string): Origin => lowering.from(edge as ModelEdge, `/accessPoint${field}`);
  const properties = new PropertySet()
    .set("FileSystemId", ref(lowering.idOf(owner)), derived(edge as ModelEdge))
    .set("PosixUser", { Gid: String(wanted.gid), Uid: String(wanted.uid) }, from(""), {
      "/Gid": from("/gid"),
      "/Uid": from("/uid"),
    })
    .set(
      "RootDirectory",
      {
        CreationInfo: { OwnerGid: String(wanted.gid), OwnerUid: String(wanted.uid), Permissions: "755" },
        Path: wanted.path,
      },
      from(""),
      { "/Path": from("/path") },
    );
  lowering.add("AWS::EFS::AccessPoint", id, properties, {
    origins: from(""),
    construct: constructOf("fileSystem", owner),
  });
  return id;
}

/** Volume names of each task definition: its own ones, and those made here by what they mount. */
const volumeNames = perLowering(() => new Map<string, { taken: Set<string>; byConfiguration: Map<string, string> }>());

/** A file system that is mounted the same way twice is one volume. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html */
function volumeFor(
  lowering: Lowering,
  edge: ModelEdge<"mount">,
  files: ModelNode<"efs">,
  point: string | undefined,
): string {
  const { props } = edge;
  const authorisation: Properties = {
    ...(point === undefined ? {} : { AccessPointId: ref(point) }),
    ...(props.iam ? { IAM: "ENABLED" } : {}),
  };
  const configuration: Properties = {
    ...(Object.keys(authorisation).length > 0 ? { AuthorizationConfig: authorisation } : {}),
    FilesystemId: ref(lowering.idOf(files as ModelNode)),
    ...(props.rootDirectory === undefined ? {} : { RootDirectory: props.rootDirectory }),
    TransitEncryption: props.transitEncryption,
  };
  const definition = edge.from;
  let names = volumeNames(lowering).get(definition.id);
  if (!names) {
    const own = isKind(definition, "taskDefinition") ? definition.props.volumes : [];
    names = { taken: new Set(own.map((volume) => volume.name)), byConfiguration: new Map() };
    volumeNames(lowering).set(definition.id, names);
  }
  const key = JSON.stringify(configuration);
  let name = names.byConfiguration.get(key);
  if (name === undefined) {
    const base = kebab(lowering.idOf(files as ModelNode)).slice(0, 240);
    name = base;
    for (let number = 2; names.taken.has(name); number += 1) name = `${base}-${number}`;
    names.taken.add(name);
    names.byConfiguration.set(key, name);
  }
  const volume = { EFSVolumeConfiguration: configuration, Name: name };
  addVolume(lowering, definition, volume, lowering.drawn(edge as ModelEdge));
  return name;
}
