import { structuredPatch } from "diff";
import { expect, it } from "vitest";
import type { Document } from "../document/document";
import { applyAll } from "../document/edits/apply";
import type { Edit } from "../document/edits/edit";
import { starters } from "../document/starters";
import { analyse } from "../editor/analysis";
import { exportInput } from "../editor/exporting";
import type { TargetId } from "./target";
import { targets } from "./targets";

const shop = starters.find(({ id }) => id === "shop")?.document as Document;

/** Formats whose lines a reviewer reads in a pull request. */
const formats = [
  "cloudformation",
  "task-definition",
  "mermaid",
  "cdk",
  "terraform",
] as const satisfies readonly TargetId[];
type Hunks = readonly [cloudformation: number, taskDefinition: number, mermaid: number, cdk: number, terraform: number];

async function filesOf(document: Document): Promise<Record<(typeof formats)[number], ReadonlyMap<string, string>>> {
  const analysis = analyse(document, { environment: null, scenario: "typical", prices: null });
  const { stack, context } = exportInput(analysis, { prices: null });
  const all = formats.map(async (format) => {
    const target = await targets[format]();
    return [format, new Map(target.emit(stack, {}, context).files.map(({ path, text }) => [path, text]))] as const;
  });
  return Object.fromEntries(await Promise.all(all)) as never;
}

/** Places that differ; a file that comes or goes is one. */
function hunks(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): number {
  let count = 0;
  for (const path of new Set([...before.keys(), ...after.keys()])) {
    const [old = "", now = ""] = [before.get(path), after.get(path)];
    count += structuredPatch(path, path, old, now, "", "", { context: 0 }).hunks.length;
  }
  return count;
}

const set = (id: string, field: string, value?: unknown): Edit =>
  ({ edit: "setField", id, field, ...(value === undefined ? {} : { value }) }) as Edit;
const design = (field: string, value: unknown): Edit => ({ edit: "setDesign", field, value }) as Edit;

/**
 * What a person does, and in how many places each format must change: neighbouring lines are one place. Counted by
 * hand from what has to say the new thing, and compared with the diffs. The CDK app names parts of the drawing above
 * their statements, and what a unit needs stands in its props, where it takes them apart, and where it is made; a
 * design's name is that of its files.
 */
const edits: readonly [what: string, edits: readonly Edit[], may: Hunks][] = [
  ["moves a box", [{ edit: "move", id: "n6", layout: { x: 5, y: 5 } }], [0, 0, 0, 0, 0]],
  ["renames a service", [{ edit: "rename", id: "n6", name: "Shop front" }], [3, 0, 1, 5, 1]],
  // The comments of the queue and its policy, and the output.
  ["renames a queue", [{ edit: "rename", id: "n15", name: "Purchases" }], [3, 0, 1, 5, 1]],
  // The family, the log group's name, the comments of its seven resources but for one that stands alone beside another
  // change, and four outputs that speak of it; its own file has another name.
  ["renames a task definition", [{ edit: "rename", id: "n7", name: "Front task" }], [12, 2, 1, 18, 6]],
  ["renames the design", [design("/name", "Bookshop")], [1, 0, 1, 6, 2]],
  ["changes a desired count", [set("n6", "/desiredCount", 4)], [2, 0, 0, 2, 2]],
  ["gives a task more memory", [set("n9", "/memory", 1024)], [1, 1, 1, 1, 1]],
  ["gives a task more of both", [set("n7", "/cpu", 1024), set("n7", "/memory", 2048)], [1, 2, 1, 1, 1]],
  [
    "adds an environment variable",
    [set("n7", "/containerDefinitions/c1/environment", [{ name: "MODE", value: "fast" }])],
    [1, 1, 0, 1, 1],
  ],
  ["sets a command", [set("n9", "/containerDefinitions/c1/command", ["node", "worker.js"])], [1, 1, 0, 1, 1]],
  ["renames a container", [set("n7", "/containerDefinitions/c1/name", "app")], [3, 2, 1, 4, 3]],
  // Target group, service, the rule's id and both of its ports, the container, where the rule comes from.
  [
    "opens another container port",
    [set("n7", "/containerDefinitions/c1/portMappings/0/containerPort", 9090)],
    [7, 1, 2, 3, 5],
  ],
  [
    "adds a container",
    [
      set("n9", "/containerDefinitions/c2", {
        name: "proxy",
        image: "public.ecr.aws/nginx/nginx:1.27",
        essential: false,
      }),
    ],
    [1, 1, 2, 1, 1],
  ],
  ["lets a container write", [set("n10", "/containerDefinitions/c1/readonlyRootFilesystem", false)], [1, 1, 0, 1, 1]],
  ["checks health elsewhere", [set("e2", "/healthCheck/path", "/ready")], [1, 0, 0, 1, 1]],
  ["pulls another tag", [set("e4", "/tag", "v2")], [1, 1, 1, 1, 1]],
  ["mounts elsewhere", [set("e5", "/containerPath", "/files")], [1, 1, 1, 1, 1]],
  ["injects under another name", [set("e6", "/name", "DATABASE_PASSWORD")], [1, 1, 1, 1, 1]],
  ["holds messages longer", [set("n15", "/visibilityTimeout", 300)], [1, 0, 0, 1, 1]],
  ["gives up on a message sooner", [set("e9", "/maxReceiveCount", 3)], [1, 0, 1, 1, 1]],
  ["runs the report at another time", [set("n18", "/scheduleExpression", "cron(0 4 * * ? *)")], [1, 0, 1, 1, 1]],
  // Exec needs a role that may and a root file system that can be written: the export says that it cannot work so.
  ["lets people into containers", [set("n6", "/enableExecuteCommand", true)], [3, 0, 1, 3, 3]],
  // Two subnets with their routes (one place each), a mount target, and ten lists that name subnets or wait for them;
  // where those three come from.
  ["spreads over a third zone", [set("n2", "/availabilityZones", 3)], [16, 0, 1, 3, 13]],
  // The gateway, the route, and where the gateway comes from.
  ["gives every zone a NAT gateway", [set("n2", "/natGateways", "perZone")], [3, 0, 1, 1, 2]],
  ["protects the load balancer", [set("n3", "/deletionProtection", true)], [1, 0, 0, 1, 1]],
  [
    "adds a queue that nothing uses",
    [
      {
        edit: "addNode",
        id: "n21",
        node: { kind: "sqsQueue", name: "Returns", logicalId: "Returns", props: {} } as never,
      },
    ],
    [3, 0, 1, 2, 2],
  ],
  [
    "lets the worker send to a topic",
    [{ edit: "addEdge", id: "e18", edge: { from: "n9/c1", to: "n20", relation: "publish", props: {} } as never }],
    [2, 1, 1, 6, 2],
  ],
  ["takes the queue from the website", [{ edit: "removeEdge", id: "e7" }], [2, 1, 1, 6, 2]],
  ["takes the secret from the report", [{ edit: "removeEdge", id: "e15" }], [2, 1, 1, 2, 2]],
  // The rule has no pattern left, which is an error that every format says.
  ["stops watching stopped tasks", [{ edit: "removeEdge", id: "e16" }], [2, 0, 2, 4, 2]],
];

it.each(edits)("somebody who %s changes no other place", async (_, steps, may) => {
  const result = applyAll(shop, steps);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join(" "));
  const [before, after] = [await filesOf(shop), await filesOf(result.value.document)];
  const changed = formats.map((format) => hunks(before[format], after[format]));
  expect(changed).toEqual(may);
});
