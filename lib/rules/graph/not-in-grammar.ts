import { nodeKinds } from "../../catalog";
import { defineRule } from "../rule";

export const notInGrammar = defineRule({
  id: "ECS-GR-001",
  severity: "error",
  title: "Connection not in the grammar",
  why: "A connection states what AWS is to do. Where AWS has nothing that joins two things, the arrow would promise what no template can keep.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/Welcome.html",
  needs: nodeKinds,
  // The engine reports every refused edge once, in the words of connection.ts, which dragging shows too.
  check() {},
});
