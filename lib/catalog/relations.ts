import * as z from "zod";
import { ID_PATTERN } from "../core/ids";
import { nodeRef } from "./fields/network";
import { fargateRunTask } from "./fields/run-task";
import { targetHealthCheck } from "./fields/target-group";
import { defineRelation, type RelationDef } from "./relation";

const container = z
  .string()
  .regex(ID_PATTERN)
  .optional()
  .meta({ label: "Container", help: "The first essential container with a port unless chosen.", container: true });
const none = z.strictObject({});

/** What an edge can mean. Pairs of kinds are in `pairs.ts`. */
export const relations = {
  request: defineRelation({
    verb: "sends requests to",
    about: "Clients reach the listeners: the load balancer's group admits them on each listener port.",
    style: "traffic",
    fromAnchor: "node",
    toAnchor: "node",
    props: none,
    label: () => "",
  }),
  forward: defineRelation({
    verb: "forwards to",
    about: "A target group and a listener rule; the task port opens from the load balancer's group.",
    style: "traffic",
    fromAnchor: "node",
    toAnchor: "node",
    props: z.strictObject({
      listenerPort: z.int().optional().meta({
        label: "Listener port",
        help: "The first listener that forwards unless chosen.",
      }),
      container,
      containerPort: z.int().optional().meta({ label: "Container port", help: "The first mapped port unless chosen." }),
      pathPatterns: z.array(z.string()).default([]).meta({
        label: "Paths",
        help: "ALB only. No path and no host means the listener's default.",
        placeholder: "/api/*",
      }),
      hostHeaders: z.array(z.string()).default([]).meta({ label: "Hosts", placeholder: "api.example.com" }),
      priority: z.int().optional().meta({ label: "Rule priority", help: "Numbered unless given.", advanced: true }),
      targetType: z.enum(["ip", "instance"]).optional().meta({
        label: "Target type",
        help: "ip for awsvpc, instance for bridge and host unless given.",
        advanced: true,
      }),
      targetProtocol: z.string().optional().meta({ label: "Target protocol", advanced: true }),
      healthCheck: targetHealthCheck,
      deregistrationDelay: z.int().optional().meta({
        label: "Deregistration delay",
        unit: "s",
        placeholder: "300",
        advanced: true,
      }),
      stickiness: z.boolean().default(false).meta({ label: "Sticky sessions", advanced: true }),
    }),
    label: (props) =>
      [
        props.listenerPort === undefined ? "" : String(props.listenerPort),
        props.containerPort === undefined ? "" : `→ ${props.containerPort}`,
        ...props.hostHeaders.slice(0, 1),
        ...props.pathPatterns.slice(0, 1),
      ]
        .filter((part) => part !== "")
        .join(" "),
  }),
  call: defineRelation({
    verb: "calls",
    about:
      "Service Connect: the callee's port gets a name in the cluster's namespace and opens from the caller's group.",
    style: "traffic",
    fromAnchor: "node",
    toAnchor: "node",
    props: z.strictObject({
      container,
      containerPort: z.int().optional().meta({ label: "Container port", help: "The first mapped port unless chosen." }),
    }),
    label: (props) => (props.containerPort === undefined ? "calls" : `calls :${props.containerPort}`),
  }),
  run: defineRelation({
    verb: "runs",
    about: "The task definition whose copies the service keeps running.",
    style: "thin",
    fromAnchor: "node",
    toAnchor: "node",
    props: none,
    label: () => "runs",
  }),
  useCapacity: defineRelation({
    verb: "is placed on",
    about: "An entry of the service's capacity provider strategy.",
    style: "thin",
    fromAnchor: "node",
    toAnchor: "node",
    props: z.strictObject({
      weight: z.int().default(1).meta({ label: "Weight" }),
      base: z.int().default(0).meta({ label: "Base" }),
    }),
    label: (props) => `weight ${props.weight}`,
  }),
  pull: defineRelation({
    verb: "pulls its image from",
    about: "The container's image; for ECR the execution role may pull exactly this repository.",
    style: "thin",
    fromAnchor: "container",
    toAnchor: "node",
    props: z.strictObject({
      tag: z.string().default("v1").meta({ label: "Tag or digest", placeholder: "v1 or sha256:…" }),
    }),
    label: (props) => (props.tag.startsWith("sha256:") ? props.tag.slice(0, 14) : `pulls :${props.tag}`),
  }),
  mount: defineRelation({
    verb: "mounts",
    about: "A volume and a mount point; mount targets in every zone; NFS opens from the task's group.",
    style: "data",
    fromAnchor: "container",
    toAnchor: "node",
    props: z.strictObject({
      containerPath: z.string().default("/data").meta({ label: "Container path" }),
      readOnly: z.boolean().default(false).meta({ label: "Read-only" }),
      transitEncryption: z
        .enum(["ENABLED", "DISABLED"])
        .default("ENABLED")
        .meta({ label: "Transit encryption", advanced: true }),
      iam: z.boolean().default(true).meta({ label: "IAM authorisation", help: "Needs a task role.", advanced: true }),
      rootDirectory: z.string().optional().meta({ label: "Root directory", placeholder: "/", advanced: true }),
      accessPoint: z
        .strictObject({
          path: z.string().meta({ label: "Path", placeholder: "/app" }),
          uid: z.int().default(1000).meta({ label: "User id" }),
          gid: z.int().default(1000).meta({ label: "Group id" }),
        })
        .optional()
        .meta({ label: "Access point", advanced: true }),
    }),
    label: (props) => `mounts ${props.containerPath}`,
  }),
  access: defineRelation({
    verb: "reads and writes",
    about:
      "Code uses the AWS SDK; the task role gets exactly the chosen actions on this bucket. A variable such as UPLOADS_BUCKET_NAME holds its name.",
    style: "data",
    fromAnchor: "container",
    toAnchor: "node",
    props: z.strictObject({
      may: z.enum(["read", "write", "readWrite"]).default("readWrite").meta({ label: "May" }),
    }),
    label: (props) => ({ read: "reads", write: "writes", readWrite: "reads, writes" })[props.may],
  }),
  environmentFile: defineRelation({
    verb: "loads an environment file from",
    about: "Variables from a .env object, read by the execution role when the task starts.",
    style: "data",
    fromAnchor: "container",
    toAnchor: "node",
    props: z.strictObject({
      key: z.string().default("app.env").meta({ label: "Object key", placeholder: "app.env" }),
    }),
    label: (props) => props.key,
  }),
  inject: defineRelation({
    verb: "gets as a variable",
    about: "An environment variable with the secret's value; the execution role may read exactly this secret.",
    style: "data",
    fromAnchor: "container",
    toAnchor: "node",
    props: z.strictObject({
      name: z.string().default("SECRET").meta({ label: "Variable", placeholder: "DB_PASSWORD" }),
      jsonKey: z
        .string()
        .optional()
        .meta({ label: "JSON key", help: "Secrets Manager only.", placeholder: "password" }),
    }),
    label: (props) => props.name,
  }),
  read: defineRelation({
    verb: "reads at run time",
    about:
      "Code reads it with the AWS SDK; the task role may read exactly this one. A variable such as LOGIN_SECRET_ARN or COLOUR_PARAMETER_NAME holds its ARN or name.",
    style: "data",
    fromAnchor: "container",
    toAnchor: "node",
    props: none,
    label: () => "reads",
  }),
  credentials: defineRelation({
    verb: "logs in to its registry with",
    about: "User name and password of a private registry, read by the execution role.",
    style: "data",
    fromAnchor: "container",
    toAnchor: "node",
    props: none,
    label: () => "registry login",
  }),
  send: defineRelation({
    verb: "sends to",
    about:
      "The task role may send messages to exactly this queue. A variable such as ORDERS_QUEUE_URL holds its URL, unless the container sets it.",
    style: "event",
    fromAnchor: "container",
    toAnchor: "node",
    props: none,
    label: () => "sends",
  }),
  publish: defineRelation({
    verb: "publishes to",
    about:
      "The task role may publish to exactly this topic. A variable such as ALERTS_TOPIC_ARN holds its ARN, unless the container sets it.",
    style: "event",
    fromAnchor: "container",
    toAnchor: "node",
    props: none,
    label: () => "publishes",
  }),
  poll: defineRelation({
    verb: "is polled by",
    about:
      "The tasks receive and delete messages; the task role may do so on exactly this queue. A variable such as ORDERS_QUEUE_URL holds its URL, unless the container sets it.",
    style: "event",
    fromAnchor: "node",
    toAnchor: "node",
    props: z.strictObject({ container }),
    label: () => "polls",
  }),
  deadLetter: defineRelation({
    verb: "sends failed messages to",
    about: "Messages received too often move to this dead-letter queue.",
    style: "event",
    fromAnchor: "node",
    toAnchor: "node",
    props: z.strictObject({
      maxReceiveCount: z.int().default(5).meta({ label: "Receives before it moves" }),
    }),
    label: (props) => `after ${props.maxReceiveCount}`,
  }),
  subscribe: defineRelation({
    verb: "delivers to",
    about: "A subscription; the queue's policy admits exactly this topic.",
    style: "event",
    fromAnchor: "node",
    toAnchor: "node",
    props: z.strictObject({
      rawMessageDelivery: z.boolean().default(false).meta({ label: "Raw message delivery" }),
    }),
    label: () => "subscribed",
  }),
  subscribeHttps: defineRelation({
    verb: "delivers over HTTPS to",
    about:
      "An HTTPS subscription to a path behind the load balancer, made once a parameter of the template says that the host answers. The host needs a certificate SNS trusts.",
    style: "event",
    fromAnchor: "node",
    toAnchor: "node",
    props: z.strictObject({
      host: z.string().default("").meta({ label: "Host", placeholder: "hooks.example.com" }),
      path: z.string().default("/").meta({ label: "Path", placeholder: "/sns" }),
    }),
    label: (props) => `HTTPS ${props.path}`,
  }),
  runTask: defineRelation({
    verb: "starts",
    about: "RunTask on a cluster; a role that may start exactly this task definition and pass its roles.",
    style: "event",
    fromAnchor: "node",
    toAnchor: "node",
    props: z.strictObject({
      cluster: nodeRef("cluster")
        .optional()
        .meta({
          label: "Cluster",
          help: "The cluster the definition stands in, or the only one, unless chosen.",
          reference: ["cluster"],
        }),
      ...fargateRunTask,
      deadLetterQueue: nodeRef("sqsQueue")
        .optional()
        .meta({
          label: "Dead-letter queue",
          help: "Gets events whose task could not be started.",
          reference: ["sqsQueue"],
        }),
    }),
    label: (props) => (props.taskCount === 1 ? "starts" : `starts ${props.taskCount}`),
  }),
  deliver: defineRelation({
    verb: "sends to",
    about: "The event goes to this target, whose policy admits exactly this source.",
    style: "event",
    fromAnchor: "node",
    toAnchor: "node",
    props: z.strictObject({
      messageGroupId: z.string().optional().meta({ label: "Message group id", help: "FIFO queues only." }),
    }),
    label: () => "sends",
  }),
  intercept: defineRelation({
    verb: "is watched by",
    about: "State changes of its tasks match the rule; the pattern is written for you.",
    style: "event",
    fromAnchor: "node",
    toAnchor: "node",
    props: z.strictObject({
      detailType: z
        .string()
        .default("ECS Task State Change")
        .meta({ label: "Event type", placeholder: "ECS Task State Change" }),
      lastStatus: z.array(z.string()).default(["STOPPED"]).meta({ label: "Task states", placeholder: "STOPPED" }),
      stopCode: z.array(z.string()).default([]).meta({
        label: "Stop codes",
        placeholder: "EssentialContainerExited",
        advanced: true,
      }),
    }),
    label: (props) => props.lastStatus.join(", ").toLowerCase() || "events",
  }),
  notify: defineRelation({
    verb: "sends events to",
    about: "Events of this resource; on a bucket, notifications are turned on and the target admits it.",
    style: "event",
    fromAnchor: "node",
    toAnchor: "node",
    props: z.strictObject({
      events: z.array(z.string()).default([]).meta({
        label: "Events",
        help: "All object creations unless given.",
        placeholder: "s3:ObjectCreated:*",
      }),
    }),
    label: () => "events",
  }),
  accessLogs: defineRelation({
    verb: "writes access logs to",
    about: "The bucket's policy admits log delivery of this load balancer.",
    style: "data",
    fromAnchor: "node",
    toAnchor: "node",
    props: z.strictObject({ prefix: z.string().optional().meta({ label: "Prefix" }) }),
    label: () => "access logs",
  }),
  dependsOn: defineRelation({
    verb: "waits for",
    about: "The container starts only when the other one fulfils the condition.",
    style: "thin",
    fromAnchor: "container",
    toAnchor: "container",
    props: z.strictObject({
      condition: z.enum(["START", "COMPLETE", "SUCCESS", "HEALTHY"]).default("START").meta({ label: "Condition" }),
    }),
    label: (props) => `after ${props.condition}`,
  }),
  reference: defineRelation({
    verb: "refers to",
    about:
      "A reference to the other end, written at a JSON Pointer in the generic resource's properties; without a pointer, the source waits for the target.",
    style: "data",
    fromAnchor: "node",
    toAnchor: "node",
    props: z.strictObject({
      pointer: z.string().default("").meta({ label: "JSON Pointer", placeholder: "/TopicArn" }),
      attribute: z.string().optional().meta({ label: "Attribute", help: "Ref unless given.", placeholder: "Arn" }),
    }),
    label: (props) => props.pointer,
  }),
} satisfies Record<string, RelationDef>;

export type RelationId = keyof typeof relations;
export const relationIds = Object.keys(relations) as readonly RelationId[];

/** Properties of a relation with defaults filled in. */
export type RelationProps<R extends RelationId> = z.output<(typeof relations)[R]["props"]>;

export const isRelation = (value: string): value is RelationId => Object.hasOwn(relations, value);

/** The descriptor of a relation with its own types erased. */
export const relationOf = (relation: RelationId): RelationDef => relations[relation];
