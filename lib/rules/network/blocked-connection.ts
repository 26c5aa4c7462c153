import { list } from "../../core/text";
import { defineRule } from "../rule";
import { admit, closedHops, groupName, peerName, portWords } from "./groups";

export const blockedConnection = defineRule({
  id: "ECS-NET-016",
  severity: "error",
  title: "Drawn connection blocked by security groups",
  why: "A service can call another only when the callee's security group admits the caller on its port, and the caller's group lets the call out.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html",
  needs: ["service"],
  check({ model, stack, flows }, report) {
    for (const edge of model.edgesOf("call")) {
      const hops = closedHops(flows.flow(edge.id));
      if (hops.length === 0) continue;
      const missing = hops.map((hop) => hop.missing);
      const ports = list([...new Set(missing.map(portWords))]);
      const groups = list([...new Set(missing.map((item) => groupName(model, stack, item.group)))]);
      const todo = missing.map(
        (item) =>
          `Allow ${portWords(item)} ${item.direction === "egress" ? "out to" : "from"} ${peerName(model, stack, item, edge.from.name)}.`,
      );
      const edits = admit(model, stack, hops);
      const places = hops.flatMap(({ origin }) => (origin?.node === undefined ? [] : [origin.node]));
      report({
        at: { edge: edge.id },
        also: [...new Set(places)].map((node) => ({ node, field: "/securityGroups" })),
        message: `${edge.from.name} calls ${edge.to.name} on port ${ports}, but ${groups} does not allow it. ${[...new Set(todo)].join(" ")}`,
        ...(edits ? { fix: { title: "Let the call through", risk: "safe" as const, edits } } : {}),
      });
    }
  },
});
