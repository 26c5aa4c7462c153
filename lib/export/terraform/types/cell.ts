import type { Known } from "../../../stack/stack";
import { Intrinsic, type Properties, targetOf, type Value } from "../../../stack/value";
import { type Block, call, type Hcl, literal, object, raw, text } from "../hcl";
import { exprOf } from "../values";
import { Body, Reader, type TypeCell, type Writing } from "../writing";

/**
 * A cell whose resource stands as one block, with blocks beside it for what the provider keeps apart. Those read through
 * the same reader, so that what neither says is told.
 */
export const cell = (
  type: string,
  names: Pick<TypeCell, "ref" | "attributes">,
  fill: (body: Body, writing: Writing, resource: Known) => void,
  more: (writing: Writing, resource: Known, reader: Reader) => Block[] = () => [],
): TypeCell => ({
  type,
  ...names,
  write(writing, resource) {
    const reader = new Reader(resource);
    const body = new Body(writing, reader);
    fill(body, writing, resource);
    const beside = more(writing, resource, reader);
    return [finish(writing, resource, type, body), ...beside];
  },
});

/** The block of a resource; what no argument says is told. */
export function finish(writing: Writing, resource: Known, type: string, body: Body): Block {
  for (const property of body.reader.rest) {
    const path = property.replace("/properties/", "").replaceAll("/", ".");
    writing.note(`Terraform's ${type} of ${resource.id} does not say ${path}. Set it by hand.`, body.reader.from());
  }
  return {
    type: "resource",
    labels: [type, writing.names.of(resource.id)],
    entries: body.entries,
    from: body.reader.from(""),
  };
}

/** "2" as 2: CloudFormation writes many numbers as text. */
export const number =
  (writing: Writing) =>
  (value: Value): Hcl =>
    typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? literal(Number(value)) : exprOf(writing, value);

/** "ENABLED" as true. */
export const enabled = (value: Value): Hcl => literal(value === "ENABLED");

/** JSON that AWS reads: `jsonencode({ … })`. */
export const json =
  (writing: Writing) =>
  (value: Value): Hcl =>
    call("jsonencode", exprOf(writing, value));

/** A value of which another attribute is wanted than `Ref` gives: the ARN of a cluster. */
export const attributeOf =
  (writing: Writing, attribute: string) =>
  (value: Value): Hcl => {
    const id = value instanceof Intrinsic && value.name === "Ref" ? targetOf(value) : undefined;
    const resource = writing.resource(id);
    return id !== undefined && resource && !resource.raw ? writing.attribute(id, attribute) : exprOf(writing, value);
  };

/** `lifecycle { prevent_destroy = true }` for what the stack keeps: Terraform has no way to leave a thing behind. */
export function keep(body: Body, resource: Known): void {
  if (resource.deletionPolicy !== "Retain" && resource.deletionPolicy !== "RetainExceptOnCreate") return;
  const inner = body.nest(new Reader(resource, {}));
  body.block("lifecycle", inner.put("prevent_destroy", literal(true)));
}

/** A name that carries the deployment's own: `"${var.name}-orders"`. */
export const named = (rest: string, separator = "-"): Hcl => text(raw("var.name"), `${separator}${rest}`);

/** "WebImage" → "web-image". */
export const kebab = (id: string): string =>
  id
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();

/** Keys in camel case at every depth, but for maps with keys of the person's own. */
export function camel(
  writing: Writing,
  value: Value,
  verbatim: ReadonlySet<string>,
  numbers: ReadonlySet<string>,
): Hcl {
  if (Array.isArray(value)) {
    return { is: "list", items: value.map((one) => camel(writing, one, verbatim, numbers)) };
  }
  if (typeof value !== "object" || value === null || value instanceof Intrinsic) return exprOf(writing, value);
  const entries = Object.entries(value as Properties).map(([key, one]): [string, Hcl] => {
    const name = key.charAt(0).toLowerCase() + key.slice(1);
    if (verbatim.has(key)) return [name, exprOf(writing, one)];
    const inner = camel(writing, one, verbatim, numbers);
    // A function gives a text, and the API wants a number.
    return [name, numbers.has(key) && one instanceof Intrinsic ? call("tonumber", inner) : inner];
  });
  return object(Object.fromEntries(entries));
}
