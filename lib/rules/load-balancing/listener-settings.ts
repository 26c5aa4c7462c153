import { nearestWithin, type Range, rangeText, within } from "../../aws/docs";
import { limits } from "../../aws/limits";
import { isKind } from "../../model/build";
import type { ModelEdge } from "../../model/model";
import { safe, set } from "../repairs";
import type { Report } from "../rule";
import type { Balancer } from "./forwards";

/** Numbers of a load balancer that AWS refuses: ports of listeners, and how long idle connections live. */
export function listenerNumbers(balancer: Balancer, report: Report): void {
  for (const [index, { port }] of balancer.props.listeners.entries()) {
    if (within(limits.port, port)) continue;
    report({
      at: { node: balancer.id, field: `/listeners/${index}/port` },
      message: `Listener port ${port} of ${balancer.name} is outside ${rangeText(limits.port)}, so AWS refuses the listener. Choose a port in this range.`,
    });
  }
  if (!isKind(balancer, "alb")) return;
  const { idleTimeout } = balancer.props;
  const range = limits.albIdleTimeout;
  if (idleTimeout === undefined || within(range, idleTimeout)) return;
  const nearest = nearestWithin(range, idleTimeout);
  report({
    at: { node: balancer.id, field: "/idleTimeout" },
    message: `The idle timeout of ${balancer.name} is ${idleTimeout}; AWS takes ${rangeText(range)} and refuses the load balancer otherwise. Use ${nearest}.`,
    fix: safe(`Use ${nearest}`, set(balancer.id, "/idleTimeout", nearest)),
  });
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const conditionValues: Range = { min: 0, max: 5 };
const longest = 128;

/** Characters of paths and hosts. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html */
const path = /^[A-Za-z0-9_\-.$/~"'@:+&*?]+$/;
const host = /^[A-Za-z0-9\-.*?]+$/;

/** Paths and hosts that a listener rule of an Application Load Balancer cannot have. */
export function ruleConditions(edge: ModelEdge<"forward">, report: Report): void {
  const { pathPatterns, hostHeaders } = edge.props;
  const values = pathPatterns.length + hostHeaders.length;
  if (values > conditionValues.max) {
    report({
      at: { edge: edge.id, field: pathPatterns.length >= hostHeaders.length ? "/pathPatterns" : "/hostHeaders" },
      message: `The listener rule for ${edge.to.name} has ${values} paths and hosts together; AWS takes ${conditionValues.max} a rule. Use wildcards, or split them over several connections.`,
    });
  }
  const judge = (field: string, text: string, what: string, fault: string | undefined) => {
    if (fault === undefined) return;
    report({
      at: { edge: edge.id, field },
      message: `The listener rule for ${edge.to.name} has the ${what} “${text}”, which ${fault}, so AWS refuses it or it never matches. Change it.`,
    });
  };
  for (const [index, text] of pathPatterns.entries()) judge(`/pathPatterns/${index}`, text, "path", pathFault(text));
  for (const [index, text] of hostHeaders.entries()) judge(`/hostHeaders/${index}`, text, "host", hostFault(text));
}

function pathFault(text: string): string | undefined {
  if (text === "") return "is empty";
  if (text.length > longest) return `has more than ${longest} characters`;
  if (!path.test(text)) return "has characters that a path pattern cannot hold";
  return text.startsWith("/") || text.startsWith("*") ? undefined : "does not start with /";
}

function hostFault(text: string): string | undefined {
  if (text === "") return "is empty";
  if (text.length > longest) return `has more than ${longest} characters`;
  if (!host.test(text)) return "has characters that a host name cannot hold";
  if (!text.includes(".")) return "has no dot";
  return /\.[A-Za-z*?-]+$/.test(text) ? undefined : "does not end in a domain";
}
