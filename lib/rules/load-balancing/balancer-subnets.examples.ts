import type { Draft } from "../../testing/draw";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

/** An internal ALB that other services in the VPC call. */
const internal = (isolatedSubnets: boolean) => (draft: Draft) => {
  const web = fargateWeb(draft, { vpc: { isolatedSubnets }, alb: { scheme: "internal", tier: "isolated" } });
  for (const [id, edge] of Object.entries(draft.document.edges)) {
    if (edge.from === web.internet) delete draft.document.edges[id];
  }
  delete draft.document.nodes[web.internet];
};

export const examples: Examples = {
  bad: [draw(internal(false))],
  good: [draw(internal(true)), draw(fargateWeb)],
  // The zones of an existing VPC's subnets are known on deployment only.
  unknowable: [draw((draft) => void fargateWeb(draft, { vpc: { source: "existing" } }))],
};
