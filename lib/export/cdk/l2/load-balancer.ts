import type { Known } from "../../../stack/stack";
import { type Properties, targetOf, type Value } from "../../../stack/value";
import { arr, call, type Expr, lit, make, method, obj, raw, type Variable } from "../code";
import { str } from "../values";
import { type Builder, originOf, type Writing } from "../writing";
import { isSaidFamily } from "./balancer-family";
import { actionOf, type DefaultAction, isApplication, routesOf } from "./balancer-shape";
import { fixedGroupOf, groupOf, selectionOf, vpcOf, vpcOfSubnets } from "./network";
import { letsAllOut, madeGroup } from "./security-group";
import { child, duration, handleOf } from "./shared";
import { writeAllWaits } from "./waits";

const balancerNames = {
  ref: "loadBalancerArn",
  attributes: {
    CanonicalHostedZoneID: "loadBalancerCanonicalHostedZoneId",
    DNSName: "loadBalancerDnsName",
    LoadBalancerArn: "loadBalancerArn",
    LoadBalancerFullName: "loadBalancerFullName",
    LoadBalancerName: "loadBalancerName",
  },
};

/**
 * An Application or Network Load Balancer.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_elasticloadbalancingv2.ApplicationLoadBalancer.html
 */
export const loadBalancer: Builder = (writing, resource) => {
  if (!isSaidFamily(writing, resource.id)) return undefined;
  const type = `elbv2.${isApplication(resource) ? "Application" : "Network"}LoadBalancer`;
  return {
    type,
    makes: [],
    handle: (_id, variable) => handleOf(resource, variable, balancerNames),
    write(variable) {
      const { props, others } = balancerProps(writing, resource);
      writing.program.declare(variable, make(type, raw("this"), lit(resource.id), props), writing.place(resource));
      for (const { at, key, value } of others) {
        const from = originOf(resource, `/properties/LoadBalancerAttributes/${at}`);
        const expr = method(variable, "setAttribute", lit(key), str(writing, value));
        writing.program.run(expr, { ...writing.place(resource), from });
      }
      const { Scheme, Subnets } = resource.properties;
      const vpc = vpcOfSubnets(writing, Subnets) as Value;
      const tier = selectionOf(writing, vpc, Subnets)?.tier;
      const implied = Scheme === "internet-facing" && tier !== undefined ? routesOf(writing, vpc, tier) : [];
      const l1 = child(variable, "defaultChild", "elbv2.CfnLoadBalancer");
      writeAllWaits(writing, resource, l1, new Set(implied));
    },
  };
};

/** Attributes with a property of their own. */
const attributes: Readonly<Record<string, (value: string) => readonly [key: string, Expr | undefined]>> = {
  "deletion_protection.enabled": (value) => ["deletionProtection", value === "true" ? lit(true) : undefined],
  "routing.http.drop_invalid_header_fields.enabled": (value) => ["dropInvalidHeaderFields", lit(value === "true")],
  "idle_timeout.timeout_seconds": (value) => ["idleTimeout", duration(Number(value))],
  "load_balancing.cross_zone.enabled": (value) => ["crossZoneEnabled", lit(value === "true")],
};

function balancerProps(writing: Writing, resource: Known) {
  const { IpAddressType, LoadBalancerAttributes, Scheme, SecurityGroups, Subnets } = resource.properties;
  const props: Record<string, Expr | undefined> = {};
  const others: { at: number; key: string; value: Value }[] = [];
  (LoadBalancerAttributes as Properties[]).forEach(({ Key, Value: value }, at) => {
    const cell = attributes[Key as string];
    const said = typeof value === "string" ? cell?.(value) : undefined;
    if (said) props[said[0]] = said[1];
    else others.push({ at, key: Key as string, value: value as Value });
  });
  const vpc = vpcOfSubnets(writing, Subnets) as Value;
  const groups = (Array.isArray(SecurityGroups) ? SecurityGroups : []).map((value) => {
    const group = madeGroup(writing, value);
    // Targets that are registered would write egress rules into a group that has its own.
    return group && letsAllOut(group) ? groupOf(writing, value) : fixedGroupOf(writing, value);
  });
  const own = isApplication(resource)
    ? { securityGroup: groups[0] }
    : groups.length > 0
      ? { securityGroups: arr(groups) }
      : { disableSecurityGroups: lit(true) };
  return {
    props: obj({
      vpc: vpcOf(writing, vpc),
      internetFacing: Scheme === "internet-facing" ? lit(true) : undefined,
      vpcSubnets: selectionOf(writing, vpc, Subnets)?.selection,
      ...own,
      ipAddressType: IpAddressType === undefined ? undefined : raw("elbv2.IpAddressType.DUAL_STACK"),
      ...props,
    }),
    others,
  };
}

/** A listener: `loadBalancer.addListener(…)`. Its target groups register themselves (`target-group.ts`). */
export const listener: Builder = (writing, resource) => {
  const balancer = writing.resource(targetOf(resource.properties.LoadBalancerArn) ?? "");
  if (!balancer || balancer.raw || !isSaidFamily(writing, resource.id) || !writing.built(balancer.id)) return undefined;
  const application = isApplication(balancer);
  return {
    type: `elbv2.${application ? "Application" : "Network"}Listener`,
    makes: [],
    handle: (_id, variable) =>
      handleOf(resource, variable, { ref: "listenerArn", attributes: { ListenerArn: "listenerArn" } }),
    write(variable) {
      const { Certificates, DefaultActions, Port, Protocol, SslPolicy } = resource.properties;
      const action = actionOf((DefaultActions as Properties[])[0] as Properties) as DefaultAction;
      const certificates = (Array.isArray(Certificates) ? (Certificates as Properties[]) : []).map((one) =>
        call(raw("elbv2.ListenerCertificate.fromArn"), str(writing, one.CertificateArn as Value)),
      );
      const props = obj({
        port: lit(Port as number),
        protocol: raw(`elbv2.${application ? "ApplicationProtocol" : "Protocol"}.${Protocol}`),
        certificates: certificates.length > 0 ? arr(certificates) : undefined,
        sslPolicy: SslPolicy === undefined ? undefined : raw("elbv2.SslPolicy.RECOMMENDED_TLS"),
        // The rules of the group say who may come in.
        open: application ? lit(false) : undefined,
        defaultAction: fixedAction(action),
      });
      const of = writing.handle(balancer.id)?.variable as Variable;
      writing.program.declare(variable, method(of, "addListener", lit(resource.id), props), writing.place(resource));
      if (action.is === "weighted") {
        const weights = arr(
          action.targetGroups.map(({ id, weight }) =>
            obj({ targetGroup: writing.handle(id)?.variable, weight: lit(weight) }),
          ),
        );
        const family = application ? "ListenerAction" : "NetworkListenerAction";
        const forward = obj({ action: call(raw(`elbv2.${family}.weightedForward`), weights) });
        writing.program.run(method(variable, "addAction", lit("Default"), forward), writing.place(resource));
      }
    },
  };
};

/** An answer that the listener gives by itself. */
function fixedAction(action: DefaultAction): Expr | undefined {
  if (action.is === "redirect") {
    const { port, protocol, permanent } = action;
    const props = obj({ port: lit(port), protocol: lit(protocol), permanent: permanent ? lit(true) : undefined });
    return call(raw("elbv2.ListenerAction.redirect"), props);
  }
  if (action.is !== "fixed") return undefined;
  const props = obj({ contentType: lit(action.contentType), messageBody: lit(action.body) });
  return call(raw("elbv2.ListenerAction.fixedResponse"), lit(action.status), props);
}
