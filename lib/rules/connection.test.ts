import { describe, expect, it } from "vitest";
import type { nodeKinds } from "../catalog";
import { relationIds } from "../catalog/relations";
import type { Document } from "../document/document";
import { apply } from "../document/edits/apply";
import { buildModel } from "../model/build";
import { draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import { type Connection, connect, refusedEdges } from "./connection";

const ids: Record<string, string> = {};

/** One of everything, and a second one where a thing may be connected to its like. EC2 with fixed ports, so that any balancer fits. */
const everything = draw((draft) => {
  const add = (key: string, kind: (typeof nodeKinds)[number], props: object = {}, parent?: string) => {
    ids[key] = draft.add(kind, props, { name: key, ...(parent ? { parent: ids[parent] } : {}) });
  };
  add("vpc", "vpc");
  add("internet", "internet");
  for (const kind of ["alb", "nlb", "clb"] as const) add(kind, kind, {}, "vpc");
  add("alb2", "alb", {}, "vpc");
  add("nlb2", "nlb", {}, "vpc");
  add("clb2", "clb", {}, "vpc");
  add("cluster", "cluster", {}, "vpc");
  add("service", "service", { desiredCount: 1 }, "cluster");
  add("service2", "service", { desiredCount: 1 }, "cluster");
  const containerDefinitions = {
    c1: { name: "app", portMappings: [{ containerPort: 8080, hostPort: 8080 }], memory: 256 },
    c2: { name: "helper", essential: false, memory: 256 },
  };
  add("task", "taskDefinition", { networkMode: "bridge", containerDefinitions }, "cluster");
  add("task2", "taskDefinition", { networkMode: "bridge", containerDefinitions }, "cluster");
  ids.container = `${ids.task}/c1`;
  ids.container2 = `${ids.task}/c2`;
  add("asg", "asgCapacityProvider", {}, "cluster");
  draft.connect(ids.service ?? "", "run", ids.task ?? "");
  draft.connect(ids.service ?? "", "useCapacity", ids.asg ?? "");
  add("ecr", "ecrRepository");
  add("ecr2", "ecrRepository");
  add("hub", "dockerHub");
  add("efs", "efs", {}, "vpc");
  add("bucket", "s3Bucket");
  add("rule", "eventRule");
  add("rule2", "eventRule");
  add("schedule", "eventSchedule");
  add("queue", "sqsQueue");
  add("queue2", "sqsQueue");
  add("topic", "snsTopic");
  add("topic2", "snsTopic");
  add("secret", "secret");
  add("parameter", "ssmParameter");
  add("generic", "generic");
  add("note", "note");
});
const model = buildModel(everything);
const keyOf = (end: string) => Object.keys(ids).find((key) => ids[key] === end) ?? end;
const end = (key: string) => ids[key] ?? key;

const say = (connection: Connection): string =>
  connection.ok
    ? `${keyOf(connection.edge.from)} ${connection.edge.relation} ${keyOf(connection.edge.to)}`
    : connection.rule;

/** Gesture → the stored edge, or the rule that refuses it. Every cell of the grammar's matrix for the kinds there are. */
const matrix: Record<string, Record<string, string>> = {
  internet: {
    alb: "internet request alb",
    nlb: "internet request nlb",
    clb: "internet request clb",
    service: "ECS-GR-006",
    task: "ECS-GR-006",
    container: "ECS-GR-006",
    asg: "ECS-GR-001",
    efs: "ECS-GR-006",
    queue: "ECS-GR-006",
    rule: "ECS-GR-001",
  },
  alb: {
    alb2: "ECS-GR-001",
    nlb: "nlb forward alb",
    clb: "ECS-GR-001",
    service: "alb forward service",
    task: "ECS-GR-001",
    container: "ECS-GR-001",
    asg: "alb forward service",
    bucket: "alb accessLogs bucket",
    efs: "ECS-GR-001",
    secret: "ECS-GR-001",
  },
  nlb: {
    alb: "nlb forward alb",
    nlb2: "ECS-GR-001",
    clb: "ECS-GR-001",
    service: "nlb forward service",
    task: "ECS-GR-001",
    asg: "nlb forward service",
    bucket: "nlb accessLogs bucket",
  },
  clb: {
    alb: "ECS-GR-001",
    nlb: "ECS-GR-001",
    clb2: "ECS-GR-001",
    service: "clb forward service",
    task: "ECS-GR-001",
    container: "ECS-GR-001",
    asg: "clb forward service",
    bucket: "clb accessLogs bucket",
  },
  cluster: { rule: "cluster intercept rule", service: "ECS-GR-001", asg: "ECS-GR-001", task: "ECS-GR-001" },
  service: {
    alb: "alb forward service",
    nlb: "nlb forward service",
    clb: "clb forward service",
    service2: "service call service2",
    container: "ECS-GR-001",
    ecr: "container pull ecr",
    hub: "container pull hub",
    efs: "container mount efs",
    bucket: "container access bucket",
    rule: "service intercept rule",
    schedule: "ECS-GR-001",
    queue: "container send queue",
    topic: "container publish topic",
    secret: "container inject secret",
    parameter: "container inject parameter",
  },
  // Runs nothing yet.
  service2: {
    task: "service2 run task",
    asg: "service2 useCapacity asg",
    efs: "ECS-GR-002",
    queue: "ECS-GR-002",
  },
  task: {
    service: "ECS-GR-001",
    task2: "ECS-CON-006",
    asg: "ECS-GR-001",
    ecr: "container pull ecr",
    efs: "container mount efs",
    bucket: "container access bucket",
    rule: "ECS-GR-001",
    schedule: "ECS-GR-001",
    queue: "container send queue",
    topic: "container publish topic",
    secret: "container inject secret",
    alb: "ECS-GR-001",
  },
  container: {
    alb: "ECS-GR-001",
    nlb: "ECS-GR-001",
    clb: "ECS-GR-001",
    service: "ECS-GR-001",
    container2: "container dependsOn container2",
    asg: "ECS-GR-001",
    ecr: "container pull ecr",
    hub: "container pull hub",
    efs: "container mount efs",
    bucket: "container access bucket",
    rule: "service intercept rule",
    schedule: "ECS-GR-001",
    queue: "container send queue",
    topic: "container publish topic",
    secret: "container inject secret",
    parameter: "container inject parameter",
  },
  asg: { service2: "service2 useCapacity asg", task: "ECS-GR-001", alb: "ECS-GR-001" },
  ecr: {
    service: "container pull ecr",
    task: "container pull ecr",
    container: "container pull ecr",
    ecr2: "ECS-GR-001",
    rule: "ecr notify rule",
  },
  rule: {
    service: "rule runTask service",
    task: "rule runTask task",
    container: "ECS-GR-001",
    rule2: "ECS-GR-001",
    schedule: "ECS-GR-001",
    queue: "rule deliver queue",
    topic: "rule deliver topic",
    secret: "ECS-GR-001",
    efs: "ECS-GR-001",
    asg: "ECS-GR-001",
    cluster: "ECS-GR-001",
  },
  schedule: {
    service: "schedule runTask service",
    task: "schedule runTask task",
    container: "ECS-GR-001",
    rule: "ECS-GR-001",
    queue: "schedule deliver queue",
    topic: "schedule deliver topic",
    secret: "ECS-GR-001",
  },
  queue: {
    service: "queue poll service",
    task: "ECS-EVT-008",
    container: "queue poll service",
    queue2: "queue deadLetter queue2",
    rule: "ECS-GR-001",
    topic: "ECS-GR-001",
  },
  topic: {
    alb: "topic subscribeHttps alb",
    service: "ECS-EVT-008",
    task: "ECS-EVT-008",
    container: "ECS-EVT-008",
    rule: "ECS-GR-001",
    queue: "topic subscribe queue",
    topic2: "ECS-GR-001",
  },
  bucket: {
    service: "ECS-EVT-008",
    task: "container access bucket",
    container: "container access bucket",
    rule: "bucket notify rule",
    queue: "bucket notify queue",
    topic: "bucket notify topic",
  },
  efs: { service: "container mount efs", task: "container mount efs", container: "container mount efs" },
  secret: {
    service: "container inject secret",
    task: "container inject secret",
    container: "container inject secret",
    rule: "secret notify rule",
  },
  generic: { alb: "generic reference alb", service: "generic reference service" },
  queue2: { generic: "queue2 reference generic" },
  note: { alb: "ECS-GR-001", generic: "ECS-GR-001" },
  vpc: { alb: "ECS-GR-001" },
};

describe("the grammar's matrix", () => {
  for (const [from, row] of Object.entries(matrix)) {
    it(`reads gestures from ${from}`, () => {
      const read = Object.fromEntries(
        Object.keys(row).map((to) => [to, say(connect(model, { from: end(from), to: end(to) }))]),
      );
      expect(read).toEqual(row);
    });
  }
});

describe("connect", () => {
  it("answers every gesture in full sentences, and every edge it gives can be added", () => {
    for (const from of Object.keys(ids)) {
      for (const to of Object.keys(ids)) {
        const answer = connect(model, { from: end(from), to: end(to) });
        if (answer.ok) {
          const added = apply(everything, { edit: "addEdge", id: "e999", edge: answer.edge });
          expect(added.ok, `${from} → ${to}`).toBe(true);
          expect(answer.effect, `${from} → ${to}`).toMatch(/^\S.*[.]$/);
          if (answer.turn !== undefined) expect(answer.turn).toMatch(/^\S.*[.]$/);
          const judged = added.ok ? refusedEdges(buildModel(added.value.document)).get("e999") : undefined;
          expect(judged, `${from} → ${to}`).toBeUndefined();
        } else {
          expect(answer.reason, `${from} → ${to}`).toMatch(/^[A-Z“a-z].*[^.]$/);
          expect(answer.instead, `${from} → ${to}`).toMatch(/^[A-Z].*[^.]$/);
        }
      }
    }
  });

  it("takes every relation by name, or says why not", () => {
    for (const relation of relationIds) {
      for (const from of Object.keys(ids)) {
        for (const to of Object.keys(ids)) {
          const answer = connect(model, { from: end(from), to: end(to), relation });
          if (answer.ok) expect(answer.edge.relation).toBe(relation);
          else expect(answer.reason.length * answer.instead.length).toBeGreaterThan(0);
        }
      }
    }
  });

  it("offers what else a gesture can mean", () => {
    const meant = (from: string, to: string) => {
      const answer = connect(model, { from: end(from), to: end(to) });
      return answer.ok ? answer.alternatives : [];
    };
    expect(meant("container", "secret")).toEqual(["read", "credentials"]);
    expect(meant("container", "bucket")).toEqual(["environmentFile"]);
    expect(meant("service", "queue")).toEqual(["poll"]);
    expect(say(connect(model, { from: end("service"), to: end("queue"), relation: "poll" }))).toBe(
      "queue poll service",
    );
    expect(meant("internet", "alb")).toEqual([]);
  });

  it("refuses a bucket as a volume, with the file systems that are one", () => {
    for (const gesture of [
      { from: end("container"), to: end("bucket") },
      { from: end("bucket"), to: end("container") },
      { from: end("service"), to: end("bucket") },
    ]) {
      const answer = connect(model, { ...gesture, relation: "mount" });
      expect(answer).toMatchObject({ ok: false, rule: "ECS-STO-001" });
    }
  });

  it("says when it turned or moved the edge", () => {
    const turn = (from: string, to: string) => {
      const answer = connect(model, { from: end(from), to: end(to) });
      return answer.ok ? answer.turn : undefined;
    };
    expect(turn("internet", "alb")).toBeUndefined();
    expect(turn("container", "efs")).toBeUndefined();
    expect(turn("efs", "container")).toBe("It is task that mounts efs, so the arrow is turned.");
    expect(turn("service", "efs")).toBe("The connection starts at the container app of task.");
    expect(turn("alb", "nlb")).toBe("It is nlb that forwards to alb, so the arrow is turned.");
    expect(turn("clb", "asg")).toContain("service");
  });

  it("names the nearest way of two steps", () => {
    const path = (from: string, to: string) => {
      const answer = connect(model, { from: end(from), to: end(to) });
      return answer.ok ? undefined : answer.path;
    };
    expect(path("internet", "service")).toEqual(["internet", "alb", "service"]);
    expect(path("topic", "service")).toEqual(["snsTopic", "sqsQueue", "service"]);
    expect(path("bucket", "service")).toEqual(["s3Bucket", "eventRule", "service"]);
  });

  it("refuses a Classic Load Balancer in front of Fargate in the words of its rule", () => {
    const document = draw((draft) => {
      const { vpc } = fargateWeb(draft);
      draft.add("clb", {}, { name: "Old door", parent: vpc });
    });
    const clb = Object.entries(document.nodes).find(([, node]) => node.kind === "clb")?.[0] ?? "";
    const answer = connect(buildModel(document), { from: clb, to: "n5" });
    expect(answer).toMatchObject({
      ok: false,
      rule: "ECS-LB-001",
      reason: "A Classic Load Balancer registers EC2 instances; these tasks have their own IP addresses",
    });
  });

  it("refuses ends that are not there, loops, twins, a second definition and circles of waiting", () => {
    const refusal = (from: string, to: string, document: Document = everything) =>
      connect(buildModel(document), { from, to });
    expect(refusal("n99", end("alb"))).toMatchObject({ ok: false, reason: "“n99” is not in this design" });
    expect(refusal(`${end("task")}/c9`, end("efs"))).toMatchObject({ ok: false, reason: "task has no container “c9”" });
    expect(refusal(`${end("alb")}/c1`, end("service"))).toMatchObject({ ok: false });
    expect(refusal(end("queue"), end("queue"))).toMatchObject({ ok: false, reason: "Both ends are the same" });
    expect(refusal(end("service"), end("task"))).toMatchObject({ ok: false, rule: "ECS-GR-001" });
    expect(refusal(end("service"), end("task2"))).toMatchObject({ ok: false, rule: "ECS-GR-002" });
    const waiting: Document = {
      ...everything,
      edges: {
        ...everything.edges,
        e50: { from: end("container"), to: end("container2"), relation: "dependsOn", props: {} },
      },
    };
    expect(refusal(end("container2"), end("container"), waiting)).toMatchObject({ ok: false, rule: "ECS-CON-006" });
  });

  it("gives a second edge properties that do not clash with the first", () => {
    const first = connect(model, { from: end("container"), to: end("secret") });
    if (!first.ok) throw new Error(first.reason);
    expect(first.edge.props).toEqual({ name: "SECRET" });
    const added = apply(everything, { edit: "addEdge", id: "e50", edge: first.edge });
    if (!added.ok) throw new Error("not added");
    const second = connect(buildModel(added.value.document), { from: end("container"), to: end("secret") });
    expect(second.ok && second.edge.props).toEqual({ name: "SECRET_2" });
  });
});

describe("refusedEdges", () => {
  it("offers to store a wrong edge as connecting would", () => {
    const wrong: Document = {
      ...everything,
      edges: {
        ...everything.edges,
        e50: { from: end("service"), to: end("queue"), relation: "poll", props: {} },
        e51: { from: end("service"), to: end("efs"), relation: "mount", props: { containerPath: "/files" } },
        e52: { from: end("queue"), to: end("note"), relation: "reference", props: {} },
      },
    };
    const refused = refusedEdges(buildModel(wrong));
    expect([...refused.keys()]).toEqual(["e50", "e51", "e52"]);
    expect(refused.get("e50")).toMatchObject({
      rule: "ECS-GR-001",
      reason: "The arrow points the wrong way; it is queue that is polled by service",
      fix: {
        edits: [{ edit: "reconnect", id: "e50", edge: { from: end("queue"), to: end("service"), relation: "poll" } }],
      },
    });
    expect(refused.get("e51")?.fix?.edits).toEqual([
      {
        edit: "reconnect",
        id: "e51",
        edge: { from: end("container"), to: end("efs"), relation: "mount", props: { containerPath: "/files" } },
      },
    ]);
    expect(refused.get("e52")?.fix).toBeUndefined();
  });
});
