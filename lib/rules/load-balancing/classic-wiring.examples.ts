import { classicWeb } from "../../testing/classic";
import { draw } from "../../testing/draw";
import { ec2Web } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    // A second Classic Load Balancer.
    draw((draft) => {
      const web = classicWeb(draft);
      const second = draft.add("clb", {}, { name: "Other front door", parent: web.vpc });
      draft.connect(web.internet, "request", second);
      draft.connect(second, "forward", web.service);
    }),
    // Beside a target group.
    draw((draft) => {
      const web = classicWeb(draft);
      const nlb = draft.add("nlb", {}, { name: "Fast door", parent: web.vpc });
      draft.connect(web.internet, "request", nlb);
      draft.connect(nlb, "forward", web.service);
    }),
    // A host port that ECS chooses.
    draw((draft) => {
      classicWeb(draft, { container: { portMappings: [{ containerPort: 8080 }] } });
    }),
    // A container health check that nobody heeds.
    draw((draft) => {
      classicWeb(draft, { container: { healthCheck: { command: ["CMD-SHELL", "curl -f http://localhost:8080/"] } } });
    }),
  ],
  good: [
    draw(classicWeb),
    draw((draft) => {
      const web = ec2Web(draft);
      const nlb = draft.add("nlb", {}, { name: "Fast door", parent: web.vpc });
      draft.connect(web.internet, "request", nlb);
      draft.connect(nlb, "forward", web.service);
    }),
  ],
};
