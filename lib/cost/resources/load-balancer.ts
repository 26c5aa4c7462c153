import { isKind, isRelationEdge } from "../../model/build";
import type { ModelNode } from "../../model/model";
import type { Value } from "../../stack/value";
import {
  albUnits,
  balancerHours,
  capacityUnitHours,
  classicData,
  type NlbLoad,
  type NlbProtocol,
  nlbUnits,
} from "../formulas/balancers";
import { internetOut, publicAddresses } from "../formulas/network";
import type { Ledger } from "../ledger";
import { capacityUnits, hoursPerMonth } from "../prices";
import type { Load } from "../traffic";
import { combine, type Known } from "../usage";
import { priced } from "./cell";

/** One public IPv4 address per zone of an internet-facing load balancer. https://aws.amazon.com/vpc/pricing/ */
function chargeAddresses(ledger: Ledger, scheme: Value | undefined, subnets: Value | undefined): void {
  if (scheme === "internal") return;
  if (!Array.isArray(subnets)) {
    const why = "One address per zone; the subnets are a parameter, so their number is not known.";
    ledger.miss("Public IPv4 address hours", "hours", 0, why);
    return;
  }
  ledger.add(publicAddresses(hoursPerMonth * subnets.length, `${hoursPerMonth} h × ${subnets.length} zones`));
}

/** A figure made of the balancer's load. */
function fromLoad(ledger: Ledger, node: string | undefined, value: (load: Load) => number): Known {
  const load = node === undefined ? undefined : ledger.traffic.of(node);
  if (!load) return { why: "Depends on use." };
  return "why" in load ? load : { value: value(load), assumed: load.assumed };
}

/** What a node sends to the internet: over its edges from the internet where there are some, else by itself. */
function chargeInternet(ledger: Ledger, node: ModelNode | undefined, scheme: Value | undefined): void {
  if (scheme === "internal") return;
  const given = ledger.givenHere("internetGb");
  const onEdges = node?.in.some(({ relation }) => relation === "request") ?? false;
  if (onEdges && !given) return;
  ledger.once("internet", () =>
    ledger.addKnown(given ?? fromLoad(ledger, node?.id, ({ outGb }) => outGb), internetOut),
  );
}

/** Capacity units: the person's, else from the load. */
function units(ledger: Ledger, node: ModelNode | undefined): Known {
  const given = ledger.givenHere("capacityUnits");
  if (given || !node) return given ?? { why: "Depends on use." };
  if (isKind(node, "nlb")) return networkUnits(ledger, node);
  return combine(
    [...loadOf(ledger, node.id), ...connectionsOf(ledger), rulesOf(node)],
    (requestsPerSecond, gbPerHour, perConnection, seconds, rules) =>
      albUnits({
        newConnectionsPerSecond: requestsPerSecond / Math.max(1, perConnection),
        connectionSeconds: seconds,
        gbPerHour,
        requestsPerSecond,
        rules,
      }).units,
  );
}

/** Rules that cost nothing. */
const FREE_RULES = capacityUnits.alb.freeRulesPerRequest;

/** Rules that a request is held against at most: those of one listener. Which of them matches first, nobody says. */
function rulesOf(node: ModelNode): Known {
  const listeners = isKind(node, "alb") ? node.props.listeners : [];
  const first = listeners.find(({ redirectToHttps }) => !redirectToHttps)?.port;
  const byPort = new Map<number | undefined, number>();
  for (const edge of node.out) {
    if (!isRelationEdge(edge, "forward")) continue;
    const port = edge.props.listenerPort ?? first;
    byPort.set(port, (byPort.get(port) ?? 0) + 1);
  }
  const most = Math.max(0, ...byPort.values());
  return {
    value: most,
    assumed: most > FREE_RULES ? [`each request held against all ${most} rules of a listener`] : [],
  };
}

/** Requests a second and GB an hour of a node or an edge. */
const loadOf = (ledger: Ledger, id: string): Known[] => [
  fromLoad(ledger, id, (load) => load.requestsPerSecond),
  fromLoad(ledger, id, (load) => (load.inGb + load.outGb) / hoursPerMonth),
];

const connectionsOf = (ledger: Ledger): Known[] => [
  ledger.figure("requestsPerConnection"),
  ledger.figure("connectionSeconds"),
];

/**
 * A Network Load Balancer pays for each protocol by itself: what each forward carries belongs to the protocol of its
 * listener. Before anything is connected, all is the first listener's. https://aws.amazon.com/elasticloadbalancing/pricing/
 */
function networkUnits(ledger: Ledger, node: ModelNode<"nlb">): Known {
  const { listeners } = node.props;
  const forwards = node.out.filter((edge) => isRelationEdge(edge, "forward"));
  const parts =
    forwards.length === 0
      ? [{ id: node.id, listener: listeners[0] }]
      : forwards.map(({ id, props: { listenerPort } }) => ({
          id,
          listener: listeners.find(({ port }) => port === listenerPort) ?? listeners[0],
        }));
  const both = parts.some(({ listener }) => listener?.protocol === "TCP_UDP");
  const counted: Known = { value: 1, assumed: both ? ["all of a TCP_UDP listener counted as TCP"] : [] };
  return combine([counted, ...parts.flatMap(({ id }) => loadOf(ledger, id)), ...connectionsOf(ledger)], (_, ...all) => {
    const loads = all.slice(0, 2 * parts.length);
    const [perConnection = 1, flowSeconds = 0] = all.slice(loads.length);
    const protocols: Partial<Record<NlbProtocol, NlbLoad>> = {};
    parts.forEach(({ listener }, at) => {
      const protocol = protocolOf(listener?.protocol);
      const before = protocols[protocol] ?? { newFlowsPerSecond: 0, gbPerHour: 0 };
      protocols[protocol] = {
        newFlowsPerSecond: before.newFlowsPerSecond + (loads[2 * at] ?? 0) / Math.max(1, perConnection),
        flowSeconds,
        gbPerHour: before.gbPerHour + (loads[2 * at + 1] ?? 0),
      };
    });
    return nlbUnits(protocols);
  });
}

const protocolOf = (protocol: string | undefined): NlbProtocol =>
  protocol === "TLS" ? "tls" : protocol === "UDP" ? "udp" : "tcp";

/** ALB and NLB: hours and capacity units. https://aws.amazon.com/elasticloadbalancing/pricing/ */
export const loadBalancer = priced<"AWS::ElasticLoadBalancingV2::LoadBalancer">(({ properties, origins }, ledger) => {
  const node = ledger.model.node(origins[""]?.[0]?.node ?? "");
  const network = properties.Type === "network";
  const type = network ? "nlb" : "alb";
  ledger.add(balancerHours(type));
  ledger.addKnown(units(ledger, node), (value) => capacityUnitHours(type, value));
  chargeAddresses(ledger, properties.Scheme, properties.Subnets ?? properties.SubnetMappings);
  chargeInternet(ledger, node, properties.Scheme);
});

/** Classic Load Balancer: hours and data. https://aws.amazon.com/elasticloadbalancing/pricing/ */
export const classicLoadBalancer = priced<"AWS::ElasticLoadBalancing::LoadBalancer">(
  ({ properties, origins }, ledger) => {
    const node = ledger.model.node(origins[""]?.[0]?.node ?? "");
    ledger.add(balancerHours("clb"));
    const through = ledger.givenHere("processedGb") ?? fromLoad(ledger, node?.id, ({ inGb, outGb }) => inGb + outGb);
    ledger.addKnown(through, classicData);
    chargeAddresses(ledger, properties.Scheme, properties.Subnets);
    chargeInternet(ledger, node, properties.Scheme);
  },
);
