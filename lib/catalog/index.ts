import type * as z from "zod";
import type { KindDef } from "./kind";
import { alb } from "./kinds/alb";
import { asgCapacityProvider } from "./kinds/asg-capacity-provider";
import { clb } from "./kinds/clb";
import { cluster } from "./kinds/cluster";
import { dockerHub } from "./kinds/docker-hub";
import { ecrRepository } from "./kinds/ecr-repository";
import { efs } from "./kinds/efs";
import { eventRule } from "./kinds/event-rule";
import { eventSchedule } from "./kinds/event-schedule";
import { generic } from "./kinds/generic";
import { internet } from "./kinds/internet";
import { nlb } from "./kinds/nlb";
import { note } from "./kinds/note";
import { s3Bucket } from "./kinds/s3-bucket";
import { secret } from "./kinds/secret";
import { service } from "./kinds/service";
import { snsTopic } from "./kinds/sns-topic";
import { sqsQueue } from "./kinds/sqs-queue";
import { ssmParameter } from "./kinds/ssm-parameter";
import { taskDefinition } from "./kinds/task-definition";
import { vpc } from "./kinds/vpc";

/** Every kind a person can place. The document schema, the palette and all tables over kinds are built from it. */
export const catalog = {
  internet,
  alb,
  nlb,
  clb,
  cluster,
  service,
  taskDefinition,
  asgCapacityProvider,
  ecrRepository,
  dockerHub,
  efs,
  s3Bucket,
  eventRule,
  eventSchedule,
  sqsQueue,
  snsTopic,
  secret,
  ssmParameter,
  vpc,
  generic,
  note,
} satisfies Record<string, KindDef>;

export type NodeKind = keyof typeof catalog;
export const nodeKinds = Object.keys(catalog) as readonly NodeKind[];

/** Properties of a kind with defaults filled in. */
export type PropsOf<K extends NodeKind> = z.output<(typeof catalog)[K]["props"]>;
/** Properties of a kind as a document stores them: only what a person set. */
export type InputOf<K extends NodeKind> = z.input<(typeof catalog)[K]["props"]>;

export const isNodeKind = (value: string): value is NodeKind => Object.hasOwn(catalog, value);

/**
 * The descriptor of a kind with the kind's own types erased, for code that treats all kinds alike.
 * (Methods are compared bivariantly, so no cast is needed.)
 */
export const kindOf = (kind: NodeKind): KindDef => catalog[kind];
