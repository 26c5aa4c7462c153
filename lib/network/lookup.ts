import { isObject } from "../core/json";
import type { Pointer } from "../core/pointer";
import { originsAt, type Resource, type Stack } from "../stack/stack";
import { exportText, Intrinsic, targetOf, type Value } from "../stack/value";
import { type AddressRange, parseCidr } from "./addresses";

/**
 * The stack with the indexes that a walk needs. Resources are found by their type's name, whether a pass made them or
 * a person wrote them as generic: a packet does not know the difference.
 */
export interface Lookup {
  stack: Stack;
  resource(id: string | undefined): Resource | undefined;
  of(type: string): readonly Resource[];
  /** Resources of a type that come from a node or an edge as a whole. */
  ofNode(type: string, node: string): readonly Resource[];
  ofEdge(type: string, edge: string): readonly Resource[];
  /** Resources of a type whose property refers to a resource or says the same thing. */
  where(type: string, property: string, key: string): readonly Resource[];
  /** CIDR notation read once for each text. */
  range(cidr: string): AddressRange | undefined;
}

export function lookupOf(stack: Stack): Lookup {
  const byType = new Map<string, Resource[]>();
  const byOrigin = new Map<string, Resource[]>();
  const byProperty = new Map<string, Map<string, Resource[]>>();
  const ranges = new Map<string, AddressRange | undefined>();
  for (const resource of Object.values(stack.resources)) {
    push(byType, resource.type, resource);
    const seen = new Set<string>();
    for (const { node, edge } of resource.origins[""] ?? []) {
      const key = `${resource.type} ${edge === undefined ? `node ${node}` : `edge ${edge}`}`;
      if (seen.has(key)) continue;
      seen.add(key);
      push(byOrigin, key, resource);
    }
  }
  const of = (type: string) => byType.get(type) ?? [];
  return {
    stack,
    resource: (id) => (id !== undefined && Object.hasOwn(stack.resources, id) ? stack.resources[id] : undefined),
    of,
    ofNode: (type, node) => byOrigin.get(`${type} node ${node}`) ?? [],
    ofEdge: (type, edge) => byOrigin.get(`${type} edge ${edge}`) ?? [],
    where(type, property, key) {
      const name = `${type} ${property}`;
      let index = byProperty.get(name);
      if (!index) {
        index = new Map();
        for (const resource of of(type)) {
          const value = resource.properties[property];
          if (value !== undefined) push(index, keyOf(value), resource);
        }
        byProperty.set(name, index);
      }
      return index.get(key) ?? [];
    },
    range(cidr) {
      if (!ranges.has(cidr)) ranges.set(cidr, parseCidr(cidr));
      return ranges.get(cidr);
    },
  };
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}

/** What a value names: a logical id for Ref and GetAtt, the text itself, else the expression, so that equal ones are equal. */
export const keyOf = (value: Value): string =>
  partOf(value) ?? targetOf(value) ?? (typeof value === "string" ? value : JSON.stringify(value));

/** Each output of a nested stack is something else, and so is what EC2 makes along with a VPC. */
function partOf(value: Value): string | undefined {
  if (!(value instanceof Intrinsic) || value.name !== "Fn::GetAtt" || !Array.isArray(value.argument)) return undefined;
  const [stack, attribute] = value.argument.map(String);
  const part = attribute?.startsWith("Outputs.") || attribute === DEFAULT_GROUP || attribute === DEFAULT_ACL;
  return part ? `${stack}.${attribute}` : undefined;
}

const DEFAULT_GROUP = "DefaultSecurityGroup";
const DEFAULT_ACL = "DefaultNetworkAcl";

/** Keys of the security group and the network access list that EC2 makes along with a VPC. */
export const defaultGroupOf = (vpc: string): string => `${vpc}.${DEFAULT_GROUP}`;
export const defaultAclOf = (vpc: string): string => `${vpc}.${DEFAULT_ACL}`;

/** A key as people read it: an import by its name, any other expression as what it is. */
export function keyText(key: string): string {
  const made = /^(\w+)\.(DefaultSecurityGroup|DefaultNetworkAcl)$/.exec(key);
  if (made) return `the default ${made[2] === DEFAULT_GROUP ? "group" : "access list"} of ${made[1]}`;
  if (!/^[[{]/.test(key)) return key;
  try {
    const said = exportText(JSON.parse(key));
    if (said !== undefined) return said;
  } catch {
    return key;
  }
  return "a value that only the deployment knows";
}

/** True for a key that names one thing: a logical id, a parameter, an export; not for an expression that may be any. */
export const isName = (key: string): boolean => !/^[[{]/.test(key) || key.startsWith('{"name":"Fn::ImportValue"');

/** The items of a list; undefined for what is not written out, such as a list parameter. */
export const itemsOf = (value: Value | undefined): readonly Value[] | undefined =>
  Array.isArray(value) ? value : undefined;

/** One property of a map; undefined for all else. */
export const at = (value: Value | undefined, ...path: readonly (string | number)[]): Value | undefined => {
  let current: unknown = value;
  for (const step of path) {
    if (current instanceof Intrinsic) return undefined;
    if (Array.isArray(current)) current = current[Number(step)];
    else if (isObject(current) && Object.hasOwn(current, step)) current = current[String(step)];
    else return undefined;
  }
  return current as Value | undefined;
};

/** A whole number, also one written as text; undefined for what only the deployment knows. */
export const numberOf = (value: Value | undefined): number | undefined => {
  const number = typeof value === "string" && /^-?\d{1,6}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) ? number : undefined;
};

/** True and false, also written as text; undefined for what only the deployment knows. */
export const booleanOf = (value: Value | undefined): boolean | undefined =>
  value === true || value === "true" ? true : value === false || value === "false" ? false : undefined;

/** True for what is written, but not as far as this reading goes. */
export const isOpen = (value: Value | undefined): value is Intrinsic => value instanceof Intrinsic;

/** Text with a `${…}` for each reference, joined and substituted; undefined where that cannot be said. */
export function textOf(value: Value | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (!(value instanceof Intrinsic)) return undefined;
  const { name, argument } = value;
  if (name === "Ref") return `\${${String(argument)}}`;
  if (name === "Fn::GetAtt")
    return `\${${Array.isArray(argument) ? argument.map(String).join(".") : String(argument)}}`;
  if (name === "Fn::Sub") {
    if (!Array.isArray(argument)) return textOf(argument);
    const variables = argument[1];
    return String(argument[0]).replace(
      /\$\{([^!}][^}]*)\}/g,
      (whole, key: string) => textOf(at(variables, key)) ?? whole,
    );
  }
  if (name === "Fn::Join" && Array.isArray(argument)) {
    const parts = itemsOf(argument[1])?.map(textOf);
    return parts?.every((part) => part !== undefined) ? parts.join(String(argument[0])) : undefined;
  }
  return undefined;
}

/** The addresses that a CIDR property means, through `Fn::GetAtt` of a VPC or a subnet of the template. */
export function rangeOf(lookup: Lookup, value: Value | undefined): AddressRange | undefined {
  if (typeof value === "string") return lookup.range(value);
  const cidr = lookup.resource(targetOf(value))?.properties.CidrBlock;
  return typeof cidr === "string" ? lookup.range(cidr) : undefined;
}

/** The first origin of a place in a resource that names a node. */
export const nodeOf = (resource: Resource | undefined, pointer: Pointer = ""): string | undefined =>
  resource && originsAt(resource, pointer).find(({ node }) => node !== undefined)?.node;
