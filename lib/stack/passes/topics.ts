import { actionsFor } from "../../aws/permissions";
import { isKind } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { sourceContainer } from "../containers";
import { constructOf, derived, type Lowering } from "../lowering";
import { outputKey } from "../outputs";
import { PropertySet } from "../property-set";
import { admitTopic, refusePlainHttp } from "../resource-policies";
import { roleOf } from "../roles";
import type { Origin } from "../stack";
import { att, Intrinsic, join, ref, sub } from "../value";
import { variableFor } from "../variables";

/** SNS topics, their subscriptions, and the tasks that publish to them. */
export function topics(lowering: Lowering): void {
  for (const node of lowering.model.of("snsTopic")) addTopic(lowering, node);
  for (const edge of lowering.model.edgesOf("subscribe")) subscribe(lowering, edge);
  for (const edge of lowering.model.edgesOf("subscribeHttps")) subscribeHttps(lowering, edge);
  for (const edge of lowering.model.edgesOf("publish")) publish(lowering, edge);
}

/** SNS takes names up to 256 characters; stack names have up to 128. */
const MAX_NAME_PART = 120;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sns-topic.html */
function addTopic(lowering: Lowering, node: ModelNode<"snsTopic">): void {
  const { props } = node;
  const owner = node as ModelNode;
  const id = lowering.idOf(owner);
  const from = (field: string): Origin => lowering.from(owner, field);
  const properties = new PropertySet()
    .set("ContentBasedDeduplication", props.contentBasedDeduplication, from("/contentBasedDeduplication"))
    .set("DisplayName", props.displayName, from("/displayName"))
    .set("FifoTopic", props.fifo ? true : undefined, from("/fifo"))
    // AWS demands that the name of a FIFO topic ends in .fifo; the stack's name keeps it unique.
    .set(
      "TopicName",
      props.fifo ? sub(`\${AWS::StackName}-${id.slice(0, MAX_NAME_PART)}.fifo`) : undefined,
      from("/fifo"),
    );
  lowering.add("AWS::SNS::Topic", id, properties, {
    origins: lowering.drawn(owner),
    construct: constructOf("topic", owner),
  });
  refusePlainHttp(lowering, owner);
  lowering.output(outputKey(id), ref(id), `ARN of the topic ${node.name}.`, derived(owner));
}

function subscribe(lowering: Lowering, edge: ModelEdge<"subscribe">): void {
  const { from: topic, to: queue } = edge;
  if (!isKind(topic, "snsTopic") || !isKind(queue, "sqsQueue")) return;
  const owner = edge as ModelEdge;
  const id = lowering.idNamed(`${lowering.idOf(queue)}From${lowering.idOf(topic)}`, `${edge.id}/Subscription`);
  const properties = new PropertySet()
    .set("Endpoint", att(lowering.idOf(queue), "Arn"), lowering.drawn(owner))
    .set("Protocol", "sqs", derived(owner))
    .set(
      "RawMessageDelivery",
      edge.props.rawMessageDelivery ? true : undefined,
      lowering.from(owner, "/rawMessageDelivery"),
    )
    .set("TopicArn", ref(lowering.idOf(topic)), lowering.drawn(owner));
  lowering.add("AWS::SNS::Subscription", id, properties, {
    origins: lowering.drawn(owner),
    construct: constructOf("topic", topic),
  });
  admitTopic(lowering, queue, topic, owner);
}

/**
 * SNS asks the endpoint at once whether it wants the messages and refuses one that it cannot reach, so the
 * subscription waits for a parameter: the tasks that answer exist only after the stack does.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html
 */
function subscribeHttps(lowering: Lowering, edge: ModelEdge<"subscribeHttps">): void {
  const { from: topic, to: balancer } = edge;
  if (!isKind(topic, "snsTopic") || !isKind(balancer, "alb")) return;
  const owner = edge as ModelEdge;
  const id = lowering.idNamed(`${lowering.idOf(balancer)}From${lowering.idOf(topic)}`, `${edge.id}/Subscription`);
  const { host, path } = edge.props;
  const rest = path.startsWith("/") ? path : `/${path}`;
  const endpoint =
    host === "" ? join("", ["https://", att(lowering.idOf(balancer), "DNSName"), rest]) : `https://${host}${rest}`;
  const wanted = lowering.parameter(`${id}Wanted`, {
    type: "String",
    description: `Set to true once ${host === "" ? balancer.name : host} answers ${rest} over HTTPS: SNS then asks it to confirm.`,
    default: "false",
    allowedValues: ["false", "true"],
    origin: lowering.drawn(owner),
  });
  const condition = lowering.condition(`${id}IsWanted`, new Intrinsic("Fn::Equals", [wanted, "true"]));
  const properties = new PropertySet()
    .set("Endpoint", endpoint, lowering.from(owner, "/host"))
    .set("Protocol", "https", derived(owner))
    .set("TopicArn", ref(lowering.idOf(topic)), lowering.drawn(owner));
  lowering.add("AWS::SNS::Subscription", id, properties, {
    origins: lowering.drawn(owner),
    construct: constructOf("topic", topic),
    condition,
  });
}

function publish(lowering: Lowering, edge: ModelEdge<"publish">): void {
  const source = sourceContainer(edge as ModelEdge);
  if (!source || !isKind(edge.to, "snsTopic")) return;
  const topic = ref(lowering.idOf(edge.to));
  const grant = { actions: actionsFor("sns-publish"), resources: [topic] };
  roleOf(lowering, source.taskDefinition, "task").grant(grant, edge as ModelEdge);
  variableFor(lowering, edge as ModelEdge, source, edge.to, "TOPIC", "ARN", topic);
}
