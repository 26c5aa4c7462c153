import type { Dependency, EndpointService } from "../aws/endpoints";
import type { Origin } from "../stack/stack";

/** open: a rule admits it; blocked: none does; unknowable: it depends on what the design does not say. */
export type Verdict = "open" | "blocked" | "unknowable";

/** What decides at a hop: a route or a place, a listener, a target group, or the rules of a security group. */
export type Stage = "route" | "listener" | "target" | "egress" | "ingress";

/** The rule that would let a blocked packet through. */
export interface MissingRule {
  /** Logical id of the security group that lacks it. */
  group: string;
  direction: "ingress" | "egress";
  protocol: "tcp" | "udp";
  fromPort: number;
  toPort: number;
  /** The other side: logical ids of its groups; address ranges where it has none. Either may be empty. */
  peerGroups: readonly string[];
  peerCidrs: readonly string[];
}

/** One hop of a packet. */
export interface Hop {
  /** What it passes, in words: "AlbSecurityGroup → WebSecurityGroup". */
  at: string;
  /** Logical id of the resource that decides, where there is one. */
  resource?: string;
  /** "tcp/8080", "tcp/32768-65535". */
  port: string;
  stage: Stage;
  /** Traffic for people, or the health checks of a target group. */
  traffic: "data" | "health";
  verdict: Verdict;
  /** Full sentence. */
  why: string;
  /** For an open hop at a group: the logical ids of what holds the rules that admit it. */
  by?: readonly string[];
  /** The rules of security groups that admit it, or that would have to; by resource and JSON Pointer into it. */
  rules?: readonly { resource: string; pointer: string }[];
  /** For a blocked hop: the place whose rule is missing. */
  origin?: Origin;
  /** For a hop that a security group blocks. */
  missing?: MissingRule;
}

/** What a packet meets along one drawn edge, from the stack alone. */
export interface Flow {
  edge: string;
  /** blocked if any hop is, else unknowable if any hop is. */
  verdict: Verdict;
  hops: readonly Hop[];
}

/** How a network interface gets out of its VPC. `public-address`: by an internet gateway and an address of its own. */
export type Exit = "nat" | "public-address" | "gateway-without-address" | "none" | "unknown";

/** A place where a task definition runs, as the stack says. */
export interface TaskPlace {
  /** The service, or the rule or schedule that starts the task. */
  node: string;
  /** The RunTask edge, where one starts the task. */
  edge?: string;
  /** Node of the task definition. */
  taskDefinition: string;
  compute: "FARGATE" | "EC2";
  /** awsvpc: the task has an interface of its own; else it shares the instance's. */
  ownInterface: boolean;
  assignPublicIp: boolean;
  /** How the task's code gets out; the worst of its subnets. */
  exit: Exit;
}

/** What keeps a dependency out of reach. */
export type Obstacle = "no-route" | "no-public-address" | "egress" | "access-list" | "endpoint";

/** One thing a task must reach: registry, logs, secrets, environment files, and what its code calls. */
export interface Reach {
  /** Node and, where a RunTask edge starts the task, edge. */
  node: string;
  edge?: string;
  taskDefinition: string;
  dependency: Dependency;
  /** Who opens the connection. */
  by: "agent" | "code";
  /** In words: "the image of app (Docker Hub)". */
  what: string;
  /** Node that holds the subnet choice: the service, or the capacity whose instances fetch it. */
  from: string;
  tier: "public" | "private" | "isolated";
  verdict: Verdict;
  why: string;
  /** For a blocked one. */
  obstacle?: Obstacle;
  /** Logical id of the security group or the endpoint in the way. */
  resource?: string;
  /** Endpoints that would serve it and are not there; null where none could. */
  missing?: readonly EndpointService[] | null;
}

export interface Flows {
  /** One per traffic, mount and call edge, in edge id order. */
  flows: readonly Flow[];
  /** Every place where a task definition runs. */
  places: readonly TaskPlace[];
  /** Dependencies of each of them. */
  reaches: readonly Reach[];
  flow(edge: string): Flow | undefined;
}

/** The verdict of several hops on one way. */
export const together = (parts: readonly { verdict: Verdict }[]): Verdict =>
  parts.some(({ verdict }) => verdict === "blocked")
    ? "blocked"
    : parts.some(({ verdict }) => verdict === "unknowable")
      ? "unknowable"
      : "open";
