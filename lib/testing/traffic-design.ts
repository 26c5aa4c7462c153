import type { InputOf } from "../catalog";
import type { Document } from "../document/document";
import { type Draft, draw } from "./draw";
import { type Random, random } from "./random";

type Group = NonNullable<InputOf<"service">["securityGroups"]>;

/** Ways of standing in the network: its own interface, ports of an instance, chosen or random, or not at all. */
const manners = ["fargate", "awsvpc", "bridge", "fixed", "host", "none"] as const;
/** As a task definition says them. */
const networkModes = {
  fargate: "awsvpc",
  awsvpc: "awsvpc",
  bridge: "bridge",
  fixed: "bridge",
  host: "host",
  none: "none",
} as const;
type Manner = (typeof manners)[number];

interface Place {
  id: string;
  task: string;
  manner: Manner;
  port: number;
}

/**
 * A random design of one network full of traffic: services of every network mode behind every kind of load balancer,
 * calling one another, sharing a file system with scheduled tasks; some groups are taken over by hand, and say too little.
 */
export function trafficDesign(seed: number): Document {
  const dice = random(seed);
  return draw((draft) => {
    const vpc = draft.add(
      "vpc",
      {
        gatewayEndpoints: dice.chance(0.3) ? ["s3"] : [],
        interfaceEndpoints: (["ecr.api", "ecr.dkr", "sqs", "sns", "ssm", "secretsmanager"] as const).filter(() =>
          dice.chance(0.3),
        ),
      },
      { name: "Network" },
    );
    const cluster = draft.add("cluster", {}, { name: "Main", parent: vpc });
    const capacity = draft.add(
      "asgCapacityProvider",
      { minSize: 2, maxSize: 4, ...own(dice, []) },
      { name: "Instances", parent: cluster },
    );
    const files = draft.add("efs", own(dice, [{ port: 2049, peers: [capacity] }]), { name: "Files", parent: vpc });
    const places: Place[] = [];
    for (let number = 1; number <= dice.int(3, 6); number += 1) {
      const place = service(draft, dice, cluster, capacity, number);
      for (const other of places.filter(({ manner }) => place.manner !== "none" && manner !== "none")) {
        if (dice.chance(0.3)) draft.connect(place.id, "call", other.id);
        else if (dice.chance(0.2)) draft.connect(other.id, "call", place.id);
      }
      places.push(place);
      if (dice.chance(0.4)) draft.connect(`${place.task}/c1`, "mount", files);
      ask(draft, dice, place);
    }
    const users = draft.add("internet", { cidrs: dice.pick([["0.0.0.0/0"], ["198.51.100.0/24", "203.0.113.7/32"]]) });
    for (const place of places) balance(draft, dice, vpc, users, place);
    const [first] = places;
    if (first && dice.chance(0.6)) {
      const schedule = draft.add("eventSchedule", {}, { name: "Nightly" });
      draft.connect(schedule, "runTask", dice.chance(0.5) ? first.task : first.id, { cluster });
    }
    if (first) surround(draft, dice, { cluster, place: first });
  });
}

/** What a task is started with, and what its code asks of AWS. */
function ask(draft: Draft, dice: Random, place: Place): void {
  const container = `${place.task}/c1`;
  const now = () => dice.chance(0.35);
  const parameter = { source: { from: "value" as const, value: "on" } };
  const image = dice.pick(["ecr", "hub", "none"] as const);
  if (image === "ecr") draft.connect(container, "pull", draft.add("ecrRepository", {}));
  if (image === "hub") {
    draft.connect(container, "pull", draft.add("dockerHub", {}));
    draft.connect(container, "credentials", draft.add("secret", {}));
  }
  if (now()) draft.connect(container, "inject", draft.add("secret", {}), { name: "LOGIN" });
  if (now()) draft.connect(container, "inject", draft.add("ssmParameter", parameter), { name: "FLAG" });
  if (now()) draft.connect(container, "read", draft.add("secret", {}));
  if (now()) draft.connect(container, "read", draft.add("ssmParameter", parameter));
  if (now()) draft.connect(container, "access", draft.add("s3Bucket", {}));
  if (now()) draft.connect(container, "environmentFile", draft.add("s3Bucket", {}));
  if (now()) draft.connect(container, "send", draft.add("sqsQueue", {}));
  if (now()) draft.connect(container, "publish", draft.add("snsTopic", {}));
  if (now()) draft.connect(draft.add("sqsQueue", {}), "poll", place.id);
}

/** Relations along which no task sends anything: what AWS does itself, and what only says what stands for what. */
function surround(draft: Draft, dice: Random, { cluster, place }: { cluster: string; place: Place }): void {
  const doors = Object.entries(draft.document.nodes).flatMap(([id, { kind }]) => (kind === "alb" ? [id] : []));
  const [topic, queue, lost, bucket] = [
    draft.add("snsTopic", {}),
    draft.add("sqsQueue", {}),
    draft.add("sqsQueue", {}),
    draft.add("s3Bucket", {}),
  ];
  const rule = draft.add("eventRule", {});
  draft.connect(dice.chance(0.5) ? cluster : place.id, "intercept", rule);
  draft.connect(rule, "deliver", topic);
  draft.connect(topic, "subscribe", queue);
  draft.connect(queue, "deadLetter", lost);
  draft.connect(bucket, "notify", queue);
  draft.connect(`${place.task}/c1`, "dependsOn", `${place.task}/c2`);
  const table = {
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  };
  const generic = draft.add("generic", {
    type: "AWS::DynamoDB::Table",
    properties: { BillingMode: "PAY_PER_REQUEST", ...table },
  });
  draft.connect(bucket, "reference", generic, { pointer: "/TableName" });
  if (dice.chance(0.3)) draft.add("note", { text: "To be discussed" });
  const [door] = doors;
  if (door === undefined) return;
  draft.connect(door, "accessLogs", bucket);
  draft.connect(topic, "subscribeHttps", door, { host: "hooks.example.com" });
}

/** Now and then a group of one's own: with the rules given, with some of them, or with none. */
function own(dice: Random, rules: readonly { port: number; peers: readonly string[] }[]): { securityGroups?: Group } {
  if (dice.chance(0.75)) return {};
  const ingress = rules
    .filter(() => dice.chance(0.6))
    .flatMap(({ port, peers }) => peers.map((node) => ({ fromPort: port, toPort: port, peer: { node } })));
  if (dice.chance(0.3)) ingress.push({ fromPort: 8000, toPort: 9000, peer: { cidr: "0.0.0.0/0" } } as never);
  const egress = dice.chance(0.5) ? [] : [{ fromPort: 443, toPort: 8081, peer: { cidr: "0.0.0.0/0" } }];
  return { securityGroups: { mode: "own", ingress, egress } };
}

function service(draft: Draft, dice: Random, cluster: string, capacity: string, number: number): Place {
  const manner = dice.pick(manners);
  const port = 8080 + number;
  const hosted = manner !== "fargate";
  const task = draft.add(
    "taskDefinition",
    {
      ...(hosted ? {} : { cpu: 256, memory: 512 }),
      networkMode: networkModes[manner],
      requiresCompatibilities: [hosted ? "EC2" : "FARGATE"],
      containerDefinitions: {
        c1: {
          name: "app",
          image: "public.ecr.aws/nginx/nginx:1.27",
          memory: 256,
          portMappings:
            manner === "none"
              ? []
              : [manner === "fixed" ? { containerPort: 80, hostPort: port } : { containerPort: port }],
        },
        c2: { name: "first", image: "public.ecr.aws/docker/library/busybox:1", memory: 64, essential: false },
      },
    },
    { name: `Task ${number}`, parent: cluster },
  );
  const id = draft.add(
    "service",
    { desiredCount: 2, ...(hosted ? {} : { launchType: "FARGATE" as const }), ...own(dice, []) },
    { name: `Service ${number}`, parent: cluster },
  );
  draft.connect(id, "run", task);
  if (hosted) draft.connect(id, "useCapacity", capacity);
  return { id, task, manner, port };
}

/** A load balancer of a kind that the service can stand behind. */
function balance(draft: Draft, dice: Random, vpc: string, users: string, place: Place): void {
  if (place.manner === "none") return;
  const kind = dice.pick(["alb", "nlb", place.manner === "fixed" ? "clb" : "alb", "none"] as const);
  const at = { name: `Door ${place.port}`, parent: vpc };
  if (kind === "none") return;
  if (kind === "clb") {
    const clb = draft.add("clb", { listeners: [{ port: 80, protocol: "HTTP" }], ...own(dice, []) }, at);
    draft.connect(users, "request", clb);
    draft.connect(clb, "forward", place.id);
    return;
  }
  const checked = place.manner !== "bridge" && dice.chance(0.3) ? { healthCheck: { port: "9000" } } : {};
  const alb = draft.add("alb", { listeners: [{ port: 80, protocol: "HTTP" }], ...own(dice, []) }, at);
  if (kind === "alb") {
    draft.connect(users, "request", alb);
    draft.connect(alb, "forward", place.id, checked);
    return;
  }
  const protocol = dice.pick(["TCP", "UDP", "TCP_UDP"] as const);
  const nlb = draft.add(
    "nlb",
    { listeners: [{ port: 80, protocol }], withSecurityGroup: dice.chance(0.7), ...own(dice, []) },
    { name: `Static ${place.port}`, parent: vpc },
  );
  draft.connect(users, "request", nlb);
  if (protocol === "TCP" && dice.chance(0.5)) {
    draft.connect(alb, "forward", place.id, checked);
    draft.connect(nlb, "forward", alb);
  } else draft.connect(nlb, "forward", place.id, checked);
}
