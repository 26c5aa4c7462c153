import { relationOf } from "../../catalog/relations";
import { own } from "../../core/json";
import type { Document } from "../../document/document";
import { inEnvironment } from "../../document/parse";
import type { StatementPlace } from "../../grants/evaluate";
import { type DesignGrants, grantsOf, OUTSIDE, onText, type Permission, together, whoText } from "../../grants/grants";
import { grantsOfTemplate } from "../../grants/template";
import type { Template } from "../../import/cloudformation/template";
import { buildModel } from "../../model/build";
import { groundOf } from "../../network/reachability";
import { lower } from "../../stack/lower";
import { originsAt, type Stack } from "../../stack/stack";
import { runningIn } from "../../start/running";
import { type Arguments, CLEAN, type Command, choice, FINDINGS } from "../command";
import { environmentOf } from "../design";
import { UNKNOWABLE } from "../flows";
import { readInput } from "../template";

const codes = { allowed: CLEAN, denied: FINDINGS, unknown: UNKNOWABLE } as const;

export const grants: Command = {
  name: "grants",
  usage: "FILE [--environment NAME] [--format json|text]",
  about:
    "Says for every edge of a design, or of what a CloudFormation template connects, whether its policies allow what it needs, and lists what they allow beyond that. Exit code 0 all is allowed, 1 something is denied, 3 something is unknowable.",
  positionals: { least: 1, most: 1 },
  options: { environment: { type: "string" }, format: { type: "string" } },
  async run(given, io) {
    const format = choice(given, "format", ["json", "text"]);
    const input = await readInput(given, io);
    const { edges, nodes, unused, permissions, stack, nameOf, about } =
      "template" in input ? ofTemplate(input.template) : ofDesign(given, input.document);
    const json = permissionJson(nameOf, stack);
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
        io.out(`${[`${verdict} ${edge} ${about(edge)}`.trimEnd(), ...list.map(line)].join("\n")}\n\n`);
      }
      for (const { node, verdict, permissions: list } of nodes) {
        io.out(`${[`${verdict} ${node} ${nameOf(node) ?? ""}`.trimEnd(), ...list.map(line)].join("\n")}\n\n`);
      }
      for (const { why } of unused) io.out(`unused   ${why}\n`);
      io.out(`${OUTSIDE}\n`);
    }
    return codes[together(permissions)];
  },
};

interface Read extends Pick<DesignGrants, "edges" | "nodes" | "unused" | "permissions"> {
  stack: Stack;
  /** What people call a node. */
  nameOf(node: string): string | undefined;
  /** What an edge draws, in words. */
  about(edge: string): string;
}

function ofDesign(given: Arguments, document: Document): Read {
  const model = buildModel(inEnvironment(document, environmentOf(given, document)));
  const stack = lower(model);
  const { edges, nodes, unused, permissions } = grantsOf(model, stack);
  const about = (edge: string): string => {
    const drawn = model.edge(edge);
    return drawn ? `${drawn.from.name} ${relationOf(drawn.relation).verb} ${drawn.to.name}` : "";
  };
  return { edges, nodes, unused, permissions, stack, nameOf: (node) => model.node(node)?.name, about };
}

const ofTemplate = ({ stack }: Template): Read => ({
  ...grantsOfTemplate(stack, (resolved) => runningIn(groundOf(resolved))),
  stack,
  nameOf: () => undefined,
  about: () => "",
});

/** Where a statement is written in the template, and what of the drawing it comes from. */
const placeJson = ({ resources }: Stack, { resource, pointer }: StatementPlace) => {
  const holder = own(resources, resource);
  return { resource, pointer, origins: holder ? originsAt(holder, pointer) : [] };
};

const permissionJson = (nameOf: Read["nameOf"], stack: Stack) => (permission: Permission) => ({
  who: whoText(permission, nameOf),
  actions: permission.actions,
  on: onText(permission),
  needed: permission.must,
  verdict: permission.verdict,
  why: permission.why,
  by: permission.by.map((place) => placeJson(stack, place)),
});

const line = ({ verdict, what, why, must }: Permission): string =>
  `  ${verdict.padEnd(8)}  ${what}: ${why}${must || verdict === "allowed" ? "" : " Only some code needs it."}`;
