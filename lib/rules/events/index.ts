import type { Rule } from "../rule";
import { fifo } from "./fifo";
import { followsQueue } from "./follows-queue";
import { interception } from "./interception";
import { loop } from "./loop";
import { lostStarts } from "./lost-starts";
import { neverFires } from "./never-fires";
import { noPush } from "./no-push";
import { queueSettings } from "./queue-settings";
import { ruleToService } from "./rule-to-service";
import { runTaskIncomplete } from "./run-task-incomplete";
import { workerQueue } from "./worker-queue";

/** Events, schedules and queues (ECS-EVT). */
export const events: readonly Rule[] = [
  neverFires,
  runTaskIncomplete,
  ruleToService,
  lostStarts,
  interception,
  loop,
  noPush,
  fifo,
  queueSettings,
  workerQueue,
  followsQueue,
];
