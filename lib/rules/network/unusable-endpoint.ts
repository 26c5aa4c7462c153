import { list } from "../../core/text";
import type { Reach } from "../../network/flow";
import { originsAt } from "../../stack/stack";
import { defineRule } from "../rule";
import { depsWords } from "./ways-out";

export const unusableEndpoint = defineRule({
  id: "ECS-NET-015",
  severity: "error",
  title: "VPC endpoint unusable",
  why: "An interface endpoint answers under the usual name of its service only with private DNS, and only to whom its security group admits on port 443.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html",
  needs: ["vpc", "generic"],
  check({ model, stack, flows }, report) {
    const byEndpoint = new Map<string, Reach[]>();
    for (const reach of flows.reaches) {
      if (reach.verdict !== "blocked" || reach.obstacle !== "endpoint" || reach.resource === undefined) continue;
      const list = byEndpoint.get(reach.resource);
      if (list) list.push(reach);
      else byEndpoint.set(reach.resource, [reach]);
    }
    for (const [id, reaches] of byEndpoint) {
      const endpoint = stack.resources[id];
      const origin = endpoint && originsAt(endpoint, "").find(({ node }) => node !== undefined);
      const node = origin?.node === undefined ? undefined : model.node(origin.node);
      if (!endpoint || !node) continue;
      const runners = [...new Set(reaches.flatMap((reach) => model.node(reach.node)?.name ?? []))];
      const groups = list(runners.map((name) => `the security group of ${name}`));
      const hidden = endpoint.properties.PrivateDnsEnabled !== true;
      report({
        at: { node: node.id, ...(origin?.field === undefined ? {} : { field: origin.field }) },
        also: [...new Set(reaches.map((reach) => reach.node))].map((runner) => ({ node: runner })),
        message: hidden
          ? `${node.name} has private DNS turned off, so calls to ${depsWords(reaches)} go to public addresses, which ${list(runners)} cannot reach, and time out. Turn private DNS on.`
          : `${node.name} does not accept HTTPS from ${groups}, so calls to ${depsWords(reaches)} time out. Allow 443 from ${groups}.`,
      });
    }
  },
});
