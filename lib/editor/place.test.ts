import { describe, expect, it } from "vitest";
import { nodeKinds } from "../catalog";
import { type Document, emptyDocument } from "../document/document";
import { applyAll } from "../document/edits/apply";
import { printDocument } from "../document/parse";
import { draw } from "../testing/draw";
import { around, Board, overlaps } from "./geometry";
import { place } from "./place";
import { edit, initialState, undo } from "./state";

function placed(
  document: Document,
  kind: Parameters<typeof place>[1],
  where: Parameters<typeof place>[2] = {},
  selection: string[] = [],
) {
  const result = place({ document, selection }, kind, where);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  const after = applyAll(document, result.value.edits);
  if (!after.ok) throw new Error(after.problems[0]?.message);
  return { ...result.value, document: after.value.document };
}

const kindsIn = (document: Document) =>
  Object.values(document.nodes)
    .map((node) => node.kind)
    .sort();
const find = (document: Document, kind: string) =>
  Object.keys(document.nodes).find((id) => document.nodes[id]?.kind === kind) as string;

function expectTidy(document: Document): void {
  const board = new Board(document);
  for (const id of Object.keys(document.nodes)) {
    for (const other of Object.keys(document.nodes)) {
      if (id < other && document.nodes[id]?.parent === document.nodes[other]?.parent) {
        expect([id, other, overlaps(board.rect(id), board.rect(other))]).toEqual([id, other, false]);
      }
    }
    const children = board.children(id);
    const extent = around(children.map((child) => board.rect(child)));
    if (!extent) continue;
    const size = board.size(id);
    expect(extent.x).toBeGreaterThanOrEqual(0);
    expect(extent.y).toBeGreaterThanOrEqual(0);
    expect(extent.x + extent.w).toBeLessThanOrEqual(size.w);
    expect(extent.y + extent.h).toBeLessThanOrEqual(size.h);
  }
}

describe("placing", () => {
  it("places every kind on an empty canvas, selected, in edits the design takes", () => {
    for (const kind of nodeKinds) {
      const { document, select } = placed(emptyDocument(), kind, { near: { x: 500, y: 300 } });
      expect(document.nodes[select[0] as string]?.kind).toBe(kind);
      expectTidy(document);
    }
  });

  it("brings VPC, cluster and task definition with a service, wired, and undoes all of it at once", () => {
    const start = initialState();
    const result = place(start, "service", {});
    if (!result.ok) throw new Error("refused");
    const after = edit(start, result.value.edits, { select: result.value.select });
    if (!after.ok) throw new Error("not applied");
    const { document } = after.value;
    expect(kindsIn(document)).toEqual(["cluster", "service", "taskDefinition", "vpc"]);
    const service = find(document, "service");
    const cluster = find(document, "cluster");
    expect(document.nodes[service]?.parent).toBe(cluster);
    expect(document.nodes[cluster]?.parent).toBe(find(document, "vpc"));
    expect(Object.values(document.edges)).toEqual([
      { from: service, to: find(document, "taskDefinition"), relation: "run", props: {} },
    ]);
    expectTidy(document);
    expect(printDocument(undo(after.value).document)).toBe(printDocument(start.document));
  });

  it("moves a load balancer that was drawn first into the network of the service, and connects it", () => {
    const alb = placed(emptyDocument(), "alb", { at: { x: 100, y: 100 } });
    const { document, says } = placed(alb.document, "service", {}, alb.select);
    const [id] = alb.select as [string];
    expect(document.nodes[id]?.parent).toBe(find(document, "vpc"));
    expect(Object.values(document.edges).map((edge) => [edge.from, edge.relation])).toContainEqual([id, "forward"]);
    expect(says).toMatch(/^Added Service\. Connected\./);
    expectTidy(document);
  });

  it("draws a load balancer, a service and a file system by keyboard alone, each connected to the one before", () => {
    const alb = placed(emptyDocument(), "alb");
    const service = placed(alb.document, "service", {}, alb.select);
    const { document, says } = placed(service.document, "efs", {}, service.select);
    const task = find(document, "taskDefinition");
    expect(Object.values(document.edges).map(({ from, relation, to }) => [from, relation, to])).toEqual([
      [service.select[0], "run", task],
      [alb.select[0], "forward", service.select[0]],
      [`${task}/c1`, "mount", find(document, "efs")],
    ]);
    expect(document.nodes[find(document, "efs")]?.parent).toBe(find(document, "vpc"));
    expect(says).toContain("Connected.");
    expectTidy(document);
  });

  it("uses the cluster there is, and places EC2 settings beside EC2 capacity", () => {
    const document = draw((draft) => {
      const cluster = draft.add("cluster");
      draft.add("asgCapacityProvider", {}, { parent: cluster });
    });
    const after = placed(document, "service");
    expect(kindsIn(after.document)).toEqual(["asgCapacityProvider", "cluster", "service", "taskDefinition"]);
    expect(after.document.nodes[after.select[0] as string]?.props).toMatchObject({ launchType: "EC2" });
  });

  it("puts what is dropped into the innermost box under the pointer that may hold it", () => {
    const document = draw((draft) => {
      const vpc = draft.add("vpc");
      draft.add("cluster", {}, { parent: vpc });
    });
    document.layout = { n1: { x: 100, y: 100, w: 1000, h: 600 }, n2: { x: 50, y: 60, w: 600, h: 400 } };
    const inCluster = { x: 300, y: 300 };
    expect(placed(document, "taskDefinition", { at: inCluster }).document.nodes.n3?.parent).toBe("n2");
    expect(placed(document, "efs", { at: inCluster }).document.nodes.n3?.parent).toBe("n1");
    expect(placed(document, "sqsQueue", { at: inCluster }).document.nodes.n3?.parent).toBeUndefined();
  });

  it("grows boxes around what is placed in them and pushes aside what stood next to them", () => {
    const document = draw((draft) => {
      const vpc = draft.add("vpc");
      draft.add("alb", {}, { parent: vpc });
      draft.add("ecrRepository");
    });
    document.layout = { n1: { x: 0, y: 0, w: 320, h: 200 }, n2: { x: 32, y: 64 }, n3: { x: 400, y: 80 } };
    const after = placed(document, "efs", {}, ["n2"]).document;
    expect(after.nodes.n4?.parent).toBe("n1");
    expectTidy(after);
    expect(after.layout.n3?.x).toBeGreaterThan(400);
  });

  it("gives free names and logical ids", () => {
    const first = placed(emptyDocument(), "sqsQueue");
    const second = placed(first.document, "sqsQueue");
    const names = Object.values(second.document.nodes).map((node) => [node.name, node.logicalId]);
    expect(names).toEqual([
      ["SQS", "SQS"],
      ["SQS 2", "SQS2"],
    ]);
  });
});
