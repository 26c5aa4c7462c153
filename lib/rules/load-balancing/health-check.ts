import { defaultOf, nearestWithin, type Range, rangeText, within } from "../../aws/docs";
import { limits } from "../../aws/limits";
import { clip } from "../../core/text";
import { safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";
import { type Forward, forwardsOf, isDynamic, modeOf } from "./forwards";

const RESTARTS = "Tasks would be killed and restarted without end";
const REFUSED = "AWS refuses the target group";

export const healthCheck = defineRule({
  id: "ECS-LB-016",
  severity: "error",
  title: "Health check cannot pass",
  why: "A load balancer sends requests to healthy targets only, and ECS replaces tasks that fail its health check. A check that no task can pass keeps the service from ever running.",
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
  needs: ["alb", "nlb", "clb"],
  check({ model }, report) {
    for (const forward of forwardsOf(model)) {
      const { edge, balancer, service } = forward;
      for (const { field, what, reason, consequence } of defectsOf(forward)) {
        report({
          at: { edge: edge.id, field: `/healthCheck/${field}` },
          also: [{ node: service.id }],
          message: `The target group of ${balancer.name} for ${service.name} checks ${what}; ${reason}. ${consequence}. Clear the value to use the default.`,
          fix: {
            title: "Use the default",
            risk: "safe",
            edits: [{ edit: "setField", id: edge.id, field: `/healthCheck/${field}` }],
          },
        });
      }
      // A Classic Load Balancer has no target group.
      if (balancer.kind !== "clb") checkDelay(edge, balancer.name, service.name, report);
    }
  },
});

function checkDelay({ id, props }: Forward["edge"], balancer: string, service: string, report: Report): void {
  const range = limits.deregistrationDelay;
  const { deregistrationDelay: delay } = props;
  if (delay === undefined || within(range, delay)) return;
  const nearest = nearestWithin(range, delay);
  report({
    at: { edge: id, field: "/deregistrationDelay" },
    message: `The target group of ${balancer} for ${service} waits ${delay} seconds before it drops a target; AWS takes ${rangeText(range)} and refuses the target group otherwise. Use ${nearest}.`,
    fix: safe(`Use ${nearest}`, set(id, "/deregistrationDelay", nearest)),
  });
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const longestPath = 1024;

interface Defect {
  field: keyof Forward["edge"]["props"]["healthCheck"];
  what: string;
  reason: string;
  consequence: string;
}

function* defectsOf({ edge, balancer, service, mapping }: Forward): Generator<Defect> {
  const check = edge.props.healthCheck;
  const { port, protocol, matcher, interval, timeout } = check;
  const fixedPort = port !== undefined && port !== "traffic-port";
  if (fixedPort && !(/^\d{1,5}$/.test(port) && within(limits.port, Number(port)))) {
    const reason = "a health check port is traffic-port or a number from 1 to 65535";
    yield { field: "port", what: `port “${port}”`, reason, consequence: REFUSED };
  } else if (fixedPort && mapping && isDynamic(modeOf(service), mapping)) {
    const reason = "ECS chooses another host port for every task, so nothing listens there";
    yield { field: "port", what: `port ${port}`, reason, consequence: RESTARTS };
  }
  if (balancer.kind === "alb" && protocol === "TCP") {
    const reason = "an Application Load Balancer checks over HTTP or HTTPS";
    yield { field: "protocol", what: "over TCP", reason, consequence: REFUSED };
  }
  if (balancer.kind === "nlb" && protocol === "TCP") {
    const reason = "a check over TCP only opens a connection, and AWS takes neither path nor success codes for it";
    if (check.path !== undefined) yield { field: "path", what: `${check.path} over TCP`, reason, consequence: REFUSED };
    if (matcher !== undefined)
      yield { field: "matcher", what: `for ${matcher} over TCP`, reason, consequence: REFUSED };
  }
  const grpc = edge.props.targetProtocol?.toUpperCase() === "GRPC";
  const codes = balancer.kind === "nlb" ? limits.matcherOfNlb : grpc ? limits.matcherOfGrpc : limits.matcherOfAlb;
  if (matcher !== undefined && balancer.kind !== "clb" && !isMatcher(matcher, codes)) {
    const reason = `success codes are values or ranges from ${rangeText(codes)}, such as ${codes.min},${codes.min + 2} or ${codes.min}-${codes.max}`;
    yield { field: "matcher", what: `for “${matcher}”`, reason, consequence: REFUSED };
  }
  const { path } = check;
  // Over TCP no path is asked for. gRPC names a method, which starts with a slash too.
  if (path !== undefined && protocol !== "TCP" && (!/^\/\S*$/.test(path) || path.length > longestPath)) {
    const reason = `a path starts with / and has no spaces and at most ${longestPath} characters`;
    yield { field: "path", what: `the path “${clip(path, 60)}”`, reason, consequence: REFUSED };
  }
  for (const [field, range, what] of ranges) {
    const value = check[field];
    if (value === undefined || within(range, value)) continue;
    yield { field, what: what(value), reason: `AWS takes ${rangeText(range)}`, consequence: REFUSED };
  }
  // A Network Load Balancer has no such rule.
  const shortest = timeout ?? defaultOf(limits.targetHealthCheckTimeout);
  const every = interval ?? defaultOf(limits.targetHealthCheckInterval);
  const bothFit = within(limits.targetHealthCheckTimeout, shortest) && within(limits.targetHealthCheckInterval, every);
  if (balancer.kind !== "nlb" && bothFit && shortest >= every) {
    yield {
      field: timeout === undefined ? "interval" : "timeout",
      what: `every ${every} seconds and waits ${shortest}`,
      reason: "the timeout must be shorter than the interval",
      consequence: REFUSED,
    };
  }
}

const ranges: readonly [
  "interval" | "timeout" | "healthyThreshold" | "unhealthyThreshold",
  Range,
  (value: number) => string,
][] = [
  ["interval", limits.targetHealthCheckInterval, (value) => `every ${value} seconds`],
  ["timeout", limits.targetHealthCheckTimeout, (value) => `with a timeout of ${value} seconds`],
  ["healthyThreshold", limits.healthyThreshold, (value) => `with a healthy threshold of ${value}`],
  ["unhealthyThreshold", limits.unhealthyThreshold, (value) => `with an unhealthy threshold of ${value}`],
];

/** "200", "200,202", "200-299", each inside the range. */
function isMatcher(text: string, range: Range): boolean {
  return text.split(",").every((part) => {
    const match = /^\s*(\d{1,3})(?:-(\d{1,3}))?\s*$/.exec(part);
    if (!match) return false;
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
    return from <= to && within(range, from) && within(range, to);
  });
}
