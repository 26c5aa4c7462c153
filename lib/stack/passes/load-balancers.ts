import type { ModelNode } from "../../model/model";
import {
  type Balancer,
  certificateOf,
  certificateParameters,
  listenerId,
  listenersOf,
  redirects,
  SSL_POLICY,
} from "../balancers";
import { groupOf } from "../groups";
import { type Addition, constructOf, derived, type Lowering } from "../lowering";
import { networkOf } from "../networks";
import { outputKey } from "../outputs";
import { PropertySet } from "../property-set";
import type { Origin } from "../stack";
import { att, type Properties, ref, type Value } from "../value";
import { planOf } from "./target-groups";

/** Application and Network Load Balancers with their listeners. After the target groups that listeners forward to. */
export function lowerLoadBalancers(lowering: Lowering): void {
  for (const balancer of lowering.model.of("alb"))
    lowerBalancer(lowering, balancer, applicationPart(lowering, balancer));
  for (const balancer of lowering.model.of("nlb")) lowerBalancer(lowering, balancer, networkPart(lowering, balancer));
  const certificates = certificateParameters(lowering);
  if (certificates.length > 0) {
    lowering.describe(`Give the ARN of a certificate of AWS Certificate Manager in ${certificates.join(", ")}.`);
  }
}

/** What differs between the two types. */
interface Part {
  type: "application" | "network";
  attributes: [key: string, value: string, origin: Origin][];
  addressType?: string | undefined;
}

function applicationPart(lowering: Lowering, balancer: ModelNode<"alb">): Part {
  const { props } = balancer;
  const from = (field: string): Origin => lowering.from(balancer as ModelNode, field);
  const attributes: Part["attributes"] = [
    ["deletion_protection.enabled", String(props.deletionProtection), from("/deletionProtection")],
  ];
  if (props.dropInvalidHeaderFields) {
    attributes.push(["routing.http.drop_invalid_header_fields.enabled", "true", from("/dropInvalidHeaderFields")]);
  }
  if (props.idleTimeout !== undefined) {
    attributes.push(["idle_timeout.timeout_seconds", String(props.idleTimeout), from("/idleTimeout")]);
  }
  return {
    type: "application",
    attributes,
    addressType: props.ipAddressType === "dualstack" ? props.ipAddressType : undefined,
  };
}

function networkPart(lowering: Lowering, balancer: ModelNode<"nlb">): Part {
  const { props } = balancer;
  const from = (field: string): Origin => lowering.from(balancer as ModelNode, field);
  return {
    type: "network",
    attributes: [
      ["deletion_protection.enabled", String(props.deletionProtection), from("/deletionProtection")],
      ["load_balancing.cross_zone.enabled", String(props.crossZone), from("/crossZone")],
    ],
  };
}

function lowerBalancer(lowering: Lowering, balancer: Balancer, part: Part): void {
  const node = balancer as ModelNode;
  const id = lowering.idOf(node);
  const { scheme, tier } = balancer.props;
  const network = networkOf(lowering, node);
  const group = groupOf(lowering, node);
  const from = (field: string): Origin => lowering.from(node, field);
  const origins = Object.fromEntries(part.attributes.map(([, , origin], index) => [`/${index}`, origin]));
  const properties = new PropertySet()
    .set("IpAddressType", part.addressType, from("/ipAddressType"))
    .set(
      "LoadBalancerAttributes",
      part.attributes.map(([Key, Value]): Properties => ({ Key, Value })),
      derived(node),
      origins,
    )
    .set("Scheme", scheme, from("/scheme"))
    .set("SecurityGroups", group ? [group.groupId] : undefined, from("/securityGroups"))
    .set("Subnets", network.subnets(tier), from("/tier"))
    .set("Type", part.type, derived(node));
  lowering.add("AWS::ElasticLoadBalancingV2::LoadBalancer", id, properties, {
    ...loadBalancerPart(node, lowering.drawn(node)),
    dependsOn: scheme === "internet-facing" ? network.routes(tier) : [],
  });
  const key = outputKey(id, "DNSName");
  lowering.output(key, att(id, "DNSName"), `Address of ${balancer.name}.`, derived(node));
  listenersOf(balancer).forEach((_, index) => {
    lowerListener(lowering, balancer, index);
  });
}

const loadBalancerPart = (node: ModelNode, origins: Origin): Addition => ({
  origins,
  construct: constructOf("loadBalancer", node),
});

function lowerListener(lowering: Lowering, balancer: Balancer, index: number): void {
  const node = balancer as ModelNode;
  const listeners = listenersOf(balancer);
  const listener = listeners[index];
  if (!listener) return;
  const from = (field: string): Origin => lowering.from(node, `/listeners/${index}${field}`);
  const certificate = certificateOf(lowering, node, listeners, index);
  const encrypted = listener.protocol === "HTTPS" || listener.protocol === "TLS";
  const action = defaultAction(lowering, balancer, index);
  const properties = new PropertySet()
    .set(
      "Certificates",
      certificate === undefined ? undefined : [{ CertificateArn: certificate }],
      from("/certificate"),
    )
    .set("DefaultActions", [action.value], action.origins)
    .set("LoadBalancerArn", ref(lowering.idOf(node)), derived(node))
    .set("Port", listener.port, from("/port"))
    .set("Protocol", listener.protocol, from("/protocol"))
    .set("SslPolicy", encrypted ? SSL_POLICY : undefined, derived(node));
  lowering.add(
    "AWS::ElasticLoadBalancingV2::Listener",
    listenerId(lowering, node, listeners, index),
    properties,
    loadBalancerPart(node, from("")),
  );
}

/** What a listener does with what no rule catches: redirect, the edge without conditions, or a plain 404. */
function defaultAction(lowering: Lowering, balancer: Balancer, index: number): { value: Value; origins: Origin[] } {
  const node = balancer as ModelNode;
  const listener = listenersOf(balancer)[index];
  if (listener && redirects(listener)) {
    const value = { RedirectConfig: { Port: "443", Protocol: "HTTPS", StatusCode: "HTTP_301" }, Type: "redirect" };
    return { value, origins: [lowering.from(node, `/listeners/${index}/redirectToHttps`)] };
  }
  const targets = planOf(lowering, node).defaults.get(index) ?? [];
  const [first, ...rest] = targets;
  const origins = targets.flatMap((target) => target.origins);
  if (first && rest.length === 0) return { value: { TargetGroupArn: ref(first.id), Type: "forward" }, origins };
  if (first) {
    const groups = targets.map((target): Properties => ({ TargetGroupArn: ref(target.id), Weight: 1 }));
    return { value: { ForwardConfig: { TargetGroups: groups }, Type: "forward" }, origins };
  }
  const value = {
    FixedResponseConfig: { ContentType: "text/plain", MessageBody: "Not found", StatusCode: "404" },
    Type: "fixed-response",
  };
  return { value, origins: [derived(node)] };
}
