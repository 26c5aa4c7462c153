import type { Origin } from "../stack/stack";

/** open: a rule admits it; blocked: none does; unknowable: it depends on what the design does not say. */
export type Verdict = "open" | "blocked" | "unknowable";

/** One hop of a packet. */
export interface Hop {
  /** What it passes, in words: "alb-sg → web-sg". */
  at: string;
  /** Logical id of the resource that decides, where there is one. */
  resource?: string;
  /** "tcp/8080", "tcp/32768-65535". */
  port: string;
  verdict: Verdict;
  /** Full sentence. */
  why: string;
  /** For a blocked hop: the place whose rule is missing. */
  origin?: Origin;
}

/** What a packet meets along one drawn edge, from the stack alone. */
export interface Flow {
  edge: string;
  verdict: Verdict;
  hops: readonly Hop[];
}

/** One thing a task must reach to start: registry, logs, secrets, environment files. */
export interface Reach {
  /** Node and, where a RunTask edge starts the task, edge. */
  node: string;
  edge?: string;
  taskDefinition: string;
  /** Key of lib/aws/endpoints.ts, or "internet". */
  dependency: string;
  /** In words: "the image of app (Docker Hub)". */
  what: string;
  tier: "public" | "private" | "isolated";
  verdict: Verdict;
  why: string;
}

export interface Flows {
  /** One per traffic, mount and call edge, in edge id order. */
  flows: readonly Flow[];
  /** Start-up dependencies of every place where a task definition runs. */
  reaches: readonly Reach[];
  flow(edge: string): Flow | undefined;
}
