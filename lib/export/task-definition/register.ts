import type { Json, JsonObject } from "../../core/json";
import { Intrinsic, type Properties, type Value } from "../../stack/value";

/** Names whose API spelling is not simply CloudFormation's with a small first letter. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
const spelling: Readonly<Record<string, string>> = {
  EFSVolumeConfiguration: "efsVolumeConfiguration",
  FSxWindowsFileServerVolumeConfiguration: "fsxWindowsFileServerVolumeConfiguration",
  S3FilesVolumeConfiguration: "s3filesVolumeConfiguration",
  FilesystemId: "fileSystemId",
  IAM: "iam",
};

/** Maps whose keys belong to the person, not to the API. */
const opaque = new Set(["Options", "DockerLabels", "DriverOpts", "Labels"]);

const apiName = (name: string): string => spelling[name] ?? name.charAt(0).toLowerCase() + name.slice(1);

/** Resolves what a function gives, or undefined when only a deployment knows. */
export type Resolve = (reference: { id: string; attribute?: string }) => string | undefined;

/** A task definition being rewritten: what it still needs is collected. */
export interface Rewriting {
  resolve: Resolve;
  /** Placeholders left, such as `${WebTaskRole.Arn}`. */
  open: Set<string>;
}

/** CloudFormation properties of a task definition as `register-task-definition` takes them. */
export function toRegister(properties: Properties, rewriting: Rewriting): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(properties)) {
    if (value === null) continue;
    result[apiName(key)] = rewrite(value, opaque.has(key), rewriting);
  }
  return result;
}

function rewrite(value: Value, keepKeys: boolean, rewriting: Rewriting): Json {
  if (value instanceof Intrinsic) return text(value, rewriting);
  if (Array.isArray(value)) return value.map((item) => rewrite(item, false, rewriting));
  if (typeof value !== "object" || value === null) return value;
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    result[keepKeys ? key : apiName(key)] = rewrite(item, opaque.has(key), rewriting);
  }
  return result;
}

/** What a function gives, as text; `${LogicalId.Attribute}` for what only a deployment knows. */
function text(value: Value, rewriting: Rewriting): string {
  if (!(value instanceof Intrinsic)) return typeof value === "string" ? value : JSON.stringify(value);
  const { name, argument } = value;
  if (name === "Ref") return look({ id: String(argument) }, rewriting);
  if (name === "Fn::GetAtt") {
    const [id, attribute] = Array.isArray(argument) ? argument : String(argument).split(/\.(.*)/s);
    return look({ id: String(id), attribute: String(attribute) }, rewriting);
  }
  if (name === "Fn::Join" && Array.isArray(argument) && Array.isArray(argument[1])) {
    return argument[1].map((part) => text(part, rewriting)).join(String(argument[0]));
  }
  if (name === "Fn::Sub") {
    const [template, variables] = Array.isArray(argument) ? argument : [argument, {}];
    return String(template).replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, inside: string) => {
      if (literal) return `\${${inside}}`;
      const own = (variables as Properties | undefined) ?? {};
      if (Object.hasOwn(own, inside)) return text(own[inside] as Value, rewriting);
      const [id, attribute] = inside.split(/\.(.*)/s) as [string, string | undefined];
      return look(attribute === undefined ? { id } : { id, attribute }, rewriting);
    });
  }
  const placeholder = `\${${name}}`;
  rewriting.open.add(placeholder);
  return placeholder;
}

function look(reference: { id: string; attribute?: string }, rewriting: Rewriting): string {
  const known = rewriting.resolve(reference);
  if (known !== undefined) return known;
  const placeholder = `\${${reference.id}${reference.attribute === undefined ? "" : `.${reference.attribute}`}}`;
  rewriting.open.add(placeholder);
  return placeholder;
}
