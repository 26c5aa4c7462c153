import * as z from "zod";
import { catalog, type NodeKind, nodeKinds } from "../catalog";
import { relationIds, relations } from "../catalog/relations";
import { ID_PATTERN, LOGICAL_ID_PATTERN } from "../core/ids";

/** Longest name of a design, a node or a container. ECS allows 255 characters for the names it takes. */
export const MAX_NAME = 255;

const id = z.string().regex(ID_PATTERN, "An id is lower-case letters and then a number, such as n4");
const end = z
  .string()
  .regex(/^[a-z]+[0-9]+(\/[a-z]+[0-9]+)?$/, "An end of an edge is NODE or NODE/CONTAINER, such as n3/c1");
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this refuses
const printable = /^[^\u0000-\u001f\u007f]*$/;
const name = z
  .string()
  .min(1, "A name has at least one character")
  .max(MAX_NAME, `A name has at most ${MAX_NAME} characters`)
  .regex(printable, "A name has no control characters or line breaks");

const nodeSchema = (kind: NodeKind) =>
  z.strictObject({
    kind: z.literal(kind),
    name,
    logicalId: z.string().regex(LOGICAL_ID_PATTERN, "A logical id is letters and digits and starts with a letter"),
    parent: id.optional(),
    props: catalog[kind].props as z.ZodObject,
  });

const [firstKind, ...otherKinds] = nodeKinds.map(nodeSchema);
export const node = z.discriminatedUnion("kind", [firstKind as ReturnType<typeof nodeSchema>, ...otherKinds]);

const [firstRelation, ...otherRelations] = relationIds.map((relation) =>
  z.strictObject({
    from: end,
    to: end,
    relation: z.literal(relation),
    props: relations[relation].props as z.ZodObject,
  }),
);
export const edge = z.discriminatedUnion("relation", [
  firstRelation as NonNullable<typeof firstRelation>,
  ...otherRelations,
]);

const coordinate = z.number().min(-1_000_000).max(1_000_000);
const size = z.number().positive("A size is greater than zero").max(1_000_000);
export const layout = z.strictObject({ x: coordinate, y: coordinate, w: size.optional(), h: size.optional() });

const usage = z.record(id, z.record(z.string(), z.number().nonnegative("A quantity is zero or more")));
const environment = z.strictObject({
  props: z.record(id, z.record(z.string(), z.json())).default({}),
  usage: z.strictObject({ low: usage.optional(), typical: usage.optional(), high: usage.optional() }).default({}),
});

/** CloudFormation's mappings take such names as keys. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/mappings-section-structure.html */
export const ENVIRONMENT_PATTERN = /^[A-Za-z][A-Za-z0-9-]{0,62}$/;

export const settings = z.strictObject({
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "A Region is a code such as eu-west-1")
    .default("us-east-1"),
  production: z.boolean().default(false),
});

export const suppression = z.strictObject({
  rule: z.string().regex(/^(ECS-[A-Z]+|EKS)-\d{3}$/, "A rule id looks like ECS-LB-001"),
  at: z.strictObject({ node: id.optional(), edge: id.optional(), field: z.string().optional() }),
  reason: z.string(),
});

/** Version 1 of a design. Structure only: what AWS would refuse opens and is a finding. */
export const documentSchema = z.strictObject({
  $schema: z.string().optional(),
  version: z.literal(1),
  name: name.default("Untitled design"),
  settings: settings.prefault({}),
  nodes: z.record(id, node).default({}),
  edges: z.record(id, edge).default({}),
  layout: z.record(id, layout).default({}),
  usage: z
    .strictObject({
      scenarios: z
        .strictObject({ low: usage.default({}), typical: usage.default({}), high: usage.default({}) })
        .prefault({}),
    })
    .prefault({}),
  environments: z
    .record(
      z
        .string()
        .regex(
          ENVIRONMENT_PATTERN,
          "A name of an environment is letters, digits and hyphens, begins with a letter and has at most 63 of them",
        ),
      environment,
    )
    .default({}),
  suppressions: z.array(suppression).default([]),
});

/** The published JSON Schema of a design file (draft 2020-12), for editors and pipelines. */
export function documentJsonSchema(): Record<string, unknown> {
  return {
    title: "Bayplan design",
    ...z.toJSONSchema(documentSchema, { io: "input", unrepresentable: "any" }),
  };
}
