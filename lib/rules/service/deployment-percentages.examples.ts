import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const deploying = (service: InputOf<"service">) =>
  draw((draft) => {
    fargateWeb(draft, { service });
  });

/** An agent on every instance, behind nothing. */
const daemon = (maximumPercent?: number) =>
  draw((draft) => {
    const web = ec2Web(draft, {
      service: { schedulingStrategy: "DAEMON", desiredCount: undefined, maximumPercent },
      alb: { listeners: [{ port: 443, protocol: "HTTPS", certificate: { from: "parameter" } }] },
    });
    delete draft.document.edges[web.forward];
    for (const [id, edge] of Object.entries(draft.document.edges)) {
      if (edge.from === web.internet) delete draft.document.edges[id];
    }
    delete draft.document.nodes[web.internet];
    delete draft.document.nodes[web.alb];
  });

export const examples: Examples = {
  bad: [
    deploying({ desiredCount: 4, minimumHealthyPercent: 100, maximumPercent: 100 }),
    // 10% of two tasks is less than one more, and 75% of two tasks is both of them.
    deploying({ desiredCount: 2, minimumHealthyPercent: 75, maximumPercent: 110 }),
    deploying({ desiredCount: 4, minimumHealthyPercent: 50, maximumPercent: 90 }),
    deploying({ desiredCount: 4, minimumHealthyPercent: 150, maximumPercent: 125 }),
    deploying({ desiredCount: 2, minimumHealthyPercent: 50, maximumPercent: 100 }),
    daemon(200),
  ],
  good: [
    draw(fargateWeb),
    deploying({ desiredCount: 4, minimumHealthyPercent: 50, maximumPercent: 100 }),
    deploying({ desiredCount: 4, minimumHealthyPercent: 100, maximumPercent: 125 }),
    daemon(100),
    daemon(),
  ],
};
