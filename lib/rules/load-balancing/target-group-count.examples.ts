import type { Draft } from "../../testing/draw";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

/** The usual web service with this many paths on its load balancer, each a target group of its own. */
const withGroups = (groups: number) => (draft: Draft) => {
  const web = fargateWeb(draft);
  for (let group = 2; group <= groups; group += 1) {
    draft.connect(web.alb, "forward", web.service, { pathPatterns: [`/part-${group}/*`] });
  }
};

export const examples: Examples = {
  bad: [draw(withGroups(6))],
  good: [draw(withGroups(5))],
};
