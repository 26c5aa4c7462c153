import { Intrinsic, type Properties, type Value } from "../../stack/value";
import { call, type Hcl, listOf, literal, object, path, raw, text } from "./hcl";
import type { Writing } from "./writing";

/** A value of the stack as an expression. Functions that Terraform has no words for are told, and become null. */
export function exprOf(writing: Writing, value: Value): Hcl {
  if (typeof value === "string") return text(value);
  if (typeof value === "number" || typeof value === "boolean" || value === null) return literal(value);
  if (Array.isArray(value)) return listOf(value.map((item) => exprOf(writing, item)));
  if (value instanceof Intrinsic) return intrinsic(writing, value);
  return object(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, exprOf(writing, item)])));
}

type Convert = (writing: Writing, argument: Value) => Hcl | undefined;

const data = (writing: Writing, source: string, attribute: string): Hcl => {
  writing.data.add(source);
  return raw(`data.${source}.${attribute}`);
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/pseudo-parameter-reference.html */
const pseudo: Readonly<Record<string, (writing: Writing) => Hcl>> = {
  "AWS::AccountId": (writing) => data(writing, "aws_caller_identity.current", "account_id"),
  "AWS::NoValue": () => literal(null),
  "AWS::Partition": (writing) => data(writing, "aws_partition.current", "partition"),
  "AWS::Region": (writing) => data(writing, "aws_region.current", "region"),
  "AWS::StackName": () => raw("var.name"),
  "AWS::URLSuffix": (writing) => data(writing, "aws_partition.current", "dns_suffix"),
};

function refOf(writing: Writing, id: string): Hcl | undefined {
  const known = Object.hasOwn(pseudo, id) ? pseudo[id] : undefined;
  if (known) return known(writing);
  if (Object.hasOwn(writing.stack.parameters, id)) return parameterOf(writing, id);
  const resource = writing.resource(id);
  if (!resource) return undefined;
  if (resource.raw) return path(raw(writing.address(id) ?? "null"), '.outputs["Ref"]');
  const { ref } = writing.table[resource.type];
  return ref === undefined ? undefined : writing.attribute(id, ref);
}

/** The value behind a path of the Parameter Store is looked up. */
function parameterOf(writing: Writing, id: string): Hcl {
  const type = writing.stack.parameters[id]?.type ?? "";
  const name = writing.variables.of(id);
  return type.startsWith("AWS::SSM::Parameter::Value<")
    ? data(writing, `aws_ssm_parameter.${name}`, "insecure_value")
    : raw(`var.${name}`);
}

function attributeOf(writing: Writing, id: string, name: string): Hcl | undefined {
  const resource = writing.resource(id);
  if (!resource) return undefined;
  if (resource.raw) return path(raw(writing.address(id) ?? "null"), `.outputs["${name.replace(/[^A-Za-z0-9]/g, "")}"]`);
  const { attributes, endings } = writing.table[resource.type];
  const attribute = attributes?.[name];
  if (attribute === undefined) return undefined;
  const value = writing.attribute(id, attribute);
  const ending = endings?.[name];
  return ending === undefined ? value : textOf([value, text(ending)]);
}

const pairOf = (argument: Value): [string, string] | undefined => {
  if (typeof argument === "string") {
    const dot = argument.indexOf(".");
    return dot < 0 ? undefined : [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  const [id, name] = Array.isArray(argument) ? argument : [];
  return typeof id === "string" && typeof name === "string" ? [id, name] : undefined;
};

const functions: Readonly<Record<string, Convert>> = {
  Ref: (writing, id) => (typeof id === "string" ? refOf(writing, id) : undefined),
  "Fn::GetAtt"(writing, argument) {
    const pair = pairOf(argument);
    return pair && attributeOf(writing, ...pair);
  },
  "Fn::Sub": substituted,
  "Fn::Join"(writing, argument) {
    const [separator, parts] = Array.isArray(argument) ? argument : [];
    if (typeof separator !== "string" || parts === undefined) return undefined;
    if (!Array.isArray(parts)) return call("join", text(separator), exprOf(writing, parts));
    return textOf(parts.flatMap((part, at) => [...(at > 0 ? [text(separator)] : []), exprOf(writing, part)]));
  },
  "Fn::Select"(writing, argument) {
    const [index, from] = Array.isArray(argument) ? argument : [];
    if (typeof index !== "number" || from === undefined) return undefined;
    const cidr = from instanceof Intrinsic && from.name === "Fn::Cidr" ? from.argument : undefined;
    if (Array.isArray(cidr) && cidr[0] !== undefined && typeof cidr[1] === "number") {
      return call("cidrsubnet", exprOf(writing, cidr[0]), literal(Math.log2(cidr[1])), literal(index));
    }
    return path(exprOf(writing, from), `[${index}]`);
  },
  "Fn::GetAZs": (writing) => data(writing, "aws_availability_zones.available", "names"),
  "Fn::Split"(writing, argument) {
    const [separator, from] = Array.isArray(argument) ? argument : [];
    return typeof separator === "string" && from !== undefined
      ? call("split", text(separator), exprOf(writing, from))
      : undefined;
  },
  "Fn::Base64": (writing, argument) => call("base64encode", exprOf(writing, argument)),
  "Fn::If"(writing, argument) {
    const [condition, yes, no] = Array.isArray(argument) ? argument : [];
    if (typeof condition !== "string" || yes === undefined || no === undefined) return undefined;
    return {
      is: "choice",
      condition: conditionRef(writing, condition),
      yes: exprOf(writing, yes),
      no: exprOf(writing, no),
    };
  },
};

/** A condition of the stack is a local value. */
export const conditionRef = (writing: Writing, id: string): Hcl =>
  raw(`local.${writing.variables.of(`condition ${id}`)}`);

const signs: Readonly<Record<string, string>> = { "Fn::And": "&&", "Fn::Or": "||", "Fn::Equals": "==" };

/** A condition as an expression that is true or false. */
export function conditionOf(writing: Writing, value: Value): Hcl {
  if (value instanceof Intrinsic) {
    const { name, argument } = value;
    const sign = signs[name];
    const parts = Array.isArray(argument) ? argument : [argument];
    if (sign !== undefined) {
      const of = name === "Fn::Equals" ? exprOf : conditionOf;
      return { is: "operation", sign, parts: parts.map((part) => of(writing, part)) };
    }
    if (name === "Fn::Not" && parts[0] !== undefined) return { is: "not", of: conditionOf(writing, parts[0]) };
    if (name === "Condition" && typeof argument === "string") return conditionRef(writing, argument);
  }
  return exprOf(writing, value);
}

function intrinsic(writing: Writing, value: Intrinsic): Hcl {
  const found = functions[value.name]?.(writing, value.argument);
  if (found) return found;
  writing.note(
    `${value.name} of ${JSON.stringify(value.argument)} has no counterpart in Terraform: null is written in its place. Mend it by hand.`,
  );
  return literal(null);
}

function substituted(writing: Writing, argument: Value): Hcl | undefined {
  const [given, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof given !== "string") return undefined;
  const parts: Hcl[] = [];
  let last = 0;
  for (const match of given.matchAll(/\$\{(!?)([^}]*)\}/g)) {
    parts.push(text(given.slice(last, match.index)));
    last = match.index + match[0].length;
    const name = (match[2] as string).trim();
    const own = (variables as Properties | undefined)?.[name];
    if (match[1] === "!") parts.push(text(`\${${match[2]}}`));
    else if (own !== undefined) parts.push(exprOf(writing, own));
    else {
      const pair = pairOf(name);
      const found = pair ? attributeOf(writing, ...pair) : refOf(writing, name);
      if (!found) return undefined;
      parts.push(found);
    }
  }
  parts.push(text(given.slice(last)));
  return textOf(parts);
}

/** Texts and expressions behind one another as one template. */
export function textOf(parts: readonly Hcl[]): Hcl {
  const flat = parts.flatMap((part): (string | Hcl)[] => (part.is === "text" ? [...part.parts] : [part]));
  const merged: (string | Hcl)[] = [];
  for (const part of flat) {
    const last = merged.at(-1);
    if (part === "") continue;
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  return text(...merged);
}
