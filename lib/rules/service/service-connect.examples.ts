import { type Draft, draw } from "../../testing/draw";
import { ec2Web, fargateWeb, type Web, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

/** The usual web service calls a second service that runs the same definition. */
const calling = (
  preset: (draft: Draft, change: WebChanges) => Web = fargateWeb,
  change: WebChanges = {},
  call: { container?: string; containerPort?: number } = {},
) =>
  draw((draft) => {
    const web = preset(draft, change);
    const launchType = preset === fargateWeb ? "FARGATE" : undefined;
    const api = draft.add("service", { launchType, desiredCount: 2 }, { name: "Api", parent: web.cluster });
    draft.connect(api, "run", web.task);
    if ("capacity" in web && typeof web.capacity === "string") draft.connect(api, "useCapacity", web.capacity);
    draft.connect(web.service, "call", api, call);
  });

/** One service calls others in two clusters. */
function twoClusters(draft: Draft) {
  const web = fargateWeb(draft);
  const other = draft.add("cluster", {}, { name: "Other", parent: web.vpc });
  for (const [name, parent] of [
    ["Api", web.cluster],
    ["Search", other],
  ] as const) {
    const callee = draft.add("service", { launchType: "FARGATE", desiredCount: 2 }, { name, parent });
    draft.connect(callee, "run", web.task);
    draft.connect(web.service, "call", callee);
  }
}

const withMemory = { memory: 576 };

export const examples: Examples = {
  bad: [
    calling(fargateWeb, { container: { portMappings: [{ containerPort: 8080, name: "Web Port" }] } }),
    draw((draft) => void fargateWeb(draft, { container: { portMappings: [{ containerPort: 8080, name: "-web" }] } })),
    calling(ec2Web),
    calling(fargateWeb, { service: { deploymentController: "CODE_DEPLOY" } }),
    calling(fargateWeb, {}, { containerPort: 9000 }),
    calling(fargateWeb, {}, { container: "c9" }),
    draw((draft) => {
      fargateWeb(draft, { container: { portMappings: [{ containerPort: 8080, appProtocol: "http" }] } });
    }),
    draw(twoClusters),
  ],
  good: [
    calling(),
    calling(ec2Web, { task: withMemory }),
    calling(fargateWeb, { container: { portMappings: [{ containerPort: 8080, appProtocol: "http" }] } }),
    draw((draft) => {
      fargateWeb(draft, {
        container: { portMappings: [{ containerPort: 8080, name: "web", appProtocol: "http" }] },
      });
    }),
  ],
};
