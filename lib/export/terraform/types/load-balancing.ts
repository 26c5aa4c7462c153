import type { Known } from "../../../stack/stack";
import type { Value } from "../../../stack/value";
import { type Block, literal, text } from "../hcl";
import { exprOf } from "../values";
import { Body, Reader, type TypeTable, type Writing } from "../writing";
import { attributeOf, cell, number } from "./cell";

/** Attributes of load balancers as arguments. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html */
const balancerAttributes: Readonly<Record<string, string>> = {
  "deletion_protection.enabled": "enable_deletion_protection",
  "idle_timeout.timeout_seconds": "idle_timeout",
  "load_balancing.cross_zone.enabled": "enable_cross_zone_load_balancing",
  "routing.http.drop_invalid_header_fields.enabled": "drop_invalid_header_fields",
};
const logAttributes: Readonly<Record<string, string>> = {
  "access_logs.s3.bucket": "bucket",
  "access_logs.s3.enabled": "enabled",
  "access_logs.s3.prefix": "prefix",
};

/** "true" as true, "60" as 60. */
const plain =
  (writing: Writing) =>
  (value: Value): ReturnType<typeof exprOf> =>
    value === "true" || value === "false" ? literal(value === "true") : number(writing)(value);

function attributes(body: Body, writing: Writing, property: string): void {
  const logs = body.nest(new Reader(body.reader.resource, {}));
  for (const one of body.reader.each(property)) {
    const [key, value] = [one.take("Key"), one.take("Value")];
    if (typeof key !== "string" || value === undefined) continue;
    const argument = balancerAttributes[key];
    const log = logAttributes[key];
    if (argument !== undefined) body.put(argument, plain(writing)(value), one.from());
    else if (log !== undefined)
      logs.put(log, log === "enabled" ? plain(writing)(value) : exprOf(writing, value), one.from());
    else
      writing.note(`Terraform's aws_lb of ${body.reader.resource.id} does not say ${key}. Set it by hand.`, one.from());
  }
  body.block("access_logs", logs);
}

/** One action of a listener or a rule. */
function action(body: Body, type: string, property: string): void {
  for (const one of body.reader.each(property)) {
    const own = body.nest(one).set("type", "Type").set("target_group_arn", "TargetGroupArn");
    const redirect = one.inner("RedirectConfig");
    if (redirect)
      own.block(
        "redirect",
        body.nest(redirect).set("port", "Port").set("protocol", "Protocol").set("status_code", "StatusCode"),
      );
    const fixed = one.inner("FixedResponseConfig");
    if (fixed)
      own.block(
        "fixed_response",
        body
          .nest(fixed)
          .set("content_type", "ContentType")
          .set("message_body", "MessageBody")
          .set("status_code", "StatusCode"),
      );
    const forward = one.inner("ForwardConfig");
    if (forward) {
      const groups = body.nest(forward);
      for (const group of forward.each("TargetGroups"))
        groups.block("target_group", body.nest(group).set("arn", "TargetGroupArn").set("weight", "Weight"));
      own.block("forward", groups);
    }
    body.block(type, own);
  }
}

function conditions(body: Body): void {
  for (const one of body.reader.each("Conditions")) {
    one.take("Field");
    const own = body.nest(one);
    const host = one.inner("HostHeaderConfig");
    if (host) own.block("host_header", body.nest(host).set("values", "Values"));
    const path = one.inner("PathPatternConfig");
    if (path) own.block("path_pattern", body.nest(path).set("values", "Values"));
    body.block("condition", own);
  }
}

function healthCheck(body: Body, writing: Writing): void {
  const check = body.nest(body.reader);
  check
    .set("protocol", "HealthCheckProtocol")
    .set("port", "HealthCheckPort")
    .set("path", "HealthCheckPath")
    .set("interval", "HealthCheckIntervalSeconds", number(writing))
    .set("timeout", "HealthCheckTimeoutSeconds", number(writing))
    .set("healthy_threshold", "HealthyThresholdCount", number(writing))
    .set("unhealthy_threshold", "UnhealthyThresholdCount", number(writing));
  const matcher = body.reader.inner("Matcher");
  if (matcher) {
    const inner = body.nest(matcher).set("matcher", "HttpCode").set("matcher", "GrpcCode");
    check.entries.push(...inner.entries);
  }
  body.block("health_check", check);
}

function targetGroup(body: Body, writing: Writing): void {
  body
    .set("vpc_id", "VpcId")
    .set("target_type", "TargetType")
    .set("port", "Port")
    .set("protocol", "Protocol")
    .set("protocol_version", "ProtocolVersion");
  const stickiness = body.nest(new Reader(body.reader.resource, {}));
  const given = new Map<string, Value>();
  for (const one of body.reader.each("TargetGroupAttributes")) {
    given.set(String(one.take("Key")), one.take("Value") ?? "");
  }
  const delay = given.get("deregistration_delay.timeout_seconds");
  if (delay !== undefined) body.put("deregistration_delay", number(writing)(delay));
  healthCheck(body, writing);
  // Off is the provider's own default.
  if (given.get("stickiness.enabled") !== "true") return;
  stickiness.put("enabled", literal(true)).put("type", text(String(given.get("stickiness.type"))));
  const duration = given.get("stickiness.lb_cookie.duration_seconds");
  if (duration !== undefined) stickiness.put("cookie_duration", number(writing)(duration));
  body.block("stickiness", stickiness);
}

/** Targets that stand in the stack, such as another load balancer. */
function attachments(writing: Writing, resource: Known, reader: Reader): Block[] {
  return reader.each("Targets").map((one, at): Block => {
    const body = new Body(writing, one)
      .put("target_group_arn", writing.attribute(resource.id, "arn"))
      .set("target_id", "Id")
      .set("port", "Port");
    const name = writing.names.of(`${resource.id}_Target${at + 1}`);
    return {
      type: "resource",
      labels: ["aws_lb_target_group_attachment", name],
      entries: body.entries,
      from: one.from(),
    };
  });
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb and its neighbours */
export const loadBalancing = {
  "AWS::ElasticLoadBalancingV2::LoadBalancer": cell(
    "aws_lb",
    {
      ref: "arn",
      attributes: {
        CanonicalHostedZoneID: "zone_id",
        DNSName: "dns_name",
        LoadBalancerArn: "arn",
        LoadBalancerFullName: "arn_suffix",
        LoadBalancerName: "name",
      },
    },
    (body, writing) => {
      body
        .set("load_balancer_type", "Type")
        .set("internal", "Scheme", (value) => literal(value === "internal"))
        .set("ip_address_type", "IpAddressType")
        .set("security_groups", "SecurityGroups")
        .set("subnets", "Subnets");
      attributes(body, writing, "LoadBalancerAttributes");
    },
  ),
  "AWS::ElasticLoadBalancingV2::Listener": cell(
    "aws_lb_listener",
    { ref: "arn", attributes: { ListenerArn: "arn" } },
    (body, writing) => {
      body
        .set("load_balancer_arn", "LoadBalancerArn")
        .set("port", "Port", number(writing))
        .set("protocol", "Protocol")
        .set("ssl_policy", "SslPolicy");
      const [certificate] = body.reader.each("Certificates");
      const arn = certificate?.take("CertificateArn");
      if (arn !== undefined) body.put("certificate_arn", exprOf(writing, arn), certificate?.from());
      action(body, "default_action", "DefaultActions");
    },
  ),
  "AWS::ElasticLoadBalancingV2::ListenerRule": cell(
    "aws_lb_listener_rule",
    { ref: "arn", attributes: { RuleArn: "arn" } },
    (body, writing) => {
      body.set("listener_arn", "ListenerArn").set("priority", "Priority", number(writing));
      action(body, "action", "Actions");
      conditions(body);
    },
  ),
  "AWS::ElasticLoadBalancingV2::TargetGroup": cell(
    "aws_lb_target_group",
    { ref: "arn", attributes: { TargetGroupArn: "arn", TargetGroupFullName: "arn_suffix", TargetGroupName: "name" } },
    targetGroup,
    attachments,
  ),
  "AWS::ElasticLoadBalancing::LoadBalancer": cell(
    "aws_elb",
    { ref: "name", attributes: { CanonicalHostedZoneNameID: "zone_id", DNSName: "dns_name" } },
    (body, writing) => {
      body
        .set("internal", "Scheme", (value) => literal(value === "internal"))
        .set("security_groups", "SecurityGroups")
        .set("subnets", "Subnets")
        .set("cross_zone_load_balancing", "CrossZone");
      const draining = body.reader.inner("ConnectionDrainingPolicy");
      if (draining) {
        const inner = body
          .nest(draining)
          .set("connection_draining", "Enabled")
          .set("connection_draining_timeout", "Timeout");
        body.entries.push(...inner.entries);
      }
      for (const one of body.reader.each("Listeners")) {
        body.block(
          "listener",
          body
            .nest(one)
            .set("instance_port", "InstancePort", number(writing))
            .set("instance_protocol", "InstanceProtocol")
            .set("lb_port", "LoadBalancerPort", number(writing))
            .set("lb_protocol", "Protocol")
            .set("ssl_certificate_id", "SSLCertificateId"),
        );
      }
      const check = body.reader.inner("HealthCheck");
      if (check) {
        body.block(
          "health_check",
          body
            .nest(check)
            .set("target", "Target")
            .set("interval", "Interval", number(writing))
            .set("timeout", "Timeout", number(writing))
            .set("healthy_threshold", "HealthyThreshold", number(writing))
            .set("unhealthy_threshold", "UnhealthyThreshold", number(writing)),
        );
      }
      const logs = body.reader.inner("AccessLoggingPolicy");
      if (logs) {
        body.block(
          "access_logs",
          body
            .nest(logs)
            .set("bucket", "S3BucketName", attributeOf(writing, "id"))
            .set("bucket_prefix", "S3BucketPrefix")
            .set("enabled", "Enabled")
            .set("interval", "EmitInterval", number(writing)),
        );
      }
    },
  ),
} satisfies Partial<TypeTable>;
