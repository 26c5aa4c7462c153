import { relationOf } from "../../catalog/relations";
import { own } from "../../core/json";
import { inEnvironment } from "../../document/parse";
import type { StatementPlace } from "../../grants/evaluate";
import { grantsOf, OUTSIDE, onText, type Permission, together, whoText } from "../../grants/grants";
import { buildModel } from "../../model/build";
import type { Model } from "../../model/model";
import { lower } from "../../stack/lower";
import { originsAt, type Stack } from "../../stack/stack";
import { CLEAN, type Command, choice, FINDINGS } from "../command";
import { environmentOf, readDesign } from "../design";
import { UNKNOWABLE } from "../flows";

const codes = { allowed: CLEAN, denied: FINDINGS, unknown: UNKNOWABLE } as const;

export const grants: Command = {
  name: "grants",
  usage: "FILE [--environment NAME] [--format json|text]",
  about:
    "Says for every edge whether the policies of the design allow what it needs, and lists what they allow beyond that. Exit code 0 all is allowed, 1 something is denied, 3 something is unknowable.",
  positionals: { least: 1, most: 1 },
  options: { environment: { type: "string" }, format: { type: "string" } },
  async run(given, io) {
    const format = choice(given, "format", ["json", "text"]);
    const document = await readDesign(given, io);
    const model = buildModel(inEnvironment(document, environmentOf(given, document)));
    const stack = lower(model);
    const { edges, nodes, unused, permissions } = grantsOf(model, stack);
    const json = permissionJson(model, stack);
    if (format === "json") {
      const data = {
        edges: edges.map(({ edge, verdict, permissions: list }) => ({
          edge,
          verdict,
          permissions: list.map(json),
        })),
        nodes: nodes.map(({ node, verdict, permissions: list }) => ({
          node,
          verdict,
          permissions: list.map(json),
        })),
        unused: unused.map(({ of, resource, pointer, actions, why }) => ({
          of,
          actions,
          ...placeJson(stack, { resource, pointer }),
          why,
        })),
        outside: OUTSIDE,
      };
      io.out(`${JSON.stringify(data, null, 2)}\n`);
    } else {
      for (const { edge, verdict, permissions: list } of edges) {
        const drawn = model.edge(edge);
        const what = drawn ? `${drawn.from.name} ${relationOf(drawn.relation).verb} ${drawn.to.name}` : "";
        io.out(`${[`${verdict} ${edge} ${what}`.trimEnd(), ...list.map(line)].join("\n")}\n\n`);
      }
      for (const { node, verdict, permissions: list } of nodes) {
        io.out(`${[`${verdict} ${node} ${model.node(node)?.name ?? ""}`.trimEnd(), ...list.map(line)].join("\n")}\n\n`);
      }
      for (const { why } of unused) io.out(`unused   ${why}\n`);
      io.out(`${OUTSIDE}\n`);
    }
    return codes[together(permissions)];
  },
};

/** Where a statement is written in the template, and what of the drawing it comes from. */
const placeJson = ({ resources }: Stack, { resource, pointer }: StatementPlace) => {
  const holder = own(resources, resource);
  return { resource, pointer, origins: holder ? originsAt(holder, pointer) : [] };
};

const permissionJson = (model: Model, stack: Stack) => (permission: Permission) => ({
  who: whoText(permission, (id) => model.node(id)),
  actions: permission.actions,
  on: onText(permission),
  needed: permission.must,
  verdict: permission.verdict,
  why: permission.why,
  by: permission.by.map((place) => placeJson(stack, place)),
});

const line = ({ verdict, what, why, must }: Permission): string =>
  `  ${verdict.padEnd(8)}  ${what}: ${why}${must || verdict === "allowed" ? "" : " Only some code needs it."}`;
