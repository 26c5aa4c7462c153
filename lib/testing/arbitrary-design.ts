import * as fc from "fast-check";
import * as z from "zod";
import { catalog, type NodeKind, nodeKinds } from "../catalog";
import { type RelationId, relationIds, relations } from "../catalog/relations";
import { logicalIdFrom, nextId } from "../core/ids";
import { isObject, type Json } from "../core/json";
import { type Document, type DocumentEdge, type DocumentNode, emptyDocument } from "../document/document";
import { apply } from "../document/edits/apply";
import type { Edit } from "../document/edits/edit";

/** Values of the right shape but any content: what a hostile or careless person could type. */
function arbitraryOf(shape: unknown): fc.Arbitrary<Json> {
  if (!isObject(shape)) return fc.constant(null);
  const branches = shape.anyOf ?? shape.oneOf;
  if (Array.isArray(branches)) return fc.oneof(...branches.map(arbitraryOf));
  if ("const" in shape) return fc.constant(shape.const as Json);
  if (Array.isArray(shape.enum)) return fc.constantFrom(...(shape.enum as Json[]));
  if (typeof shape.$ref === "string") return fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
  const maker = makers[String(shape.type)];
  return maker ? maker(shape) : (fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>);
}

const words = fc.oneof(
  fc.constantFrom(
    "",
    "app",
    "8080",
    "/data",
    "10.0.0.0/16",
    "0.0.0.0/0",
    "arn:aws:iam::1:role/x",
    "rate(1 day)",
    "cron(0 3 * * ? *)",
    "v1",
    "LINUX",
    '"quoted" <b>&</b> 🚢',
    "$" + "{AWS::Region}",
    "a\nb",
  ),
  fc.string({ maxLength: 12 }),
);

const makers: Readonly<Record<string, (shape: Record<string, unknown>) => fc.Arbitrary<Json>>> = {
  string: (shape) =>
    typeof shape.pattern === "string" ? fc.constantFrom("n1", "n2", "n3", "n4", "n5", "c1", "c2") : words,
  integer: () => fc.oneof(fc.constantFrom(0, 1, 2, 80, 443, 256, 512, 65536, -1), fc.integer()),
  number: () => fc.oneof(fc.constantFrom(0, 1, 0.5), fc.double({ noNaN: true, noDefaultInfinity: true })),
  boolean: () => fc.boolean(),
  null: () => fc.constant(null),
  array: (shape) => fc.array(arbitraryOf(shape.items), { maxLength: 3 }),
  object: (shape) => {
    const required = new Set(Array.isArray(shape.required) ? shape.required : []);
    const properties = isObject(shape.properties) ? Object.entries(shape.properties) : [];
    const fixed = Object.fromEntries(
      properties.map(([key, inner]) => [
        key,
        required.has(key)
          ? arbitraryOf(inner)
          : fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: arbitraryOf(inner) }),
      ]),
    );
    const known = fc.record(fixed).map((value) => JSON.parse(JSON.stringify(value)) as { [key: string]: Json });
    if (!isObject(shape.additionalProperties)) return known;
    const named = isObject(shape.propertyNames) && "pattern" in shape.propertyNames;
    const keys = named
      ? fc.constantFrom("c1", "c2", "c3")
      : fc.constantFrom("Ref", "Name", "Tags", "awslogs-group", "x");
    return fc.dictionary(keys, arbitraryOf(shape.additionalProperties), { maxKeys: 3 });
  },
};

const shapeOf = (schema: z.ZodType): unknown =>
  z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" });
const propsOf = Object.fromEntries(nodeKinds.map((kind) => [kind, arbitraryOf(shapeOf(catalog[kind].props))]));
const edgePropsOf = Object.fromEntries(relationIds.map((id) => [id, arbitraryOf(shapeOf(relations[id].props))]));

type Step =
  | { step: "node"; kind: NodeKind; props: Json; parent: number; name: string }
  | { step: "edge"; relation: RelationId; props: Json; from: number; to: number; container: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...nodeKinds).chain((kind) =>
      fc.record({
        step: fc.constant("node" as const),
        kind: fc.constant(kind),
        props: fc.oneof(
          { weight: 1, arbitrary: fc.constant<Json>({}) },
          { weight: 3, arbitrary: propsOf[kind] as fc.Arbitrary<Json> },
        ),
        parent: fc.nat(9),
        name: fc.constantFrom("Web", "Worker 2", '"x" <script>', "🚢", "x".repeat(255)),
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(...relationIds).chain((relation) =>
      fc.record({
        step: fc.constant("edge" as const),
        relation: fc.constant(relation),
        props: fc.oneof(
          { weight: 1, arbitrary: fc.constant<Json>({}) },
          { weight: 2, arbitrary: edgePropsOf[relation] as fc.Arbitrary<Json> },
        ),
        from: fc.nat(30),
        to: fc.nat(30),
        container: fc.nat(3),
      }),
    ),
  },
);

/** The edit a step means on a design, or null when it has nothing to act on. */
function editOf(document: Document, step: Step): Edit | null {
  const ids = Object.keys(document.nodes);
  if (step.step === "node") {
    const taken = new Set(Object.values(document.nodes).map((node) => node.logicalId));
    const parent = ids[step.parent];
    const node = {
      kind: step.kind,
      name: step.name,
      logicalId: logicalIdFrom(step.name, "Node", taken),
      ...(parent === undefined ? {} : { parent }),
      props: step.props,
    } as DocumentNode;
    return { edit: "addNode", id: nextId("n", ids), node, layout: { x: step.parent * 100, y: 0 } };
  }
  if (ids.length === 0) return null;
  const end = (index: number): string => {
    const id = ids[index % ids.length] as string;
    const props = document.nodes[id]?.props as { containerDefinitions?: object } | undefined;
    const containers = Object.keys(props?.containerDefinitions ?? {});
    const container = containers[step.container];
    return container === undefined ? id : `${id}/${container}`;
  };
  const edge = { from: end(step.from), to: end(step.to), relation: step.relation, props: step.props } as DocumentEdge;
  return { edit: "addEdge", id: nextId("e", Object.keys(document.edges)), edge };
}

/** Any design that edits can make, however senseless: for laws that say "never throws". */
export const arbitraryDesign: fc.Arbitrary<Document> = fc.array(steps, { minLength: 1, maxLength: 40 }).map((list) => {
  let document = emptyDocument("Arbitrary");
  for (const step of list) {
    const edit = editOf(document, step);
    if (!edit) continue;
    const result = apply(document, edit);
    if (result.ok) document = result.value.document;
  }
  return document;
});
