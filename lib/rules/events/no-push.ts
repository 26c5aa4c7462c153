import { defineRule } from "../rule";

export const noPush = defineRule({
  id: "ECS-EVT-008",
  severity: "error",
  title: "Queue or topic cannot push to a task",
  why: "Tasks poll queues; nothing pushes to them. Topics and buckets notify queues, functions, endpoints and EventBridge.",
  docs: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
  needs: ["sqsQueue", "snsTopic", "s3Bucket"],
  // The pairs are rows of the catalog's refusals; the engine reports each such edge once, under this id.
  check() {},
});
