import { describe, expect, it } from "vitest";
import type { Document } from "../document/document";
import { starters } from "../document/starters";
import { buildModel } from "../model/build";
import type { Model } from "../model/model";
import { lower } from "../stack/lower";
import { type Origin, originsAt, type Stack } from "../stack/stack";
import { type Properties, targetOf, type Value } from "../stack/value";
import { draw } from "../testing/draw";
import { ec2Web, fargateWeb } from "../testing/presets";
import { sampleDesign } from "../testing/sample-design";
import { grantsOf } from "./grants";

/**
 * The law: without one action of one Allow statement, exactly those edges are denied that need it and that no other
 * statement lets through. What each statement is for is taken from the origins that lowering gave it, and what the others
 * allow by comparing them as text, with none of the code under test.
 */

/** One action of a statement, and all that it says besides. */
interface Allowed {
  resource: string;
  /** Of the list of statements, in the resource. */
  list: string;
  index: number;
  action: string;
  /** Role or guarded resource, and the statement without its actions: equal ones stand in for each other. */
  rest: string;
  origins: readonly Origin[];
}

const documents = { "AWS::IAM::Role": "AssumeRolePolicyDocument" } as Readonly<Record<string, string>>;
// Policies of auto scaling grant nothing.
const isPolicy = (type: string): boolean =>
  (/Policy$/.test(type) && !type.startsWith("AWS::ApplicationAutoScaling::")) || type in documents;

function allowed(stack: Stack): Allowed[] {
  return Object.values(stack.resources).flatMap((resource) => {
    if (!isPolicy(resource.type)) return [];
    const document = documents[resource.type] ?? "PolicyDocument";
    const { Statement } = resource.properties[document] as { Statement: Properties[] };
    const { Roles, Queues, Topics, Bucket } = resource.properties;
    const holder = [Roles ?? Queues ?? Topics ?? Bucket ?? resource.id].flat().map((item) => targetOf(item) ?? item);
    return Statement.flatMap((statement, index) => {
      const { Action, Effect, ...rest } = statement;
      if (Effect !== "Allow") return [];
      return ([Action].flat() as string[]).map((action) => ({
        resource: resource.id,
        list: document,
        index,
        action,
        rest: JSON.stringify([holder, rest]),
        origins: originsAt(resource, `/properties/${document}/Statement/${index}`),
      }));
    });
  });
}

function without(stack: Stack, { resource: id, list, index, action }: Allowed): Stack {
  const resource = stack.resources[id];
  if (!resource) throw new Error(`${id} is gone`);
  const document = resource.properties[list] as { Statement: Properties[] };
  const statements = document.Statement.flatMap((statement, place): Properties[] => {
    if (place !== index) return [statement];
    const left = ([statement.Action].flat() as Value[]).filter((item) => item !== action);
    return left.length === 0 ? [] : [{ ...statement, Action: left }];
  });
  const properties = { ...resource.properties, [list]: { ...document, Statement: statements } };
  return { ...stack, resources: { ...stack.resources, [id]: { ...resource, properties } } };
}

/** What some code does and other code does not, and what pulling can do without. */
const spare = new Set([
  "ecr:BatchCheckLayerAvailability",
  "s3:ListBucket",
  "sqs:ChangeMessageVisibility",
  "sqs:GetQueueAttributes",
]);
/** Code reads a parameter by either. */
const twins: Readonly<Record<string, string>> = {
  "ssm:GetParameter": "ssm:GetParameters",
  "ssm:GetParameters": "ssm:GetParameter",
};

/** Edges and nodes that lose something for good without this action. */
function losers(model: Model, all: readonly Allowed[], gone: Allowed): string[] {
  const left = all.filter((one) => one !== gone);
  const covered = (action: string): boolean => left.some((one) => one.rest === gone.rest && one.action === action);
  if (covered(gone.action) || spare.has(gone.action)) return [];
  const stands = (origin: Origin): boolean => {
    const edge = origin.edge === undefined ? undefined : model.edge(origin.edge);
    const twin = twins[gone.action];
    return edge?.relation === "read" && twin !== undefined && covered(twin);
  };
  if (gone.list === "AssumeRolePolicyDocument") return trusting(model, gone);
  return [...new Set(gone.origins.filter((origin) => !stands(origin)).map(({ edge, node }) => edge ?? node ?? ""))];
}

/** Without trust nobody can use the role: its node, or the edges that its rule or schedule starts. */
function trusting(model: Model, { origins }: Allowed): string[] {
  const node = model.node(origins.find((origin) => origin.node !== undefined)?.node ?? "");
  const needs = node?.kind === "eventRule" ? ["runTask"] : ["runTask", "deliver"];
  if (node?.kind !== "eventRule" && node?.kind !== "eventSchedule") return node ? [node.id] : [];
  return node.out.filter(({ relation }) => needs.includes(relation)).map(({ id }) => id);
}

function verdicts(model: Model, stack: Stack): Map<string, string> {
  const { edges, nodes } = grantsOf(model, stack);
  return new Map([
    ...edges.map(({ edge, verdict }) => [edge, verdict] as const),
    ...nodes.map(({ node, verdict }) => [node, verdict] as const),
  ]);
}

/** EFS without a policy of its own may let the mount through all the same. */
const worst = (model: Model, id: string): string => (model.edge(id)?.relation === "mount" ? "unknown" : "denied");

function hold(document: Document): { actions: number; edges: number; lost: number } {
  const model = buildModel(document);
  const stack = lower(model);
  const whole = verdicts(model, stack);
  expect([...new Set(whole.values())]).toEqual(["allowed"]);
  const all = allowed(stack);
  let lost = 0;
  for (const gone of all) {
    const found = [...verdicts(model, without(stack, gone))].filter(([, verdict]) => verdict !== "allowed");
    const expected = losers(model, all, gone).map((id) => [id, worst(model, id)]);
    lost += expected.length > 0 ? 1 : 0;
    expect(found.sort(), `${document.name} without ${gone.action} of ${gone.resource} ${gone.index}`).toEqual(
      expected.sort(),
    );
  }
  // Put back, everything is as before.
  expect(verdicts(model, stack)).toEqual(whole);
  return { actions: all.length, edges: grantsOf(model, stack).edges.length, lost };
}

describe("without one action of a statement, exactly those edges are denied that need it", () => {
  it.each(starters.map((starter) => [starter.id, starter.document] as const))("starter %s", (_id, document) => {
    const { lost, edges } = hold(document);
    expect(lost).toBeGreaterThan(5);
    expect(edges).toBeGreaterThan(0);
  });

  it("all that tasks, rules, buckets and topics ask for", () => {
    const document = draw((draft) => {
      const web = fargateWeb(draft, { service: { enableExecuteCommand: true } });
      ec2Web(draft);
      const bucket = draft.add("s3Bucket", {}, { name: "Files" });
      const queue = draft.add("sqsQueue", {}, { name: "Orders" });
      const topic = draft.add("snsTopic", {}, { name: "Alerts" });
      const secret = draft.add("secret", {}, { name: "Login" });
      const parameter = draft.add("ssmParameter", { source: { from: "value", value: "on" } }, { name: "Flag" });
      const rule = draft.add("eventRule", {}, { name: "Uploads" });
      const schedule = draft.add("eventSchedule", {}, { name: "Nightly" });
      draft.connect(web.container, "access", bucket);
      draft.connect(web.container, "environmentFile", bucket);
      draft.connect(web.container, "send", queue);
      draft.connect(queue, "poll", web.service);
      draft.connect(web.container, "publish", topic);
      draft.connect(web.container, "inject", secret);
      draft.connect(web.container, "read", secret);
      draft.connect(web.container, "inject", parameter, { name: "FLAG" });
      draft.connect(web.container, "read", parameter);
      draft.connect(web.container, "mount", draft.add("efs", {}, { name: "Shared", parent: web.vpc }));
      draft.connect(topic, "subscribe", queue);
      draft.connect(bucket, "notify", rule);
      draft.connect(rule, "deliver", topic);
      draft.connect(rule, "runTask", web.task, { cluster: web.cluster, deadLetterQueue: queue });
      draft.connect(schedule, "runTask", web.task, { cluster: web.cluster, deadLetterQueue: queue });
      draft.connect(draft.add("eventSchedule", {}, { name: "Hourly" }), "deliver", topic);
      draft.connect(web.alb, "accessLogs", bucket);
      const nlb = draft.add("nlb", {}, { name: "Static", parent: web.vpc });
      draft.connect(nlb, "accessLogs", bucket, { prefix: "nlb" });
      draft.connect(draft.add("s3Bucket", {}, { name: "Inbox" }), "notify", queue);
    });
    expect(hold(document).edges).toBe(20);
  });

  it("random designs", () => {
    let [actions, lost] = [0, 0];
    for (let seed = 1; seed <= 8; seed += 1) {
      const held = hold(sampleDesign(seed, 40));
      actions += held.actions;
      lost += held.lost;
    }
    expect(actions).toBeGreaterThan(300);
    // All but the few that are spare or that another statement allows as well.
    expect(lost).toBeGreaterThan(actions * 0.7);
  });
});

describe("grants that nothing drawn needs", () => {
  it("are none where everything is derived", () => {
    for (const document of [...starters.map((starter) => starter.document), sampleDesign(3, 60)]) {
      const model = buildModel(document);
      expect(grantsOf(model, lower(model)).unused).toEqual([]);
    }
  });

  it("are what a person wrote beyond the drawing, action by action", () => {
    const document = draw((draft) => {
      const taskRole = {
        mode: "own" as const,
        managedPolicyArns: [
          "arn:aws:iam::aws:policy/AmazonS3FullAccess",
          "arn:aws:iam::aws:policy/AmazonSNSFullAccess",
        ],
        statements: [{ actions: ["sqs:SendMessage", "sqs:PurgeQueue", "kms:*"], resources: ["*"] }],
      };
      const web = fargateWeb(draft, { task: { taskRole } });
      draft.connect(web.container, "send", draft.add("sqsQueue", {}, { name: "Orders" }));
      draft.connect(web.container, "publish", draft.add("snsTopic", {}, { name: "Alerts" }));
    });
    const model = buildModel(document);
    const { unused, edges } = grantsOf(model, lower(model));
    expect(new Set(edges.map(({ verdict }) => verdict))).toEqual(new Set(["allowed"]));
    expect(unused.map(({ actions, pointer }) => [pointer, actions.slice(0, 2)])).toEqual([
      ["/properties/PolicyDocument/Statement/0", ["sqs:PurgeQueue", "kms:*"]],
      ["/properties/ManagedPolicyArns/0", ["s3:*", "s3-object-lambda:*"]],
    ]);
    expect(unused[0]?.origin).toMatchObject({ field: "/taskRole/statements/0", why: "drawn" });
    for (const { why } of unused) expect(why).toMatch(/nothing drawn needs/);
  });
});
