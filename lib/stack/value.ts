/**
 * A CloudFormation intrinsic function, kept by name and argument, so that unknown ones pass through verbatim.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export class Intrinsic {
  constructor(
    /** "Ref" or "Fn::GetAtt", "Fn::Sub" … as the template's long form spells it. */
    readonly name: string,
    readonly argument: Value,
  ) {}
}

export type Value = string | number | boolean | null | Intrinsic | Value[] | { [key: string]: Value };
export type Properties = { [key: string]: Value };

/** `Ref` to a parameter, a resource or a pseudo parameter such as AWS::Region. */
export const ref = (id: string): Intrinsic => new Intrinsic("Ref", id);
/** `Fn::GetAtt`. */
export const att = (id: string, attribute: string): Intrinsic => new Intrinsic("Fn::GetAtt", [id, attribute]);
/** `Fn::Sub`; `${X}` and `${X.Arn}` in the text refer to the template. */
export const sub = (text: string, variables?: Properties): Intrinsic =>
  new Intrinsic("Fn::Sub", variables ? [text, variables] : text);
export const select = (index: number, from: Value): Intrinsic => new Intrinsic("Fn::Select", [index, from]);
export const join = (separator: string, parts: Value[]): Intrinsic => new Intrinsic("Fn::Join", [separator, parts]);
export const getAzs = (): Intrinsic => new Intrinsic("Fn::GetAZs", "");

export const isIntrinsic = (value: unknown): value is Intrinsic => value instanceof Intrinsic;

/** The logical id that `Ref` or `Fn::GetAtt` names directly; undefined for all else. */
export function targetOf(value: Value | undefined): string | undefined {
  if (!(value instanceof Intrinsic)) return undefined;
  if (value.name === "Ref" && typeof value.argument === "string") return value.argument;
  if (value.name !== "Fn::GetAtt") return undefined;
  const { argument } = value;
  const first = Array.isArray(argument)
    ? argument[0]
    : typeof argument === "string"
      ? argument.split(".")[0]
      : undefined;
  return typeof first === "string" ? first : undefined;
}

/** What Fn::ImportValue asks for, in words: "the export Network:Subnets"; undefined for all else. */
export function exportText(value: unknown): string | undefined {
  const { name, argument } = (value ?? {}) as { name?: unknown; argument?: unknown };
  if (name !== "Fn::ImportValue") return undefined;
  const made = argument as { name?: unknown; argument?: unknown } | null;
  const text = made?.name === "Fn::Sub" ? (Array.isArray(made.argument) ? made.argument[0] : made.argument) : argument;
  return typeof text === "string" ? `the export ${text}` : undefined;
}

/** A value on one line as people write it in a template: "!GetAtt Db.Arn", "!Select [0, !Ref Names]". */
export function expressionText(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(expressionText).join(", ")}]`;
  if (!(value instanceof Intrinsic)) {
    if (typeof value !== "object" || value === null) return String(value);
    return `{ ${Object.entries(value)
      .map(([key, item]) => `${key}: ${expressionText(item)}`)
      .join(", ")} }`;
  }
  const { name, argument } = value;
  // What this reading made of a dynamic reference is the text that it stood as.
  if (name === "{{resolve}}") return String(argument);
  const said =
    name === "Fn::GetAtt" && Array.isArray(argument)
      ? argument.map(expressionText).join(".")
      : expressionText(argument);
  return `!${name.replace(/^Fn::/, "")} ${said}`;
}

/** All logical ids a value refers to, through Ref, GetAtt and the placeholders of Sub. */
export function referredBy(value: Value | undefined, into: Set<string> = new Set()): Set<string> {
  if (Array.isArray(value)) for (const item of value) referredBy(item, into);
  else if (value instanceof Intrinsic) {
    const target = targetOf(value);
    if (target !== undefined) into.add(target);
    else if (value.name === "Fn::Sub") {
      const text = Array.isArray(value.argument) ? value.argument[0] : value.argument;
      const local = Array.isArray(value.argument) ? (value.argument[1] as Properties | undefined) : undefined;
      for (const match of String(text).matchAll(/\$\{([^!}][^}]*)\}/g)) {
        const id = (match[1] as string).split(".")[0] as string;
        if (!local || !Object.hasOwn(local, id)) into.add(id);
      }
      if (local) referredBy(local, into);
    } else referredBy(value.argument, into);
  } else if (typeof value === "object" && value !== null) {
    for (const item of Object.values(value)) referredBy(item, into);
  }
  return into;
}
