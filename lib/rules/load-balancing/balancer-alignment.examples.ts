import type { Draft } from "../../testing/draw";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

/** The load balancer moved into a VPC of its own. */
const apart =
  (source: "new" | "existing", vpc = source) =>
  (draft: Draft) => {
    const web = fargateWeb(draft, { vpc: { source: vpc } });
    const other = draft.add("vpc", { source }, { name: "Edge network" });
    const alb = draft.document.nodes[web.alb];
    if (alb) alb.parent = other;
  };

export const examples: Examples = {
  bad: [draw(apart("new"))],
  good: [draw(fargateWeb)],
  // Two existing VPCs may turn out to be one.
  unknowable: [draw(apart("existing"))],
};
