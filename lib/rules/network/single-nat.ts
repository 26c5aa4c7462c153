import { isKind } from "../../model/build";
import type { Model, ModelNode } from "../../model/model";
import { vpcOf } from "../../model/queries";
import { mostTasks } from "../../model/scaling";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";

export const singleNat = defineRule({
  id: "ECS-NET-017",
  severity: "warning",
  title: "Tasks in one Availability Zone",
  why: "A service spread over zones survives the loss of one only if what it depends on does, too. A single NAT gateway is lost with its zone.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html",
  needs: ["vpc"],
  check({ model, flows }, report) {
    for (const vpc of model.of("vpc")) {
      if (vpc.props.source !== "new" || vpc.props.natGateways !== "one") continue;
      const behind = flows.places.flatMap(({ node, exit, edge }) => {
        const service = model.node(node);
        return edge === undefined &&
          exit === "nat" &&
          isKind(service, "service") &&
          spread(service) &&
          vpcOf(service) === vpc
          ? [service]
          : [];
      });
      const [first] = behind;
      if (!first) continue;
      report({
        at: { node: vpc.id, field: "/natGateways" },
        also: behind.map(({ id }) => ({ node: id })),
        severity: severityIn(model),
        message: `All traffic of ${first.name}${behind.length > 1 ? " and others" : ""} to the internet goes through one NAT gateway in one Availability Zone; losing it cuts off the tasks in every zone. Use one NAT gateway per zone.`,
        fix: safe("One NAT gateway per zone", set(vpc.id, "/natGateways", "perZone")),
      });
    }
  },
});

const severityIn = ({ production }: Model) => (production ? ("warning" as const) : ("info" as const));

/** A service that means to survive the loss of a zone: several tasks, or a load balancer in front. */
const spread = (service: ModelNode<"service">): boolean =>
  mostTasks(service) >= 2 || service.in.some((edge) => edge.relation === "forward");
