import type { Raw, Resource } from "../../stack/stack";
import { Intrinsic, referredBy, type Value } from "../../stack/value";
import { type Block, call, type Hcl, listOf, object, raw, text } from "./hcl";
import { exprOf } from "./values";
import { Body, Reader, type Writing } from "./writing";

/**
 * A type that Terraform has no block for here: a CloudFormation stack that holds this one resource.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudformation_stack
 */
export function genericBlock(writing: Writing, resource: Raw): Block {
  const { id, type, properties, deletionPolicy, updateReplacePolicy, metadata } = resource;
  const body = new Body(writing, new Reader(resource));
  const own = object({
    Type: text(type),
    DeletionPolicy: deletionPolicy && text(deletionPolicy),
    UpdateReplacePolicy: updateReplacePolicy && text(updateReplacePolicy),
    Metadata: metadata && templateValue(writing, resource, metadata),
    Properties: templateValue(writing, resource, properties),
  });
  const outputs = Object.fromEntries(
    [...asked(writing, id)].map((attribute): [string, Hcl] => [
      attribute.replace(/[^A-Za-z0-9]/g, ""),
      object({
        Value:
          attribute === "Ref"
            ? object({ Ref: text(id) })
            : object({ "Fn::GetAtt": listOf([text(id), text(attribute)]) }),
      }),
    ]),
  );
  body
    .put("name", text(raw("var.name"), `-${id}`))
    .put(
      "capabilities",
      listOf(["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"].map((one) => text(one))),
    )
    .put(
      "template_body",
      call(
        "jsonencode",
        object({
          Resources: object({ [id]: own }),
          Outputs: Object.keys(outputs).length > 0 ? object(outputs) : undefined,
        }),
      ),
    );
  return {
    type: "resource",
    labels: ["aws_cloudformation_stack", writing.names.of(id)],
    entries: body.entries,
    comment: `${type} as CloudFormation has it: no block of Terraform's is known for it here.`,
    from: body.reader.from(),
  };
}

/** A value inside a template: what is the template's own stays a function there, all else is Terraform's. */
function templateValue(writing: Writing, resource: Raw, value: Value): Hcl {
  if (Array.isArray(value)) return listOf(value.map((one) => templateValue(writing, resource, one)));
  if (value instanceof Intrinsic) {
    const others = [...referredBy(value)].filter((id) => id !== resource.id);
    const ours = others.some((id) => writing.resource(id) || Object.hasOwn(writing.stack.parameters, id));
    return ours && !referredBy(value).has(resource.id)
      ? exprOf(writing, value)
      : object({ [value.name]: templateValue(writing, resource, value.argument) });
  }
  if (typeof value === "object" && value !== null) {
    return object(
      Object.fromEntries(Object.entries(value).map(([key, one]) => [key, templateValue(writing, resource, one)])),
    );
  }
  return exprOf(writing, value);
}

/** What others ask of a resource: "Ref" and attributes. */
function asked({ stack }: Writing, id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (value: Value | undefined): void => {
    if (Array.isArray(value)) for (const one of value) look(one);
    else if (value instanceof Intrinsic) {
      if (value.name === "Ref" && value.argument === id) found.add("Ref");
      else if (value.name === "Fn::GetAtt") {
        const [target, name] = Array.isArray(value.argument) ? value.argument : String(value.argument).split(/\.(.*)/s);
        if (target === id && typeof name === "string") found.add(name);
      } else if (value.name === "Fn::Sub") {
        const given = Array.isArray(value.argument) ? value.argument[0] : value.argument;
        for (const [, name] of String(given).matchAll(/\$\{([^!}][^}]*)\}/g)) {
          const [target, attribute] = (name as string).split(/\.(.*)/s);
          if (target === id) found.add(attribute ?? "Ref");
        }
        look(Array.isArray(value.argument) ? value.argument[1] : undefined);
      } else look(value.argument);
    } else if (typeof value === "object" && value !== null) for (const one of Object.values(value)) look(one);
  };
  for (const other of Object.values(stack.resources) as Resource[]) if (other.id !== id) look(other.properties);
  for (const { value } of Object.values(stack.outputs)) look(value);
  return found;
}
