import type { Resource } from "../stack/stack";
import type { AddressRange } from "./addresses";
import type { Hop, Verdict } from "./flow";
import { capital, plainHop } from "./hops";
import type { Interfaces, Network } from "./interfaces";
import { isName, keyOf, keyText } from "./lookup";

/**
 * A hop for two ends that stand in different VPCs; undefined where they share one or nobody can say. Only what the
 * template makes is certain: two existing VPCs may be the same one. Where something joins them, both sides need a route.
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html
 */
export function vpcHop(network: Network, from: Interfaces, to: Interfaces, port: string): Hop | undefined {
  if (from.vpc === undefined || to.vpc === undefined || from.vpc === to.vpc) return undefined;
  const hop = (verdict: Verdict, why: string, resource?: string): Hop =>
    plainHop("route", {
      at: `${keyText(from.vpc as string)} → ${keyText(to.vpc as string)}`,
      port,
      resource,
      verdict,
      why,
    });
  const made = [from.vpc, to.vpc].some((vpc) => network.lookup.resource(vpc)?.type === "AWS::EC2::VPC");
  const known = made && isName(from.vpc) && isName(to.vpc);
  if (known && !network.routes.joined)
    return hop("blocked", `${capital(from.name)} and ${to.name} stand in different VPCs, and no route joins them.`);
  const ways = [wayOf(network, from, to), wayOf(network, to, from)];
  const worst =
    ways.find(({ verdict }) => verdict === "blocked") ?? ways.find(({ verdict }) => verdict !== "open") ?? ways[0];
  if (!known || !worst?.why)
    return hop("unknowable", `${capital(from.name)} and ${to.name} may stand in different VPCs.`);
  return hop(worst.verdict, worst.why, worst.resource);
}

interface Way {
  verdict: Verdict;
  why?: string;
  resource?: string;
}

/** From the subnets of one end to the addresses of the other. */
function wayOf(network: Network, from: Interfaces, to: Interfaces): Way {
  const ranges = to.addresses ?? to.within;
  if (!from.subnets || from.subnets.length === 0 || !ranges) return { verdict: "unknowable" };
  const ways = from.subnets.flatMap((subnet) => ranges.map((range) => alongRoute(network, subnet, range, from, to)));
  return (
    ways.find(({ verdict }) => verdict === "blocked") ??
    ways.find(({ verdict }) => verdict !== "open") ??
    (ways[0] as Way)
  );
}

function alongRoute(network: Network, subnet: string, range: AddressRange, from: Interfaces, to: Interfaces): Way {
  const leads = network.routes.leads(subnet, range);
  if (leads === "unknown") return { verdict: "unknowable" };
  const there = `${range.text}, where ${to.name} stands`;
  if (leads === "none" || leads === "local") {
    const why =
      leads === "none"
        ? `The route table of ${subnet} has no route to ${there}.`
        : `${range.text} is part of the VPC of ${from.name} itself, so packets for ${to.name} never leave it.`;
    return { verdict: "blocked", resource: subnet, why };
  }
  const { route } = leads;
  if (endsOutside(network, route, range)) {
    const why = `${route.id} sends packets for ${there}, to the internet, which has no such addresses.`;
    return { verdict: "blocked", resource: route.id, why };
  }
  const { VpcPeeringConnectionId } = route.properties;
  const peering =
    VpcPeeringConnectionId === undefined ? undefined : network.lookup.resource(keyOf(VpcPeeringConnectionId));
  if (peering?.type !== "AWS::EC2::VPCPeeringConnection") {
    const why = `Where ${route.id} leads on the way to ${there}, the template does not say.`;
    return { verdict: "unknowable", resource: route.id, why };
  }
  const { VpcId, PeerVpcId } = peering.properties;
  const joins = [VpcId, PeerVpcId].flatMap((value) => (value === undefined ? [] : [keyOf(value)]));
  if (!joins.every(isName)) return { verdict: "unknowable" };
  return joins.includes(from.vpc as string) && joins.includes(to.vpc as string)
    ? { verdict: "open", resource: peering.id, why: `${peering.id} joins both VPCs, and ${route.id} leads there.` }
    : {
        verdict: "blocked",
        resource: route.id,
        why: `${route.id} leads through ${peering.id}, which does not join both VPCs: a peering connection leads no further.`,
      };
}

/** True for a route to an internet gateway, or to a NAT gateway behind which there is nothing else. */
function endsOutside(network: Network, { properties }: Resource, range: AddressRange): boolean {
  const { GatewayId, NatGatewayId } = properties;
  const [gateway, nat] = [GatewayId, NatGatewayId].map((value) =>
    value === undefined ? undefined : network.lookup.resource(keyOf(value)),
  );
  if (gateway?.type === "AWS::EC2::InternetGateway") return true;
  const home = nat?.properties.SubnetId;
  if (nat?.type !== "AWS::EC2::NatGateway" || home === undefined) return false;
  const leads = network.routes.leads(keyOf(home), range);
  if (typeof leads === "string") return leads === "none";
  const next = leads.route.properties.GatewayId;
  return next !== undefined && network.lookup.resource(keyOf(next))?.type === "AWS::EC2::InternetGateway";
}
