import { list } from "../../core/text";
import type { ModelNode } from "../../model/model";
import { defineRule } from "../rule";
import { type ClosedForward, closedForwards, closedWords, reportClosed } from "./closed-forwards";
import { groupOwner, slotOf } from "./groups";

export const closedDynamicPorts = defineRule({
  id: "ECS-NET-010",
  severity: "error",
  title: "Instance security group blocks dynamic ports",
  why: "With dynamic host ports each task answers on a random port of its instance. A rule for the container port alone never matches.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html",
  needs: ["alb", "nlb"],
  check(facts, report) {
    for (const forward of closedForwards(facts, "dynamic")) {
      const { balancer, service, hops } = forward;
      const { ports, group, peers, out } = closedWords(facts, forward);
      const owners = hops.flatMap((hop) => groupOwner(facts.model, facts.stack, hop.missing.group) ?? []);
      const have = out ? "other traffic out" : open(forward, owners);
      reportClosed(
        facts,
        report,
        forward,
        `${service.name} gets a random host port per task, so ${balancer.name} must reach any port of the instances, but ${group} allows only ${have}. Allow all ports ${out ? "out to" : "from"} ${peers} (at least ${ports}).`,
      );
    }
  },
});

/** What the instances' group admits from the load balancer as it is: "8080 and 9000". */
function open({ balancer }: ClosedForward, owners: readonly ModelNode[]): string {
  const ports = owners.flatMap((owner) => {
    const slot = slotOf(owner);
    const rules = slot?.mode === "own" ? slot.ingress : [];
    return rules.flatMap(({ peer, ipProtocol, fromPort, toPort }) => {
      if ("node" in peer && peer.node !== balancer.id) return [];
      const range = [...new Set([fromPort, toPort])].filter((port) => port !== undefined).join("–");
      return [range === "" ? `all ${ipProtocol.toUpperCase()}` : `${ipProtocol} ${range}`];
    });
  });
  return list([...new Set(ports)]) || "traffic from elsewhere";
}
