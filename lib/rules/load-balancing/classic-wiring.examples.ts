import type { InputOf } from "../../catalog";
import { classicWeb } from "../../testing/classic";
import { draw } from "../../testing/draw";
import { ec2Web } from "../../testing/presets";
import type { Examples } from "../rule";

const apiTask = {
  networkMode: "bridge" as const,
  requiresCompatibilities: ["EC2" as const],
  containerDefinitions: {
    c1: {
      name: "api",
      image: "public.ecr.aws/nginx/nginx:1.27",
      portMappings: [{ containerPort: 80, hostPort: 9090 }],
      memory: 256,
      readonlyRootFilesystem: true,
    },
  },
};

const shared = (clb: InputOf<"clb">) =>
  draw((draft) => {
    const web = classicWeb(draft, { clb });
    const api = draft.add("service", { desiredCount: 2 }, { name: "Api", parent: web.cluster });
    const task = draft.add("taskDefinition", apiTask, { name: "Api task", parent: web.cluster });
    draft.connect(api, "run", task);
    draft.connect(web.clb, "forward", api);
  });

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
    // Two services, one door.
    shared({}),
    shared({ listeners: [{ port: 5000, protocol: "TCP" }] }),
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
