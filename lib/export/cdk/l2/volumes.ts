import { Intrinsic, type Properties, type Value } from "../../../stack/value";
import { arr, type Expr, lit, obj } from "../code";
import { str } from "../values";
import type { Writing } from "../writing";
import { isText } from "./shared";

/** The volumes of a task definition; undefined where the class cannot say one of them, or where there is none. */
export function volumesOf(writing: Writing, value: Value | undefined): Expr | undefined {
  if (!Array.isArray(value)) return undefined;
  const exprs = value.map((one) => volumeOf(writing, one as Properties));
  return exprs.includes(undefined) ? undefined : arr(exprs as Expr[]);
}

function volumeOf(writing: Writing, { Name, Host, EFSVolumeConfiguration, ...more }: Properties): Expr | undefined {
  if (!isText(Name) || Object.keys(more).length > 0) return undefined;
  if (EFSVolumeConfiguration === undefined) {
    const { SourcePath, ...others } = (Host ?? {}) as Properties;
    if (Host === undefined) return obj({ name: lit(Name) });
    return isText(SourcePath) && Object.keys(others).length === 0
      ? obj({ name: lit(Name), host: obj({ sourcePath: lit(SourcePath) }) })
      : undefined;
  }
  const efs = Host === undefined ? efsOf(writing, EFSVolumeConfiguration) : undefined;
  return efs && obj({ name: lit(Name), efsVolumeConfiguration: efs });
}

function efsOf(writing: Writing, value: Value): Expr | undefined {
  const { FilesystemId, TransitEncryption, RootDirectory, AuthorizationConfig, ...more } = value as Properties;
  const { AccessPointId, IAM, ...others } = (AuthorizationConfig ?? {}) as Properties;
  const text = (one: Value | undefined): Expr | undefined =>
    isText(one) || one instanceof Intrinsic ? str(writing, one) : undefined;
  if (FilesystemId === undefined || Object.keys(more).length + Object.keys(others).length > 0) return undefined;
  return obj({
    fileSystemId: text(FilesystemId),
    rootDirectory: text(RootDirectory),
    transitEncryption: text(TransitEncryption),
    authorizationConfig:
      AuthorizationConfig === undefined ? undefined : obj({ accessPointId: text(AccessPointId), iam: text(IAM) }),
  });
}
