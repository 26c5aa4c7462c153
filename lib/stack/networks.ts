import { type Tier, tiers } from "../catalog/fields/network";
import type { ModelNode } from "../model/model";
import { clusterOfRunTask, runTaskDefinition, vpcOf } from "../model/queries";
import { type Lowering, perLowering } from "./lowering";
import { ipv4Range } from "./parameter-patterns";
import type { Origin } from "./stack";
import { att, ref, select, type Value } from "./value";

/** The network a node stands in: a VPC of this template, or one that exists already and is asked for by parameters. */
export interface Network {
  vpcId: Value;
  vpcCidr: () => Value;
  /** The drawn box, new or existing; undefined where nothing was drawn. */
  vpc: ModelNode<"vpc"> | undefined;
  /** False: an existing VPC, of which the template knows nothing but ids. */
  isNew: boolean;
  /** Number of Availability Zones; undefined where the VPC exists already. */
  zones: number | undefined;
  /** Subnets of a tier: a list of references, or a reference to a list parameter. */
  subnets: (tier: Tier) => Value;
  /** One subnet of a tier, counted from zero. */
  subnet: (tier: Tier, zone: number) => Value;
  /** Ids of default routes and associations: the way out of a tier's subnets. */
  routes: (tier: Tier) => readonly string[];
  /** Ids of what must exist before anything in these subnets reaches out: `routes`, and the endpoints. */
  connectivity: (tier: Tier) => readonly string[];
}

/** Ids of the parts of a new VPC; the network pass makes exactly these. */
export interface VpcParts {
  vpc: string;
  zones: number;
  /** Tiers that have subnets. */
  tiers: readonly Tier[];
  subnet(tier: Tier, zone: number): string;
  routeTable(tier: Tier, zone: number): string;
  association(tier: Tier, zone: number): string;
  /** The default route; undefined where the tier has none. */
  route(tier: Tier, zone: number): string | undefined;
  endpoint(service: string): string;
  endpoints: readonly string[];
}

const tierName: { readonly [T in Tier]: string } = { public: "Public", private: "Private", isolated: "Isolated" };

/** Tiers that something in each VPC asks for, whatever the VPC says it has. */
const tiersInUse = perLowering((lowering) => {
  const used = new Map<ModelNode | undefined, Set<Tier>>();
  for (const node of lowering.model.nodes) {
    const tier = (node.props as { tier?: unknown }).tier;
    const known = tiers.find((item) => item === tier);
    if (known === undefined) continue;
    const vpc = vpcOf(node);
    const set = used.get(vpc) ?? new Set();
    used.set(vpc, set.add(known));
  }
  for (const edge of lowering.model.edgesOf("runTask")) {
    const place = clusterOfRunTask(lowering.model, edge) ?? runTaskDefinition(edge);
    if (!place) continue;
    const vpc = vpcOf(place as ModelNode);
    used.set(vpc, (used.get(vpc) ?? new Set()).add(edge.props.tier));
  }
  return used;
});

const allParts = perLowering(() => new Map<string, VpcParts>());

/** The parts of a VPC that this template creates. */
export function partsOf(lowering: Lowering, vpc: ModelNode<"vpc">): VpcParts {
  const known = allParts(lowering).get(vpc.id);
  if (known) return known;
  const { props } = vpc;
  const isolated = props.isolatedSubnets || tiersInUse(lowering).get(vpc)?.has("isolated") === true;
  const name = (what: string) => (tier: Tier, zone: number) =>
    lowering.idFor(vpc, `${tierName[tier]}Subnet${zone + 1}${what}`);
  const parts: VpcParts = {
    vpc: lowering.idOf(vpc),
    zones: props.availabilityZones,
    tiers: isolated ? tiers : tiers.filter((tier) => tier !== "isolated"),
    subnet: name(""),
    routeTable: name("RouteTable"),
    association: name("RouteTableAssociation"),
    route: (tier, zone) =>
      tier === "isolated" || (tier === "private" && props.natGateways === "none")
        ? undefined
        : name("DefaultRoute")(tier, zone),
    endpoint: (service) =>
      lowering.idFor(
        vpc,
        `${service
          .split(/[.-]/)
          .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
          .join("")}Endpoint`,
      ),
    endpoints: [...new Set<string>([...props.gatewayEndpoints, ...props.interfaceEndpoints])],
  };
  allParts(lowering).set(vpc.id, parts);
  return parts;
}

const networks = perLowering(() => new Map<string, Network>());

/** The network a node stands in. `rules.md`, "Words used in conditions"; `design.md` §9.4. */
export function networkOf(lowering: Lowering, node: ModelNode): Network {
  const vpc = vpcOf(node);
  const key = vpc?.id ?? "";
  let network = networks(lowering).get(key);
  if (!network) {
    network = vpc?.props.source === "new" ? newNetwork(lowering, vpc) : existingNetwork(lowering, vpc, node);
    networks(lowering).set(key, network);
  }
  return network;
}

function newNetwork(lowering: Lowering, vpc: ModelNode<"vpc">): Network {
  const parts = partsOf(lowering, vpc);
  const zones = [...Array(parts.zones).keys()];
  const routes = (tier: Tier): string[] =>
    zones.flatMap((zone) => [parts.route(tier, zone) ?? "", parts.association(tier, zone)]).filter((id) => id !== "");
  return {
    vpcId: ref(parts.vpc),
    vpcCidr: () => att(parts.vpc, "CidrBlock"),
    vpc,
    isNew: true,
    zones: parts.zones,
    subnets: (tier) => zones.map((zone) => ref(parts.subnet(tier, zone))),
    subnet: (tier, zone) => ref(parts.subnet(tier, zone)),
    routes,
    connectivity: (tier) => [...routes(tier), ...parts.endpoints.map((service) => parts.endpoint(service))],
  };
}

function existingNetwork(lowering: Lowering, vpc: ModelNode<"vpc"> | undefined, asker: ModelNode): Network {
  const prefix = vpc ? lowering.idOf(vpc) : "";
  const where = vpc ? ` of ${vpc.name}` : "";
  lowering.describe(`Give the ids of ${vpc ? `the existing VPC ${vpc.name}` : "an existing VPC"} and of its subnets.`);
  const origin: Origin = vpc ? { node: vpc.id, field: "/source", why: "drawn" } : { node: asker.id, why: "derived" };
  const subnets = (tier: Tier): Value =>
    lowering.parameter(`${prefix}${tierName[tier]}SubnetIds`, {
      type: "List<AWS::EC2::Subnet::Id>",
      description: `${tierName[tier]} subnets${where}, in at least two Availability Zones.`,
      origin,
    });
  return {
    vpcId: lowering.parameter(`${prefix}VpcId`, {
      type: "AWS::EC2::VPC::Id",
      description: vpc ? `The existing VPC that ${vpc.name} stands for.` : "An existing VPC.",
      origin,
    }),
    vpcCidr: () =>
      lowering.parameter(`${prefix}VpcCidr`, {
        type: "String",
        description: `Address range of the existing VPC${where}, such as 10.0.0.0/16.`,
        ...ipv4Range,
        origin,
      }),
    vpc,
    isNew: false,
    zones: undefined,
    subnets,
    subnet: (tier, zone) => select(zone, subnets(tier)),
    routes: () => [],
    connectivity: () => [],
  };
}
