import { withoutHostNames } from "../network/doors";
import { fileSystemOfVolume } from "../network/interfaces";
import { at, booleanOf, isName, isOpen, itemsOf, keyOf, keyText } from "../network/lookup";
import { mountHops } from "../network/walks/mount";
import type { Resource } from "../stack/stack";
import { referredBy, type Value } from "../stack/value";
import { type About, type Against, againstIn, fails, nameOf, unsure, written } from "./about";

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html */
export function efs(about: About, volume: Value, name: string): Against[] {
  const { definition, place, ground } = about;
  const { lookup } = ground.network;
  const config = at(volume, "EFSVolumeConfiguration");
  const point = at(config, "AuthorizationConfig", "AccessPointId");
  const root = at(config, "RootDirectory");
  const iam = at(config, "AuthorizationConfig", "IAM");
  const found: Against[] = [];
  const bare = isRoot(root);
  const encrypted = at(config, "TransitEncryption") === "ENABLED";
  if (point !== undefined && !bare)
    found.push(
      fails(`${name} has an access point and a root directory; EFS takes only one of the two. Remove RootDirectory.`),
    );
  if ((point !== undefined || iam === "ENABLED") && !encrypted) {
    found.push(
      isOpen(at(config, "TransitEncryption"))
        ? unsure(`Whether ${name} is encrypted in transit is known only when the template is deployed.`)
        : fails(
            `${name} uses an access point or IAM, which EFS allows only with TransitEncryption. Set it to ENABLED.`,
          ),
    );
  }
  if (point === undefined && !bare) found.push(directoryMayLack(root, name));
  if (point === undefined) found.push(...writers(about, name));
  const files = fileSystemOfVolume(ground.network, volume);
  if (!files) return [...found, unsure(`The file system of ${name} exists outside of this template.`)];
  const through = point === undefined ? undefined : [...referredBy(point)].map((id) => lookup.resource(id))[0];
  if (through?.type === "AWS::EFS::AccessPoint") found.push(...ofPoint(through, files, name));
  if (iam !== "ENABLED" && !isOpen(iam)) found.push(...anonymous(files, name, encrypted));
  // Tasks mount it by its name.
  const homes = place.own ? [place.own] : place.instances;
  const nameless = homes.map(({ vpc }) => withoutHostNames(lookup, vpc, `The name of ${files.id}`)).find(Boolean);
  if (nameless) found.push(nameless);
  return [...found, ...againstIn(mountHops(ground.network, [place], files, [definition.id, files.id]))];
}

export const isRoot = (root: Value | undefined): boolean => root === undefined || root === "" || root === "/";

export const directoryMayLack = (root: Value | undefined, name: string): Against =>
  unsure(
    `Whether the directory ${written(root) ?? ""} of ${name} exists, this template does not say, and without it the mount fails. Mount through an access point, which makes its directory.`,
  );

/**
 * An access point is one of its own file system, and makes its directory only where it is told whose it is.
 * https://docs.aws.amazon.com/efs/latest/ug/enforce-root-directory-access-point.html
 */
function ofPoint({ id, properties }: Resource, files: Resource, name: string): Against[] {
  const { FileSystemId, RootDirectory } = properties;
  const theirs = FileSystemId === undefined ? files.id : keyOf(FileSystemId);
  if (theirs !== files.id && !isName(theirs))
    return [unsure(`Which file system ${id} is an access point of is known only when the template is deployed.`)];
  if (theirs !== files.id)
    return [
      fails(
        `${name} mounts ${files.id} through ${id}, which is an access point of ${keyText(theirs)}. Use one of its own.`,
      ),
    ];
  const path = at(RootDirectory, "Path");
  if (isOpen(RootDirectory) || isRoot(path) || at(RootDirectory, "CreationInfo") !== undefined) return [];
  return [
    unsure(
      `Whether ${files.id} has the directory ${written(path) ?? ""} of ${id}, this template does not say: without CreationInfo EFS does not make it, and the mount fails. Give ${id} CreationInfo.`,
    ),
  ];
}

const MOUNT = /^(\*|elasticfilesystem:(\*|client\*|clientmount))$/i;
const listOf = (value: Value | undefined): readonly Value[] => itemsOf(value) ?? (value === undefined ? [] : [value]);

/**
 * What the policy of a file system says to clients that come without IAM, as nobody.
 * https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html
 * https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
function anonymous({ id, properties: { FileSystemPolicy } }: Resource, name: string, encrypted: boolean): Against[] {
  const written = at(FileSystemPolicy, "Statement");
  if (FileSystemPolicy === undefined) return [];
  if (isOpen(FileSystemPolicy) || isOpen(written))
    return [unsure(`Whom the policy of ${id} lets in is known only when the template is deployed.`)];
  const statements = listOf(written);
  const everybody = (one: Value): boolean => listOf(at(one, "Principal", "AWS") ?? at(one, "Principal")).includes("*");
  const insecure = statements.some(
    (one) =>
      at(one, "Effect") === "Deny" &&
      everybody(one) &&
      booleanOf(listOf(at(one, "Condition", "Bool", "aws:SecureTransport"))[0]) === false,
  );
  if (insecure && !encrypted)
    return [
      fails(
        `The policy of ${id} denies whoever comes without encryption, and ${name} has no TransitEncryption. Set it to ENABLED.`,
      ),
    ];
  const mounting = statements.filter(
    (one) =>
      at(one, "Effect") === "Allow" &&
      listOf(at(one, "Action")).some((action) => isOpen(action) || MOUNT.test(String(action))),
  );
  const open = mounting.filter(everybody);
  if (open.some((one) => at(one, "Condition") === undefined)) return [];
  const allowing = statements.some((one) => at(one, "Effect") === "Allow");
  if (open.length > 0 || !allowing)
    return [unsure(`Whether the policy of ${id} lets ${name} be mounted without IAM is not judged here.`)];
  return [
    fails(
      `The policy of ${id} allows ClientMount to nobody who comes without IAM, as ${name} is mounted. Set IAM of its AuthorizationConfig to ENABLED, with a task role that may mount it.`,
    ),
  ];
}

/** The root of a new file system belongs to root. https://docs.aws.amazon.com/efs/latest/ug/accessing-fs-nfs-permissions.html */
const writers = (about: About, volume: string): Against[] =>
  about.containers.flatMap((container) => {
    const user = written(at(container, "User")) ?? "";
    const mount = (itemsOf(at(container, "MountPoints")) ?? []).find((item) => at(item, "SourceVolume") === volume);
    if (mount === undefined || booleanOf(at(mount, "ReadOnly")) === true || user === "" || /^(root|0)(:|$)/.test(user))
      return [];
    return [
      unsure(
        `${nameOf(container)} runs as ${user}, and ${volume} belongs to root until somebody changes it, so writing may be denied. Mount through an access point with a user of its own.`,
      ),
    ];
  });
