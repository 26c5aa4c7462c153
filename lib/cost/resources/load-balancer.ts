import type { Value } from "../../stack/value";
import type { Ledger } from "../ledger";
import { hoursPerMonth } from "../prices";
import { priced } from "./cell";

const hours = { quantity: hoursPerMonth, note: `${hoursPerMonth} h` };

/** One public IPv4 address per zone of an internet-facing load balancer. https://aws.amazon.com/vpc/pricing/ */
function chargeAddresses(ledger: Ledger, scheme: Value | undefined, subnets: Value | undefined): void {
  if (scheme === "internal") return;
  if (!Array.isArray(subnets)) {
    ledger.miss(
      "Public IPv4 address hours",
      "hours",
      0,
      "One address per zone; the subnets are a parameter, so their number is not known.",
    );
    return;
  }
  ledger.add("vpc.public_ipv4.in_use_hour", {
    item: "Public IPv4 address hours",
    quantity: hoursPerMonth * subnets.length,
    note: `${hoursPerMonth} h × ${subnets.length} zones`,
  });
}

/** ALB and NLB: hours and capacity units. https://aws.amazon.com/elasticloadbalancing/pricing/ */
export const loadBalancer = priced<"AWS::ElasticLoadBalancingV2::LoadBalancer">(({ properties }, ledger) => {
  const network = properties.Type === "network";
  const name = network ? "Network Load Balancer" : "Application Load Balancer";
  ledger.add(network ? "nlb.hour" : "alb.hour", { item: `${name} hours`, ...hours });
  ledger.useHourly(network ? "nlb.nlcu_hour" : "alb.lcu_hour", "capacityUnits", `${name} capacity unit hours`);
  chargeAddresses(ledger, properties.Scheme, properties.Subnets ?? properties.SubnetMappings);
  if (properties.Scheme !== "internal")
    ledger.use("dt.internet_out_gb", "internetGb", "Data transfer out to the internet");
});

/** Classic Load Balancer: hours and data. https://aws.amazon.com/elasticloadbalancing/pricing/ */
export const classicLoadBalancer = priced<"AWS::ElasticLoadBalancing::LoadBalancer">(({ properties }, ledger) => {
  ledger.add("clb.hour", { item: "Classic Load Balancer hours", ...hours });
  ledger.use("clb.gb", "processedGb", "Data processed by the Classic Load Balancer");
  chargeAddresses(ledger, properties.Scheme, properties.Subnets);
  if (properties.Scheme !== "internal")
    ledger.use("dt.internet_out_gb", "internetGb", "Data transfer out to the internet");
});
