import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const sidecar = { image: "public.ecr.aws/docker/library/busybox:1.37", essential: false, readonlyRootFilesystem: true };
const app = { portMappings: [{ containerPort: 8080 }], readonlyRootFilesystem: true };

const containers = (first: string, second: string) =>
  draw((draft) => {
    fargateWeb(draft, {
      task: { containerDefinitions: { c1: { name: first, ...app }, c2: { name: second, ...sidecar } } },
    });
  });
const settings = (props: Record<string, unknown>) =>
  draw((draft) => {
    fargateWeb(draft, { task: { containerDefinitions: { c1: { name: "app", ...app, ...props } } } });
  });
const named = (name: string) =>
  draw((draft) => {
    const { cluster } = fargateWeb(draft);
    const node = draft.document.nodes[cluster];
    if (node) node.name = name;
  });

export const examples: Examples = {
  bad: [
    draw((draft) => void draft.add("generic", { type: "DynamoDB table" })),
    draw((draft) => void draft.add("generic", { type: "" })),
    containers("app", "app"),
    containers("app", "log router"),
    containers("app", ""),
    containers("app", "x".repeat(256)),
    draw((draft) => {
      fargateWeb(draft, { task: { family: "web/blue" } });
    }),
    draw((draft) => {
      fargateWeb(draft, { task: { volumes: [{ name: "my work" }] } });
    }),
    settings({ dockerLabels: { Ref: "main" } }),
    settings({ logConfiguration: { logDriver: "awslogs", options: { "Fn::Join": "x" } } }),
    named("Main <script>alert(1)</script>"),
    named("Main 🚀"),
    named("“Main”"),
    named("x".repeat(101)),
    named("…"),
  ],
  good: [
    draw((draft) => void draft.add("generic", { type: "Custom::DnsRecord_v2" })),
    draw((draft) => void draft.add("generic", { type: "AWS::DynamoDB::Table" })),
    containers("app", "log-router_2"),
    settings({ dockerLabels: { Ref: "main", team: "web" } }),
    settings({ dockerLabels: { ref: "main" } }),
    draw((draft) => {
      fargateWeb(draft, { task: { family: "web-blue" } });
    }),
    named("Küche & Bar (eu-west-1), no. 2: O'Neill's"),
  ],
};
