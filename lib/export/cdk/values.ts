import type { Parameter } from "../../stack/stack";
import { Intrinsic, type Properties, type Value } from "../../stack/value";
import { arr, call, type Expr, lit, member, obj, raw, template } from "./code";
import { camelCase } from "./modules";
import type { Writing } from "./writing";

/** How the code reads a template parameter, by what stands where the value goes. */
type As = "string" | "number" | "list";

const pseudo: Readonly<Record<string, string>> = {
  "AWS::AccountId": "Aws.ACCOUNT_ID",
  "AWS::NoValue": "Aws.NO_VALUE",
  "AWS::NotificationARNs": "Aws.NOTIFICATION_ARNS",
  "AWS::Partition": "Aws.PARTITION",
  "AWS::Region": "Aws.REGION",
  "AWS::StackId": "Aws.STACK_ID",
  "AWS::StackName": "Aws.STACK_NAME",
  "AWS::URLSuffix": "Aws.URL_SUFFIX",
};

const isList = ({ type }: Parameter): boolean =>
  /^List<|^CommaDelimitedList$|^AWS::SSM::Parameter::Value<List</.test(type);
const readerOf = (parameter: Parameter): string =>
  isList(parameter) ? "valueAsList" : parameter.type === "Number" ? "valueAsNumber" : "valueAsString";

/** A value where a text is expected: tokens are strings. */
export const str = (writing: Writing, value: Value): Expr => of(writing, value, "string");
/** A value where a number is expected. */
export const num = (writing: Writing, value: Value): Expr =>
  typeof value === "number" ? lit(value) : of(writing, value, "number");
/** A value where a list of texts is expected. */
export const list = (writing: Writing, value: Value): Expr => of(writing, value, "list");

/** A value as L1 properties take it: keys in camel case, except inside free JSON. */
export function l1Value(writing: Writing, value: Value): Expr {
  if (Array.isArray(value)) return arr(value.map((item) => l1Value(writing, item)));
  if (typeof value === "object" && value !== null && !(value instanceof Intrinsic)) {
    return l1Properties(writing, value, verbatimKeys);
  }
  return natural(writing, value);
}

/**
 * Properties whose value is free JSON or a map with keys of the person's own, which no class spells in camel case.
 * From the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216: type json or map).
 */
const verbatimKeys: ReadonlySet<string> = new Set([
  "ArchivePolicy",
  "AssumeRolePolicyDocument",
  "AuthenticationRequestExtraParams",
  "DataProtectionPolicy",
  "DeliveryPolicy",
  "DockerLabels",
  "DriverOpts",
  "EventPattern",
  "FileSystemPolicy",
  "FilterPolicy",
  "HeaderParameters",
  "HookDetails",
  "InputPathsMap",
  "Labels",
  "Options",
  "PolicyDocument",
  "QueryStringParameters",
  "RedriveAllowPolicy",
  "RedrivePolicy",
  "ReplayPolicy",
  "RepositoryPolicyText",
  "ResourcePolicyDocument",
]);

export function l1Properties(writing: Writing, properties: Properties, verbatim = verbatimKeys): Expr {
  const entries = Object.entries(properties).map(([key, value]): [string, Expr] => [
    camelCase(key),
    verbatim.has(key) ? json(writing, value) : l1Value(writing, value),
  ]);
  return obj(Object.fromEntries(entries));
}

/** A value as it is in the template, keys untouched: policies, patterns, generic resources. */
export function json(writing: Writing, value: Value): Expr {
  if (Array.isArray(value)) return arr(value.map((item) => json(writing, item)));
  if (typeof value === "object" && value !== null && !(value instanceof Intrinsic)) {
    return obj(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, json(writing, item)])));
  }
  return natural(writing, value);
}

/** A value of whatever type it has: a parameter as its own type reads. */
function natural(writing: Writing, value: Value): Expr {
  if (!(value instanceof Intrinsic)) return lit(value as string | number | boolean | null);
  return intrinsic(writing, value, "string", true);
}

function of(writing: Writing, value: Value, as: As): Expr {
  if (value instanceof Intrinsic) return intrinsic(writing, value, as, false);
  if (Array.isArray(value) && as === "list") return arr(value.map((item) => of(writing, item, "string")));
  if (as === "string" && (typeof value !== "object" || value === null)) return lit(value);
  return token(as, json(writing, value));
}

/** A value of whatever shape as what the class expects: the template gets it unchanged. */
const token = (as: As, value: Expr): Expr =>
  call(raw(as === "number" ? "Token.asNumber" : as === "list" ? "Token.asList" : "Token.asString"), value);

function intrinsic(writing: Writing, value: Intrinsic, as: As, own: boolean): Expr {
  const { name, argument } = value;
  const write = intrinsics[name];
  const known = write?.(writing, argument, as, own);
  if (known) return known;
  // Functions that the library has no helper for, or an argument that nobody expects: kept as it is.
  return token(as, obj({ [name]: json(writing, argument) }));
}

type Write = (writing: Writing, argument: Value, as: As, own: boolean) => Expr | undefined;

/** Functions with a helper or a better spelling. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.Fn.html */
const intrinsics: Readonly<Record<string, Write>> = {
  Ref(writing, id, as, own) {
    if (typeof id !== "string") return undefined;
    const constant = Object.hasOwn(pseudo, id) ? pseudo[id] : undefined;
    if (constant !== undefined) return raw(constant);
    const handle = writing.handle(id);
    if (!handle) return undefined;
    const parameter = Object.hasOwn(writing.stack.parameters, id) ? writing.stack.parameters[id] : undefined;
    if (!parameter) return handle.ref;
    const reader = own
      ? readerOf(parameter)
      : isList(parameter)
        ? "valueAsList"
        : as === "number"
          ? "valueAsNumber"
          : "valueAsString";
    return member(handle.variable, reader);
  },
  "Fn::GetAtt"(writing, argument) {
    const [id, attribute] = attributeOf(argument);
    const handle = id === undefined ? undefined : writing.handle(id);
    return handle && attribute !== undefined ? handle.attribute(attribute) : undefined;
  },
  "Fn::Sub"(writing, argument) {
    const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
    return typeof text === "string" ? substituted(writing, text, (variables ?? {}) as Properties) : undefined;
  },
  "Fn::Join"(writing, argument) {
    if (!Array.isArray(argument) || argument.length !== 2) return undefined;
    const [separator, parts] = argument as [Value, Value];
    if (typeof separator !== "string") return undefined;
    if (parts instanceof Intrinsic) return call(raw("Fn.join"), lit(separator), list(writing, parts));
    if (!Array.isArray(parts)) return undefined;
    const pieces = parts.flatMap((part, at) => [...(at > 0 ? [separator] : []), piece(writing, part)]);
    return template(pieces);
  },
  "Fn::Select"(writing, argument) {
    if (!Array.isArray(argument) || argument.length !== 2) return undefined;
    const [index, from] = argument as [Value, Value];
    // The helper would answer at once from a list that is written out, and the template would lose the function.
    if (typeof index !== "number" || !(from instanceof Intrinsic)) return undefined;
    return call(raw("Fn.select"), lit(index), list(writing, from));
  },
  "Fn::GetAZs": (_writing, argument) => (argument === "" ? call(raw("Fn.getAzs")) : undefined),
  "Fn::Base64": (writing, argument) => call(raw("Fn.base64"), str(writing, argument)),
  "Fn::If"(writing, argument, as) {
    if (!Array.isArray(argument) || argument.length !== 3) return undefined;
    const [condition, yes, no] = argument as [Value, Value, Value];
    const handle = typeof condition === "string" ? writing.handle(`condition ${condition}`) : undefined;
    if (!handle) return undefined;
    const branch = (value: Value): Expr => json(writing, value);
    const chosen = call(raw("Fn.conditionIf"), member(handle.variable, "logicalId"), branch(yes), branch(no));
    // The helper gives an expression, which no property of a class takes for a number.
    return as === "number" ? token("number", chosen) : chosen;
  },
};

function attributeOf(argument: Value): [id?: string, attribute?: string] {
  if (typeof argument === "string") {
    const dot = argument.indexOf(".");
    return dot < 0 ? [] : [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  if (!Array.isArray(argument) || typeof argument[0] !== "string" || typeof argument[1] !== "string") return [];
  return [argument[0], argument[1]];
}

const piece = (writing: Writing, value: Value): string | Expr =>
  typeof value === "string" ? value : of(writing, value, "string");

/** The text of `Fn::Sub` as a template literal; a text without placeholders as a string. */
function substituted(writing: Writing, text: string, variables: Properties): Expr | undefined {
  const parts: (string | Expr)[] = [];
  let last = 0;
  for (const match of text.matchAll(/\$\{(!?)([^}]*)\}/g)) {
    parts.push(text.slice(last, match.index));
    last = match.index + match[0].length;
    const name = (match[2] as string).trim();
    if (match[1] === "!") parts.push(`\${${match[2]}}`);
    else if (Object.hasOwn(variables, name)) parts.push(piece(writing, variables[name] as Value));
    else {
      const dot = name.indexOf(".");
      const argument: Value = dot < 0 ? name : [name.slice(0, dot), name.slice(dot + 1)];
      const found = intrinsics[dot < 0 ? "Ref" : "Fn::GetAtt"]?.(writing, argument, "string", false);
      if (!found) return undefined;
      parts.push(found);
    }
  }
  parts.push(text.slice(last));
  const said = parts.filter((part) => part !== "");
  if (said.every((part) => typeof part === "string")) return lit(said.join(""));
  const [only] = said;
  return said.length === 1 && only !== undefined && typeof only !== "string" ? only : template(said);
}
