import type { RelationId } from "../catalog/relations";
import { isKind } from "../model/build";
import type { ModelEdge, ModelNode } from "../model/model";
import { vpcOf } from "../model/queries";
import { internetOut, interZone } from "./formulas/network";
import type { Ledger } from "./ledger";
import { objectsWay, pollWay, pullWay, readWay, sendWay, type WayOf } from "./outbound/edges";
import type { Free } from "./resources/cell";
import { free } from "./resources/cell";
import { combine, type Known } from "./usage";

/** What flows over an edge of one relation, where AWS bills the way itself. */
interface Carried {
  free?: false;
  charge(edge: ModelEdge, ledger: Ledger): void;
}
type EdgeCell = Free | Carried;

const EC2_PRICING = "https://aws.amazon.com/ec2/pricing/on-demand/";
const ELB_FAQS = "https://aws.amazon.com/elasticloadbalancing/faqs/";
const toServices = free(
  "Data between a task and AWS services of its Region is free, and no NAT gateway or interface endpoint of this design is on the way.",
  EC2_PRICING,
);
const secrets = free(
  "Calls are charged with the secret or parameter, and no NAT gateway or interface endpoint of this design is on the way.",
  "https://aws.amazon.com/secrets-manager/pricing/",
);
const atStart = free(
  "Calls are charged with what is called; the few KB that a task reads as it starts are not counted on the way.",
  "https://aws.amazon.com/secrets-manager/pricing/",
);
const pulls = free(
  "Pulls from ECR inside a Region and data that comes in from the internet are free, and no NAT gateway of this design is on the way.",
  "https://aws.amazon.com/ecr/pricing/",
);
const events = free(
  "Messages are charged where they arrive, not on the way.",
  "https://aws.amazon.com/eventbridge/pricing/",
);
const delivered = free(
  "What SNS charges for deliveries is with the subscription.",
  "https://aws.amazon.com/sns/pricing/",
);
const drawn = free("A setting, over which nothing flows.", "https://aws.amazon.com/ecs/pricing/");
const charged = (charge: Carried["charge"]): Carried => ({ charge });
/** What leaves the VPC: its way is charged, and where that costs nothing, `why` says so. */
const leaving = (way: WayOf, why: Free): Carried =>
  charged((edge, ledger) => {
    if (!way(edge, ledger)) ledger.note(edge.relation, why.why, why.docs);
  });

/** Part of the traffic to `node` that meets it in another zone, when callers and callees are spread evenly. */
function crossing(ledger: Ledger, edge: ModelEdge, node: ModelNode): Known {
  const vpc = vpcOf(node);
  const zones = vpc?.props.source === "new" ? vpc.props.availabilityZones : undefined;
  return ledger.figureOf(edge.id, "crossZonePercent", () =>
    zones === undefined
      ? undefined
      : { value: (100 * (zones - 1)) / zones, assumed: [`traffic spread evenly over ${zones} zones`] },
  );
}

/** What crosses zones, both ways, charged on both sides. https://aws.amazon.com/ec2/pricing/on-demand/ */
function chargeCrossing(edge: ModelEdge, ledger: Ledger): void {
  const load = ledger.traffic.of(edge.id);
  if (!load) return;
  const flowing: Known = "why" in load ? load : { value: load.inGb + load.outGb, assumed: load.assumed };
  ledger.addKnown(
    combine([flowing, crossing(ledger, edge, edge.to)], (gb, percent) => (gb * percent) / 100),
    interZone,
  );
}

/** From the internet: what comes in is free, what goes back is not. Several sources share it evenly. */
function chargeInternet(edge: ModelEdge, ledger: Ledger): void {
  const balancer = edge.to;
  const open = !("scheme" in balancer.props) || balancer.props.scheme !== "internal";
  // A figure of the balancer itself is charged there.
  if (!open || ledger.given(balancer.id, "internetGb")) return;
  const among = balancer.in.filter(({ relation }) => relation === "request").length;
  const load = ledger.traffic.of(balancer.id);
  if (!load) return;
  ledger.use("internetGb", internetOut, () =>
    "why" in load ? load : { value: load.outGb / among, assumed: load.assumed },
  );
}

/**
 * From a balancer to its targets. An Application or Classic Load Balancer pays nothing for crossing zones; a Network Load
 * Balancer that balances across zones does. https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer_within_the_same_AWS_Region,
 * https://aws.amazon.com/elasticloadbalancing/faqs/
 */
function chargeForward(edge: ModelEdge, ledger: Ledger): void {
  const { props } = edge.from;
  const network = edge.from.kind === "nlb";
  if (network && "crossZone" in props && props.crossZone) chargeCrossing(edge, ledger);
  else if (network) ledger.note("forward", "Without cross-zone load balancing data stays in its zone.", ELB_FAQS);
  else ledger.note("forward", "Data between this load balancer and targets in its VPC is free.", EC2_PRICING);
}

/** A file system in one zone is reached from the others. https://aws.amazon.com/efs/pricing/ */
function chargeMount(edge: ModelEdge, ledger: Ledger): void {
  const { to } = edge;
  if (!isKind(to, "efs") || !to.props.oneZone) {
    const why = "Tasks mount a file system through the mount target of their own zone, which is free.";
    ledger.note(edge.relation, why, "https://aws.amazon.com/efs/pricing/");
    return;
  }
  const among = to.in.filter(({ relation }) => relation === "mount").length;
  const [read, written] = [ledger.figureOf(to.id, "readGb"), ledger.figureOf(to.id, "writtenGb")];
  const flowing = combine([read, written], (back, there) => (back + there) / among);
  ledger.addKnown(
    combine([flowing, crossing(ledger, edge, to)], (gb, percent) => (gb * percent) / 100),
    interZone,
  );
}

/** What the way itself costs, by what an edge means. Closed: a new relation does not compile without its cell. */
export const edgeCosts: { readonly [R in RelationId]: EdgeCell } = {
  request: charged(chargeInternet),
  forward: charged(chargeForward),
  call: charged(chargeCrossing),
  run: drawn,
  useCapacity: drawn,
  pull: leaving(pullWay, pulls),
  mount: charged(chargeMount),
  access: leaving(objectsWay, toServices),
  environmentFile: atStart,
  inject: atStart,
  read: leaving(readWay, secrets),
  credentials: atStart,
  send: leaving(sendWay, toServices),
  publish: leaving(sendWay, toServices),
  poll: leaving(pollWay, toServices),
  deadLetter: events,
  subscribe: delivered,
  subscribeHttps: delivered,
  runTask: free("The tasks are charged, not the start.", "https://aws.amazon.com/ecs/pricing/"),
  deliver: events,
  intercept: events,
  notify: events,
  accessLogs: free(
    "Access logs cost what the bucket stores, nothing on the way.",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html",
  ),
  dependsOn: drawn,
  reference: drawn,
};

/** Charges what flows over each edge to the edge itself. */
export function chargeEdges(ledger: Ledger): void {
  for (const edge of ledger.model.edges) {
    const cell: EdgeCell = edgeCosts[edge.relation];
    ledger.openEdge(edge.id);
    if (cell.free) ledger.note(edge.relation, cell.why, cell.docs);
    else cell.charge(edge, ledger);
  }
}
