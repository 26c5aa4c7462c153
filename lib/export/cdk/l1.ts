import type { Known, Raw, Resource } from "../../stack/stack";
import { call, type Expr, lit, make, member, obj, raw, unlessEmpty } from "./code";
import { camelCase, cfnClass } from "./modules";
import { json, l1Properties } from "./values";
import type { Handle, Writing } from "./writing";

/** The name of an attribute on an L1 construct: `attrArn`, `attrEndpointAddress` for Endpoint.Address. */
export const attributeName = (name: string): string => {
  const camel = camelCase(name.replace(/\./g, ""));
  return `attr${camel.charAt(0).toUpperCase()}${camel.slice(1)}`;
};

/** How the code speaks of a resource that is written as an L1 construct. */
function l1Handle(writing: Writing, resource: Resource): Handle {
  const type = resource.raw ? "CfnResource" : cfnClass(resource.type);
  const variable = writing.program.variable(resource.id, type);
  return {
    variable,
    ref: member(variable, "ref"),
    attribute: (name) => (resource.raw ? attributeToken(variable, name) : member(variable, attributeName(name))),
    l1: variable,
  };
}

/** `resource.getAtt("X").toString()`: a generic resource has no named attributes. */
const attributeToken = (l1: Expr, name: string): Expr =>
  member({ is: "call", callee: member(l1, "getAtt"), args: [lit(name)] }, "toString()");

/** How the code speaks of a resource that needs itself: by its logical id, which at the top of a stack is the construct's. */
function circularHandle(handle: Handle, { id }: Resource): Handle {
  return {
    ...handle,
    ref: call(raw("Fn.ref"), lit(id)),
    attribute: (name) => member(call(raw("Fn.getAtt"), lit(id), lit(name)), "toString()"),
  };
}

/** Declares the handles of resources that are to be written as L1. */
export function nameL1(writing: Writing, resources: readonly Resource[]): void {
  for (const resource of resources) {
    const handle = l1Handle(writing, resource);
    writing.name(resource.id, writing.isCircular(resource) ? circularHandle(handle, resource) : handle);
  }
}

/** Writes a resource as an L1 construct. */
export function writeL1(writing: Writing, resource: Resource): void {
  const handle = writing.handle(resource.id);
  if (!handle) throw new Error(`${resource.id} has no name in the program.`);
  const props = resource.raw ? rawProps(writing, resource) : typedProps(writing, resource);
  const type = resource.raw ? "CfnResource" : cfnClass(resource.type);
  const expr = make(type, raw("this"), lit(resource.id), resource.raw ? props : unlessEmpty(props));
  writing.program.declare(handle.variable, expr, writing.place(resource));
  writeAttributes(writing, resource, handle.l1);
}

const rawProps = (writing: Writing, resource: Raw): Expr =>
  obj({ type: lit(resource.type), properties: unlessEmpty(json(writing, resource.properties)) });

const typedProps = (writing: Writing, resource: Known): Expr => {
  // Tags of a parameter are a map with keys of the person's own. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html
  if (resource.type !== "AWS::SSM::Parameter" || resource.properties.Tags === undefined) {
    return l1Properties(writing, resource.properties);
  }
  const { Tags, ...rest } = resource.properties;
  const props = l1Properties(writing, rest);
  const tags = { key: "tags", value: json(writing, Tags) };
  return props instanceof Object && "entries" in props ? { ...props, entries: [...props.entries, tags] } : props;
};

const deletionPolicies = {
  Delete: "CfnDeletionPolicy.DELETE",
  Retain: "CfnDeletionPolicy.RETAIN",
  RetainExceptOnCreate: "CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE",
  Snapshot: "CfnDeletionPolicy.SNAPSHOT",
} as const;

/** What a resource carries beside its properties, as options of the L1 construct. */
export function writeAttributes(writing: Writing, resource: Resource, l1: Expr): void {
  const place = writing.place(resource);
  const set = (option: string, value: Expr): void =>
    writing.program.run({ is: "chain", parts: [l1, raw(`.cfnOptions.${option} = `), value] }, place);
  const { deletionPolicy, updateReplacePolicy, condition } = resource;
  if (deletionPolicy) set("deletionPolicy", raw(deletionPolicies[deletionPolicy]));
  if (updateReplacePolicy) set("updateReplacePolicy", raw(deletionPolicies[updateReplacePolicy]));
  if (resource.creationPolicy) set("creationPolicy", l1Properties(writing, resource.creationPolicy));
  if (resource.updatePolicy) set("updatePolicy", l1Properties(writing, resource.updatePolicy));
  if (resource.metadata) set("metadata", json(writing, resource.metadata));
  const handle = condition === undefined ? undefined : writing.handle(`condition ${condition}`);
  if (handle) set("condition", handle.variable);
}
