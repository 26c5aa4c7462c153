import { limits } from "../../aws/limits";
import type { ModelNode } from "../../model/model";
import { type Placement, placementsOf } from "../../model/queries";
import { zonesOf } from "../networks";
import { safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";
import { mountsOf, placeName } from "./volumes";

export const efsZones = defineRule({
  id: "ECS-STO-017",
  severity: "error",
  title: "One Zone or slow file system for a multi-zone service",
  why: "A One Zone file system is lost with its zone, and tasks in the other zones with it. Throughput and performance modes go together in some combinations only.",
  docs: "https://docs.aws.amazon.com/efs/latest/ug/how-it-works.html",
  needs: ["efs"],
  check({ model }, report) {
    for (const efs of model.of("efs")) modes(efs, report);
    const seen = new Set<string>();
    for (const { edge, efs, taskDefinition } of mountsOf(model)) {
      if (!efs.props.oneZone || seen.has(efs.id)) continue;
      const spread = placementsOf(model, taskDefinition).find((place) => zonesOfPlace(place) > 1);
      if (!spread) continue;
      seen.add(efs.id);
      report({
        at: { node: efs.id, field: "/oneZone" },
        also: [{ edge: edge.id }],
        severity: "warning",
        message: `${efs.name} lives in one zone only while ${placeName(spread)} spans ${zonesOfPlace(spread)} zones; losing that zone stops every task. Use a Regional file system.`,
        fix: {
          title: "Make it Regional",
          risk: "review",
          edits: [{ edit: "setField", id: efs.id, field: "/oneZone", value: false }],
        },
      });
    }
  },
});

const zonesOfPlace = ({ cluster }: Placement): number => (cluster && zonesOf(cluster)) ?? 0;

function modes(efs: ModelNode<"efs">, report: Report): void {
  const { throughputMode, provisionedThroughputInMibps: provisioned, performanceMode, oneZone } = efs.props;
  const at = (field: string) => ({ node: efs.id, field });
  // Elastic throughput does not go with maxIO.
  const other = performanceMode === "maxIO" ? "bursting" : "elastic";
  if (throughputMode === "provisioned" && (provisioned ?? 0) < limits.efsProvisionedThroughput.min) {
    report({
      at: at("/provisionedThroughputInMibps"),
      message: `${efs.name} has provisioned throughput without a value of at least 1 MiB/s, so AWS refuses it. State how much, or use ${other} throughput.`,
      fix: {
        title: `Use ${other} throughput`,
        risk: "review",
        edits: [
          { edit: "setField", id: efs.id, field: "/throughputMode", value: other },
          { edit: "setField", id: efs.id, field: "/provisionedThroughputInMibps" },
        ],
      },
    });
  }
  const field = "/provisionedThroughputInMibps";
  if (throughputMode !== "provisioned" && provisioned !== undefined) {
    report({
      at: at(field),
      message: `${efs.name} states a provisioned throughput of ${provisioned} MiB/s, but its mode is ${throughputMode}, so AWS refuses it. Clear the value, or use provisioned throughput.`,
      fix: safe("Clear the value", set(efs.id, field)),
    });
  } else if ((provisioned ?? 0) > limits.efsProvisionedThroughput.max) {
    const { max } = limits.efsProvisionedThroughput;
    report({
      at: at(field),
      message: `${efs.name} asks for ${provisioned} MiB/s; AWS provisions at most ${max}, and less in some Regions. Use less.`,
      fix: safe(`Use ${max} MiB/s`, set(efs.id, field, max)),
    });
  }
  if (performanceMode !== "maxIO") return;
  const reason = oneZone
    ? "One Zone file systems do not have it"
    : throughputMode === "elastic"
      ? "elastic throughput does not go with it"
      : undefined;
  if (reason === undefined) return;
  report({
    at: at("/performanceMode"),
    message: `${efs.name} has performance mode maxIO, but ${reason}, so AWS refuses it. Use generalPurpose, which has the lower latency too.`,
    fix: {
      title: "Use generalPurpose",
      risk: "safe",
      edits: [{ edit: "setField", id: efs.id, field: "/performanceMode" }],
    },
  });
}
