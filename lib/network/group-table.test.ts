import { describe, expect, it } from "vitest";
import { starters } from "../document/starters";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { type Draft, draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import { type GroupRows, groupTable } from "./group-table";
import { traceFlows } from "./trace";

function table<T>(build: (draft: Draft) => T): { ids: T; groups: readonly GroupRows[] } {
  let ids: T | undefined;
  const model = buildModel(
    draw((draft) => {
      ids = build(draft);
    }),
  );
  const stack = lower(model);
  return { ids: ids as T, groups: groupTable(model, stack, traceFlows(model, stack)) };
}

const rowsOf = (groups: readonly GroupRows[], id: string) => groups.find(({ group }) => group === id)?.rows ?? [];

describe("the table of security groups", () => {
  it("says of each derived rule which edge it serves, and leads to that edge", () => {
    const { ids, groups } = table((draft) => fargateWeb(draft));
    expect(groups.map(({ group, at }) => [group, at])).toEqual([
      ["FrontDoorSecurityGroup", { node: ids.alb, field: "/securityGroups" }],
      ["WebSecurityGroup", { node: ids.service, field: "/securityGroups" }],
    ]);
    expect(rowsOf(groups, "WebSecurityGroup")).toEqual([
      {
        direction: "ingress",
        packet: "tcp/8080",
        peer: "FrontDoorSecurityGroup",
        at: { edge: ids.forward },
        purpose: { is: "serves", edges: [ids.forward] },
      },
      // EC2's own rule, written out; what the tasks call is in no edge of this design.
      {
        direction: "egress",
        packet: "everything",
        peer: "0.0.0.0/0",
        at: { node: ids.service, field: "/securityGroups" },
        purpose: { is: "default" },
      },
    ]);
  });

  it("tells openings that serve nothing from rules for what no edge shows, and leads to the field of each", () => {
    const { ids, groups } = table((draft) =>
      fargateWeb(draft, {
        service: {
          securityGroups: {
            mode: "own",
            ingress: [{ ipProtocol: "tcp", fromPort: 5432, toPort: 5432, peer: { cidr: "0.0.0.0/0" } }],
            egress: [{ ipProtocol: "tcp", fromPort: 443, toPort: 443, peer: { cidr: "0.0.0.0/0" } }],
          },
        },
      }),
    );
    const rows = rowsOf(groups, "WebSecurityGroup");
    expect(rows.map(({ packet, at, purpose }) => [packet, at, purpose.is])).toEqual([
      ["tcp/5432", { node: ids.service, field: "/securityGroups/ingress/0" }, "unserved"],
      ["tcp/443", { node: ids.service, field: "/securityGroups/egress/0" }, "undrawn"],
    ]);
  });

  it("shows a group that lets nothing out as such, not by the rule that stands for it", () => {
    const nothing = { ipProtocol: "tcp", fromPort: 1, toPort: 1, peer: { node: "n99" } } as const;
    const { groups } = table((draft) =>
      fargateWeb(draft, { service: { securityGroups: { mode: "own", ingress: [], egress: [nothing] } } }),
    );
    expect(rowsOf(groups, "WebSecurityGroup")).toMatchObject([{ packet: "nothing", purpose: { is: "shut" } }]);
  });

  it("gives a group that a template leaves without egress rules the one that EC2 adds", () => {
    const { groups } = table((draft) =>
      draft.add(
        "generic",
        { type: "AWS::EC2::SecurityGroup", properties: { GroupDescription: "Bare" } },
        { name: "Bare" },
      ),
    );
    expect(rowsOf(groups, "Bare")).toEqual([
      { direction: "egress", packet: "everything", peer: "anywhere", purpose: { is: "default" } },
    ]);
  });

  it("has a place on the drawing and a purpose for every rule of every starter", () => {
    for (const { document } of starters) {
      const model = buildModel(document);
      const stack = lower(model);
      for (const { at, rows } of groupTable(model, stack, traceFlows(model, stack))) {
        for (const place of [at, ...rows.map((row) => row.at)]) {
          expect(model.node(place?.node ?? "") ?? model.edge(place?.edge ?? "")).toBeDefined();
        }
        expect(rows.map(({ purpose }) => purpose.is).filter((is) => is === "unserved" || is === "undrawn")).toEqual([]);
      }
    }
  });
});
