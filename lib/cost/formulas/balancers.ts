import type { Charge } from "../charge";
import { capacityUnits, hoursPerMonth } from "../prices";

export interface AlbLoad {
  newConnectionsPerSecond: number;
  /** How long a connection lasts. */
  connectionSeconds: number;
  gbPerHour: number;
  /** Bytes to and from Lambda targets weigh more. */
  lambdaGbPerHour?: number;
  requestsPerSecond: number;
  /** Rules that a request is held against; ten are free. */
  rules?: number;
}

export type AlbDimension = "new connections" | "active connections" | "processed bytes" | "rule evaluations";

/**
 * Capacity units of an Application Load Balancer, dimension by dimension; the largest is charged. Bytes to Lambda
 * targets are added to the others, as AWS's calculator does. https://aws.amazon.com/elasticloadbalancing/pricing/
 */
export function albUnits(load: AlbLoad): { units: number; largest: AlbDimension } & Record<AlbDimension, number> {
  const { alb } = capacityUnits;
  const dimensions: Record<AlbDimension, number> = {
    "new connections": load.newConnectionsPerSecond / alb.newConnectionsPerSecond,
    "active connections": (load.newConnectionsPerSecond * load.connectionSeconds) / alb.activeConnectionsPerMinute,
    "processed bytes":
      load.gbPerHour / alb.processedGBPerHour + (load.lambdaGbPerHour ?? 0) / alb.processedGBPerHourLambdaTargets,
    "rule evaluations":
      (load.requestsPerSecond * Math.max(0, (load.rules ?? 0) - alb.freeRulesPerRequest)) /
      alb.ruleEvaluationsPerSecond,
  };
  return { ...dimensions, ...largestOf(dimensions) };
}

function largestOf<K extends string>(dimensions: Record<K, number>): { units: number; largest: K } {
  const [largest, units] = (Object.entries(dimensions) as [K, number][]).reduce((a, b) => (b[1] > a[1] ? b : a));
  return { units, largest };
}

export interface NlbLoad {
  newFlowsPerSecond: number;
  /** How long a flow lasts. */
  flowSeconds: number;
  gbPerHour: number;
}

/** What the price list calls new and active things, by protocol. */
const nlbLimits = {
  tcp: { fresh: capacityUnits.nlb.tcp.newFlowsPerSecond, active: capacityUnits.nlb.tcp.activeFlows },
  udp: { fresh: capacityUnits.nlb.udp.newFlowsPerSecond, active: capacityUnits.nlb.udp.activeFlows },
  tls: { fresh: capacityUnits.nlb.tls.newConnectionsPerSecond, active: capacityUnits.nlb.tls.activeConnections },
};
export type NlbProtocol = keyof typeof nlbLimits;

/**
 * Capacity units of a Network Load Balancer: the largest dimension of each protocol, summed over protocols.
 * https://aws.amazon.com/elasticloadbalancing/pricing/
 */
export function nlbUnits(loads: Partial<Record<NlbProtocol, NlbLoad>>): number {
  return (Object.entries(loads) as [NlbProtocol, NlbLoad][]).reduce((sum, [protocol, load]) => {
    const { fresh, active } = nlbLimits[protocol];
    const { processedGBPerHour } = capacityUnits.nlb[protocol];
    return (
      sum +
      Math.max(
        load.newFlowsPerSecond / fresh,
        (load.newFlowsPerSecond * load.flowSeconds) / active,
        load.gbPerHour / processedGBPerHour,
      )
    );
  }, 0);
}

const names = {
  alb: { label: "Application Load Balancer", hour: "alb.hour", unit: "alb.lcu_hour" },
  nlb: { label: "Network Load Balancer", hour: "nlb.hour", unit: "nlb.nlcu_hour" },
} as const;

/** Hours of load balancers; each started hour is a whole one. https://aws.amazon.com/elasticloadbalancing/pricing/ */
export const balancerHours = (type: "alb" | "nlb" | "clb", hours = hoursPerMonth): Charge =>
  type === "clb"
    ? { tariff: { sku: "clb.hour" }, item: "Classic Load Balancer hours", quantity: hours, note: `${hours} h` }
    : { tariff: { sku: names[type].hour }, item: `${names[type].label} hours`, quantity: hours, note: `${hours} h` };

/** Capacity units, charged by the hour at their average. https://aws.amazon.com/elasticloadbalancing/pricing/ */
export const capacityUnitHours = (type: "alb" | "nlb", units: number, hours = hoursPerMonth): Charge => ({
  tariff: { sku: names[type].unit },
  item: `${names[type].label} capacity unit hours`,
  quantity: units * hours,
  note: `${hours} h × ${Number(units.toPrecision(6))} units on average`,
});

/** Data through a Classic Load Balancer. https://aws.amazon.com/elasticloadbalancing/pricing/ */
export const classicData = (gb: number): Charge => ({
  tariff: { sku: "clb.gb" },
  item: "Data processed by the Classic Load Balancer",
  quantity: gb,
  note: `${Number(gb.toPrecision(6))} GB`,
});
