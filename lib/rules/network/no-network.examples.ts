import { type Draft, draw } from "../../testing/draw";
import { ec2Web } from "../../testing/presets";
import type { Examples } from "../rule";

/** A worker on instances, without a load balancer. */
const worker = (draft: Draft, portMappings: { containerPort: number }[]) => {
  const web = ec2Web(draft, { task: { networkMode: "none" }, container: { portMappings } });
  for (const id of [web.internet, web.alb]) delete draft.document.nodes[id];
  for (const [id, edge] of Object.entries(draft.document.edges)) {
    if (edge.relation === "request" || edge.relation === "forward") delete draft.document.edges[id];
  }
};

export const examples: Examples = {
  bad: [
    draw((draft) => worker(draft, [{ containerPort: 8080 }])),
    draw((draft) => ec2Web(draft, { task: { networkMode: "none" }, container: { portMappings: [] } })),
    draw((draft) => ec2Web(draft, { task: { networkMode: "none" } })),
  ],
  good: [draw((draft) => worker(draft, [])), draw(ec2Web)],
};
