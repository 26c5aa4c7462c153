import type { Known } from "../../../stack/stack";
import type { Block } from "../hcl";
import { Body, type Reader, type TypeTable, type Writing } from "../writing";
import { cell, enabled, json, number } from "./cell";

/** How a target starts tasks; EventBridge and Scheduler spell the block otherwise. */
function ecsTarget(body: Body, writing: Writing, type: string): void {
  const parameters = body.reader.inner("EcsParameters");
  if (!parameters) return;
  const own = body
    .nest(parameters)
    .set("task_definition_arn", "TaskDefinitionArn")
    .set("launch_type", "LaunchType")
    .set("platform_version", "PlatformVersion")
    .set("task_count", "TaskCount", number(writing));
  for (const one of parameters.each("CapacityProviderStrategy"))
    own.block(
      "capacity_provider_strategy",
      body.nest(one).set("capacity_provider", "CapacityProvider").set("base", "Base").set("weight", "Weight"),
    );
  const configuration = parameters.inner("NetworkConfiguration");
  const network = configuration?.inner("AwsVpcConfiguration") ?? configuration?.inner("AwsvpcConfiguration");
  if (network) {
    own.block(
      "network_configuration",
      body
        .nest(network)
        .set("subnets", "Subnets")
        .set("security_groups", "SecurityGroups")
        .set("assign_public_ip", "AssignPublicIp", enabled),
    );
  }
  body.block(type, own);
}

function delivery(body: Body): void {
  const letters = body.reader.inner("DeadLetterConfig");
  if (letters) body.block("dead_letter_config", body.nest(letters).set("arn", "Arn"));
  const retry = body.reader.inner("RetryPolicy");
  if (retry)
    body.block(
      "retry_policy",
      body
        .nest(retry)
        .set("maximum_event_age_in_seconds", "MaximumEventAgeInSeconds")
        .set("maximum_retry_attempts", "MaximumRetryAttempts"),
    );
}

/** Each target of a rule is a resource. */
function targets(writing: Writing, resource: Known, reader: Reader): Block[] {
  const bus = writing.value(resource.properties.EventBusName);
  return reader.each("Targets").map((one, at): Block => {
    const body = new Body(writing, one)
      .put("rule", writing.attribute(resource.id, "name"))
      .put("event_bus_name", bus)
      .set("target_id", "Id")
      .set("arn", "Arn")
      .set("role_arn", "RoleArn");
    ecsTarget(body, writing, "ecs_target");
    const queue = one.inner("SqsParameters");
    if (queue) body.block("sqs_target", body.nest(queue).set("message_group_id", "MessageGroupId"));
    delivery(body);
    const name = writing.names.of(`${resource.id}_Target${at + 1}`);
    return { type: "resource", labels: ["aws_cloudwatch_event_target", name], entries: body.entries, from: one.from() };
  });
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_event_rule and scheduler_schedule */
export const events = {
  "AWS::Events::Rule": cell(
    "aws_cloudwatch_event_rule",
    { ref: "name", attributes: { Arn: "arn" } },
    (body, writing) => {
      body
        .set("event_bus_name", "EventBusName")
        .set("schedule_expression", "ScheduleExpression")
        .set("state", "State")
        .set("event_pattern", "EventPattern", json(writing));
    },
    targets,
  ),
  "AWS::Scheduler::Schedule": cell(
    "aws_scheduler_schedule",
    { ref: "name", attributes: { Arn: "arn" } },
    (body, writing) => {
      body
        .set("schedule_expression", "ScheduleExpression")
        .set("schedule_expression_timezone", "ScheduleExpressionTimezone")
        .set("state", "State");
      const flexible = body.reader.inner("FlexibleTimeWindow");
      if (flexible)
        body.block(
          "flexible_time_window",
          body.nest(flexible).set("mode", "Mode").set("maximum_window_in_minutes", "MaximumWindowInMinutes"),
        );
      const target = body.reader.inner("Target");
      if (!target) return;
      const own = body.nest(target).set("arn", "Arn").set("role_arn", "RoleArn");
      ecsTarget(own, writing, "ecs_parameters");
      const queue = target.inner("SqsParameters");
      if (queue) own.block("sqs_parameters", body.nest(queue).set("message_group_id", "MessageGroupId"));
      delivery(own);
      body.block("target", own);
    },
  ),
} satisfies Partial<TypeTable>;
