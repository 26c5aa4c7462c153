import { actionsFor } from "../../aws/permissions";
import { isKind } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { chosenContainer, taskDefinitionOf } from "../../model/queries";
import { sourceContainer } from "../containers";
import { constructOf, derived, type Lowering } from "../lowering";
import { outputKey } from "../outputs";
import { PropertySet } from "../property-set";
import { refusePlainHttp } from "../resource-policies";
import { roleOf } from "../roles";
import type { Origin } from "../stack";
import { att, ref } from "../value";
import { variableFor } from "../variables";

/** SQS queues, and the tasks that send to them or poll them. Who else may send writes itself into the queue's policy. */
export function queues(lowering: Lowering): void {
  for (const node of lowering.model.of("sqsQueue")) addQueue(lowering, node);
  for (const edge of lowering.model.edgesOf("send")) send(lowering, edge);
  for (const edge of lowering.model.edgesOf("poll")) poll(lowering, edge);
}

/** A FIFO queue needs no name: CloudFormation generates one that ends in .fifo. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sqs-queue.html */
function addQueue(lowering: Lowering, node: ModelNode<"sqsQueue">): void {
  const { props } = node;
  const owner = node as ModelNode;
  const id = lowering.idOf(owner);
  const from = (field: string): Origin => lowering.from(owner, field);
  const redrive = deadLetterEdge(node);
  const properties = new PropertySet()
    .set("ContentBasedDeduplication", props.contentBasedDeduplication, from("/contentBasedDeduplication"))
    .set("DeduplicationScope", props.deduplicationScope, from("/deduplicationScope"))
    .set("DelaySeconds", props.delaySeconds, from("/delaySeconds"))
    .set("FifoQueue", props.fifo ? true : undefined, from("/fifo"))
    .set("FifoThroughputLimit", props.fifoThroughputLimit, from("/fifoThroughputLimit"))
    .set("MaximumMessageSize", props.maximumMessageSize, from("/maximumMessageSize"))
    .set("MessageRetentionPeriod", props.messageRetentionPeriod, from("/messageRetentionPeriod"))
    .set("ReceiveMessageWaitTimeSeconds", props.receiveMessageWaitTimeSeconds, from("/receiveMessageWaitTimeSeconds"))
    .set("SqsManagedSseEnabled", props.encryption === "SSE-SQS", from("/encryption"))
    .set("VisibilityTimeout", props.visibilityTimeout, from("/visibilityTimeout"));
  if (redrive) {
    properties.set(
      "RedrivePolicy",
      {
        deadLetterTargetArn: att(lowering.idOf(redrive.to), "Arn"),
        maxReceiveCount: redrive.props.maxReceiveCount,
      },
      lowering.drawn(redrive as ModelEdge),
      { "/maxReceiveCount": lowering.from(redrive as ModelEdge, "/maxReceiveCount") },
    );
  }
  lowering.add("AWS::SQS::Queue", id, properties, {
    origins: lowering.drawn(owner),
    construct: constructOf("queue", owner),
  });
  refusePlainHttp(lowering, owner);
  lowering.output(outputKey(id), ref(id), `URL of the queue ${node.name}.`, derived(owner));
}

/** A queue has one dead-letter queue: the first that is drawn. */
const deadLetterEdge = (queue: ModelNode<"sqsQueue">): ModelEdge<"deadLetter"> | undefined =>
  queue.out.find((edge): edge is ModelEdge<"deadLetter"> & ModelEdge => {
    return edge.relation === "deadLetter" && isKind(edge.to, "sqsQueue");
  });

function send(lowering: Lowering, edge: ModelEdge<"send">): void {
  const source = sourceContainer(edge as ModelEdge);
  if (!source || !isKind(edge.to, "sqsQueue")) return;
  const queue = lowering.idOf(edge.to);
  const grant = { actions: actionsFor("sqs-send"), resources: [att(queue, "Arn")] };
  roleOf(lowering, source.taskDefinition, "task").grant(grant, edge as ModelEdge);
  variableFor(lowering, edge as ModelEdge, source, edge.to, "QUEUE", "URL", ref(queue));
}

/** Tasks of the service receive and delete. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-basic-examples-of-iam-policies.html */
function poll(lowering: Lowering, edge: ModelEdge<"poll">): void {
  const definition = isKind(edge.to, "service") ? taskDefinitionOf(edge.to) : undefined;
  if (!definition || !isKind(edge.from, "sqsQueue")) return;
  const queue = lowering.idOf(edge.from);
  const grant = { actions: actionsFor("sqs-poll"), resources: [att(queue, "Arn")] };
  roleOf(lowering, definition, "task").grant(grant, edge as ModelEdge);
  const container = chosenContainer(definition, edge.props.container);
  if (!container) return;
  const source = { node: definition as ModelNode, container };
  variableFor(lowering, edge as ModelEdge, source, edge.from, "QUEUE", "URL", ref(queue));
}
