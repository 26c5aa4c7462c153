import { isKind, isRelationEdge } from "../model/build";
import type { ModelEdge, ModelNode } from "../model/model";
import { constructOf, type Lowering, perLowering } from "./lowering";
import { certificateArn } from "./parameter-patterns";
import type { Origin } from "./stack";
import type { Value } from "./value";

/** Application and Network Load Balancers, which share one API. */
export type Balancer = ModelNode<"alb"> | ModelNode<"nlb">;
export type Listener = (ModelNode<"alb"> | ModelNode<"nlb"> | ModelNode<"clb">)["props"]["listeners"][number];

export const asBalancer = (node: ModelNode): Balancer | undefined =>
  isKind(node, "alb") || isKind(node, "nlb") ? node : undefined;

export const listenersOf = (balancer: { props: { listeners: readonly Listener[] } }): readonly Listener[] =>
  balancer.props.listeners;

/** True for a listener that answers by itself instead of forwarding. AWS refuses a redirect to itself as a loop. */
export const redirects = (listener: Listener): boolean =>
  "redirectToHttps" in listener &&
  listener.redirectToHttps === true &&
  !(listener.protocol === "HTTPS" && listener.port === 443);

/** The listener an edge leaves from: the named port, else the first that forwards; -1 where there is none. */
export function listenerIndexOf(listeners: readonly Listener[], port: number | undefined): number {
  return port === undefined
    ? listeners.findIndex((listener) => !redirects(listener))
    : listeners.findIndex((listener) => listener.port === port);
}

/** Logical id of a listener, by its port; a second one on the same port is numbered. */
export const listenerId = (
  lowering: Lowering,
  balancer: ModelNode,
  listeners: readonly Listener[],
  index: number,
): string => {
  const port = listeners[index]?.port;
  const same = listeners.slice(0, index).filter((listener) => listener.port === port).length;
  return lowering.idFor(balancer, `Listener${String(port).replace("-", "")}${same === 0 ? "" : `Number${same + 1}`}`);
};

/** The forward edges of a load balancer, in id order. */
export const forwardsFrom = (balancer: ModelNode): ModelEdge<"forward">[] =>
  balancer.out.filter((edge): edge is ModelEdge & ModelEdge<"forward"> => isRelationEdge(edge, "forward"));

/** Transport protocols that a listener or target group protocol uses. */
export const transportsOf = (protocol: string): readonly ("tcp" | "udp")[] =>
  protocol === "UDP" || protocol === "QUIC"
    ? ["udp"]
    : protocol === "TCP_UDP" || protocol === "TCP_QUIC"
      ? ["tcp", "udp"]
      : ["tcp"];

/** Certificate ARN of an encrypted listener: fixed, or a parameter without default; undefined where none is chosen. */
export function certificateOf(
  lowering: Lowering,
  balancer: ModelNode,
  listeners: readonly Listener[],
  index: number,
): Value | undefined {
  const listener = listeners[index];
  if (!listener || !["HTTPS", "TLS", "SSL"].includes(listener.protocol) || !listener.certificate) return undefined;
  if (listener.certificate.from === "arn") return listener.certificate.arn;
  const name = `${listenerId(lowering, balancer, listeners, index)}CertificateArn`;
  const parameter = lowering.parameter(name, {
    type: "String",
    description: `ARN of the certificate in AWS Certificate Manager for ${listener.protocol} ${listener.port} of ${balancer.name}.`,
    ...certificateArn,
    origin: lowering.from(balancer, `/listeners/${index}/certificate`),
  });
  asked(lowering).add(String(parameter.argument));
  return parameter;
}

const asked = perLowering(() => new Set<string>());

/** Parameters that ask for certificates, for the template's description. */
export const certificateParameters = (lowering: Lowering): readonly string[] => [...asked(lowering)];

/** TLS 1.2 and 1.3 only. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
export const SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** A place where ECS registers the tasks of a service. */
export interface Attachment {
  edge: ModelEdge<"forward">;
  /** TargetGroupArn or LoadBalancerName, in CloudFormation's spelling. */
  target: { [name: string]: Value };
  containerName: string;
  containerPort: number | undefined;
  origins: Origin[];
  /** What makes the target usable: the listener or the rule. */
  waitFor: string[];
}

const attachments = perLowering(() => new Map<string, Attachment[]>());

export function attach(lowering: Lowering, service: ModelNode, attachment: Attachment): void {
  const list = attachments(lowering).get(service.id);
  if (list) list.push(attachment);
  else attachments(lowering).set(service.id, [attachment]);
}

/** Where ECS registers the tasks of a service, in edge id order per load balancer. */
export const attachmentsOf = (lowering: Lowering, service: ModelNode): readonly Attachment[] =>
  attachments(lowering).get(service.id) ?? [];

export const forwardConstruct = (edge: ModelEdge<"forward">) => constructOf("loadBalancedService", edge as ModelEdge);
