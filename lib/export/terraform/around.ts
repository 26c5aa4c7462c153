import type { Parameter } from "../../stack/stack";
import { deploymentName, MAX_DEPLOYMENT_NAME } from "./deployment-name";
import { type Block, type Entry, type Hcl, listOf, literal, object, quoted, raw, text } from "./hcl";
import { conditionOf, exprOf } from "./values";
import type { Writing } from "./writing";

const attribute = (name: string, value: Hcl, from?: Entry extends { from: infer F } ? F : never): Entry => ({
  is: "attribute",
  name,
  value,
  from,
});
const block = (type: string, labels: readonly string[], entries: readonly Entry[], comment?: string): Block => ({
  type,
  labels,
  entries,
  from: undefined,
  comment,
});
const nested = (inner: Block): Entry => ({ is: "block", block: inner });

/**
 * Write-only arguments, which keep passwords out of the state, came with Terraform 1.11 and provider 6.
 * https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only
 */
const TERRAFORM = ">= 1.11";
const PROVIDER = "~> 6.0";

export const versions = (): Block[] => [
  block(
    "terraform",
    [],
    [
      attribute("required_version", text(TERRAFORM)),
      nested(
        block(
          "required_providers",
          [],
          [attribute("aws", object({ source: text("hashicorp/aws"), version: text(PROVIDER) }))],
        ),
      ),
    ],
  ),
];

export const provider = (): Block[] => [block("provider", ["aws"], [attribute("region", raw("var.region"))])];

/** Variables: name and Region of the deployment, then the parameters of the stack. */
export function variables(writing: Writing, region: string): Block[] {
  const { designName, environment } = writing.context;
  const own = [
    block(
      "variable",
      ["name"],
      [
        attribute("type", raw("string")),
        attribute("description", text("Name of this deployment, with which the names of its parts begin.")),
        attribute("default", text(deploymentName(designName, environment))),
        nested(
          validation(
            raw(`can(regex(${quoted(`^[a-z][a-z0-9-]{0,${MAX_DEPLOYMENT_NAME - 1}}$`)}, var.name))`),
            `The name is lower-case letters, digits and hyphens, begins with a letter and has at most ${MAX_DEPLOYMENT_NAME} characters.`,
          ),
        ),
      ],
    ),
    block(
      "variable",
      ["region"],
      [
        attribute("type", raw("string")),
        attribute("description", text("AWS Region to deploy to.")),
        attribute("default", text(region)),
      ],
    ),
  ];
  const given = Object.entries(writing.stack.parameters).map(([id, parameter]) => variable(writing, id, parameter));
  return [...own, ...given];
}

function variable(writing: Writing, id: string, parameter: Parameter): Block {
  const { description, default: initial, allowedValues, minValue, maxValue, noEcho, origin, type } = parameter;
  const { allowedPattern, constraintDescription } = parameter;
  const name = writing.variables.of(id);
  const list = /^List<|^CommaDelimitedList$/.test(type);
  const entries: Entry[] = [
    attribute("type", raw(list ? "list(string)" : type === "Number" ? "number" : "string")),
    attribute("description", text(description)),
  ];
  if (initial !== undefined) {
    const items = list
      ? listOf(
          String(initial)
            .split(",")
            .map((one) => text(one.trim())),
        )
      : undefined;
    entries.push(attribute("default", items ?? (typeof initial === "number" ? literal(initial) : text(initial))));
  }
  if (noEcho) entries.push(attribute("sensitive", literal(true)));
  if (allowedValues) {
    const values = listOf(allowedValues.map((one) => (typeof one === "number" ? literal(one) : text(one))));
    entries.push(
      nested(
        validation(
          { is: "call", name: "contains", args: [values, raw(`var.${name}`)] },
          `One of ${allowedValues.join(", ")}.`,
        ),
      ),
    );
  }
  if (allowedPattern !== undefined) {
    const pattern = `can(regex(${quoted(`^(${allowedPattern})$`)}, var.${name}))`;
    entries.push(nested(validation(raw(pattern), constraintDescription ?? description)));
  }
  if (minValue !== undefined)
    entries.push(nested(validation(raw(`var.${name} >= ${minValue}`), `At least ${minValue}.`)));
  if (maxValue !== undefined)
    entries.push(nested(validation(raw(`var.${name} <= ${maxValue}`), `At most ${maxValue}.`)));
  return { ...block("variable", [name], entries), from: origin };
}

const validation = (condition: Hcl, message: string): Block =>
  block("validation", [], [attribute("condition", condition), attribute("error_message", text(message))]);

/** Conditions of the stack. */
export function locals(writing: Writing): Block[] {
  const entries = Object.entries(writing.stack.conditions).map(([id, value]) =>
    attribute(writing.variables.of(`condition ${id}`), conditionOf(writing, value)),
  );
  return entries.length > 0 ? [block("locals", [], entries)] : [];
}

/** Outputs of the stack. */
export const outputs = (writing: Writing): Block[] =>
  Object.entries(writing.stack.outputs).map(([id, { value, description, origin }]) => ({
    ...block(
      "output",
      [writing.variables.of(`output ${id}`).replace(/^output_/, "")],
      [attribute("description", text(description)), attribute("value", exprOf(writing, value))],
    ),
    from: origin,
  }));

/** What is looked up: only what something asks for. */
export function dataSources(writing: Writing): Block[] {
  return [...writing.data].sort().map((source): Block => {
    const [type = "", name = ""] = source.split(".");
    if (type === "aws_ssm_parameter") return block("data", [type, name], [attribute("name", raw(`var.${name}`))]);
    if (type !== "aws_availability_zones") return block("data", [type, name], []);
    const filter = block(
      "filter",
      [],
      [attribute("name", text("opt-in-status")), attribute("values", listOf([text("opt-in-not-required")]))],
    );
    return block("data", [type, name], [attribute("state", text("available")), nested(filter)]);
  });
}
