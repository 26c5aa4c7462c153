import type { Known } from "../../../stack/stack";
import { type Properties, ref, targetOf, type Value } from "../../../stack/value";
import { call, type Expr, lit, make, member, method, obj, raw, type Variable } from "../code";
import { str } from "../values";
import type { Builder, Handle, Writing } from "../writing";
import { groupOf, selectionOf, vpcOf, vpcOfSubnets } from "./network";
import { type Override, writeOverrides } from "./overrides";
import { handleOf, isNumber, isText, only, removalPolicy, same } from "./shared";
import { finish } from "./single";

const names = { ref: "fileSystemId", attributes: { Arn: "fileSystemArn", FileSystemId: "fileSystemId" } };

/**
 * A file system with a mount target in each subnet of a tier.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_efs.FileSystem.html
 */
export const fileSystem: Builder = (writing, resource) => {
  const targets = targetsOf(writing, resource);
  if (!targets || !says(resource)) return undefined;
  return {
    type: "efs.FileSystem",
    makes: targets.ids,
    handle: (id, variable) => (id === resource.id ? handleOf(resource, variable, names) : targetHandle(variable)),
    ready: (variable) => [{ ids: targets.ids, expr: member(variable, "mountTargetsAvailable") }],
    write(variable) {
      const { props, overrides } = propsOf(writing, resource, targets);
      writing.program.declare(
        variable,
        make("efs.FileSystem", raw("this"), lit(resource.id), props),
        writing.place(resource),
      );
      finish(writing, resource, variable, true);
      writeOverrides(writing, resource, variable, overrides);
    },
  };
};

/** Mount targets are waited for together. */
const targetHandle = (variable: Variable): Handle => {
  const all = member(variable, "mountTargetsAvailable");
  return { variable, ref: all, attribute: () => all, l1: all };
};

interface Targets {
  ids: readonly string[];
  subnets: Value[];
  group: Value;
  vpc: Value;
}

/** The mount targets of a file system, where they stand in the subnets of one tier and share a group. */
function targetsOf(writing: Writing, { id }: Known): Targets | undefined {
  const list = writing.usersOf(id, "AWS::EFS::MountTarget");
  const subnets = list.map(({ properties }) => properties.SubnetId as Value);
  const [first] = list;
  const groups = first?.properties.SecurityGroups;
  const vpc = vpcOfSubnets(writing, subnets);
  if (!first || vpc === undefined || !Array.isArray(groups) || groups.length !== 1) return undefined;
  const usual = list.every(
    (one) =>
      only(one, "FileSystemId", "SecurityGroups", "SubnetId") &&
      same(one.properties.FileSystemId, ref(id)) &&
      same(one.properties.SecurityGroups, groups) &&
      one.condition === undefined &&
      (one.dependsOn ?? []).length === 0,
  );
  if (!usual || !selectionOf(writing, vpc, subnets)) return undefined;
  return { ids: list.map((one) => one.id), subnets, group: groups[0] as Value, vpc };
}

const days = /^AFTER_(1|7|14|30|60|90|180|270|365)_DAYS$/;

function says(resource: Known): boolean {
  const { BackupPolicy, Encrypted, LifecyclePolicies, PerformanceMode, ProvisionedThroughputInMibps, ThroughputMode } =
    resource.properties;
  const [lifecycle, ...others] = Array.isArray(LifecyclePolicies) ? (LifecyclePolicies as Properties[]) : [{}];
  const { TransitionToIA, ...more } = lifecycle ?? {};
  const keys = ["BackupPolicy", "Encrypted", "LifecyclePolicies", "PerformanceMode", "ProvisionedThroughputInMibps"];
  const status = (BackupPolicy as Properties | undefined)?.Status;
  return (
    only(resource, ...keys, "ThroughputMode") &&
    resource.deletionPolicy !== undefined &&
    resource.deletionPolicy !== "Snapshot" &&
    typeof Encrypted === "boolean" &&
    (status === "ENABLED" || status === "DISABLED") &&
    others.length === 0 &&
    Object.keys(more).length === 0 &&
    (TransitionToIA === undefined || (isText(TransitionToIA) && days.test(TransitionToIA))) &&
    (PerformanceMode === "generalPurpose" || (PerformanceMode === "maxIO" && ThroughputMode !== "elastic")) &&
    (ThroughputMode === "provisioned"
      ? isNumber(ProvisionedThroughputInMibps) && Number.isInteger(ProvisionedThroughputInMibps)
      : (ThroughputMode === "elastic" || ThroughputMode === "bursting") && ProvisionedThroughputInMibps === undefined)
  );
}

function propsOf(writing: Writing, resource: Known, targets: Targets): { props: Expr; overrides: Override[] } {
  const { BackupPolicy, Encrypted, LifecyclePolicies, PerformanceMode, ProvisionedThroughputInMibps, ThroughputMode } =
    resource.properties;
  const transition = (LifecyclePolicies as Properties[] | undefined)?.[0]?.TransitionToIA;
  const backed = (BackupPolicy as Properties).Status === "ENABLED";
  const props = obj({
    vpc: vpcOf(writing, targets.vpc),
    vpcSubnets: selectionOf(writing, targets.vpc, targets.subnets)?.selection,
    securityGroup: groupOf(writing, targets.group),
    encrypted: lit(Encrypted as boolean),
    enableAutomaticBackups: backed ? lit(true) : undefined,
    lifecyclePolicy: transition === undefined ? undefined : raw(`efs.LifecyclePolicy.${transition}`),
    performanceMode: raw(`efs.PerformanceMode.${PerformanceMode === "maxIO" ? "MAX_IO" : "GENERAL_PURPOSE"}`),
    throughputMode: raw(`efs.ThroughputMode.${String(ThroughputMode).toUpperCase()}`),
    provisionedThroughputPerSecond: isNumber(ProvisionedThroughputInMibps)
      ? call(raw("Size.mebibytes"), lit(ProvisionedThroughputInMibps))
      : undefined,
    allowAnonymousAccess: [lit(true), "Roles and access points decide, not a policy of the file system."],
    removalPolicy: removalPolicy(resource),
  });
  const overrides = backed ? [] : [{ path: "BackupPolicy", value: BackupPolicy as Value }];
  return { props, overrides };
}

/** An access point: `fileSystem.addAccessPoint(…)`. */
export const accessPoint: Builder = (writing, resource) => {
  const { FileSystemId, PosixUser, RootDirectory } = resource.properties;
  const of = targetOf(FileSystemId) ?? "";
  const { CreationInfo, Path } = (RootDirectory ?? {}) as Properties;
  if (!only(resource, "FileSystemId", "PosixUser", "RootDirectory") || !writing.built(of) || !isText(Path))
    return undefined;
  const { Gid, Uid, ...others } = (PosixUser ?? {}) as Properties;
  const { OwnerGid, OwnerUid, Permissions, ...more } = (CreationInfo ?? {}) as Properties;
  const values = [Gid, Uid, OwnerGid, OwnerUid, Permissions];
  if (!values.every(isText) || Object.keys(others).length + Object.keys(more).length > 0) return undefined;
  const [gid, uid, ownerGid, ownerUid, permissions] = (values as string[]).map((one) => lit(one));
  return {
    type: "efs.AccessPoint",
    makes: [],
    handle: (_id, variable) =>
      handleOf(resource, variable, {
        ref: "accessPointId",
        attributes: { AccessPointId: "accessPointId", Arn: "accessPointArn" },
      }),
    write(variable) {
      const props = obj({
        path: str(writing, Path),
        createAcl: obj({ ownerGid, ownerUid, permissions }),
        posixUser: obj({ gid, uid }),
      });
      const on = writing.handle(of)?.variable as Variable;
      writing.program.declare(variable, method(on, "addAccessPoint", lit(resource.id), props), writing.place(resource));
      finish(writing, resource, variable);
    },
  };
};
