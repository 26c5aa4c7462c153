import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

type Containers = NonNullable<InputOf<"taskDefinition">["containerDefinitions"]>;
const IMAGE = "public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.0";

const app: Containers[string] = {
  name: "app",
  portMappings: [{ containerPort: 8080 }],
  readonlyRootFilesystem: true,
  logConfiguration: { logDriver: "awsfirelens", options: { Name: "cloudwatch" } },
};
const router = (change: Partial<Containers[string]> = {}): Containers[string] => ({
  name: "log-router",
  image: IMAGE,
  readonlyRootFilesystem: true,
  firelensConfiguration: { type: "fluentbit" },
  ...change,
});
const task = (containers: Containers) =>
  draw((draft) => void fargateWeb(draft, { task: { containerDefinitions: containers } }));

export const examples: Examples = {
  bad: [
    task({ c1: app }),
    task({ c1: app, c2: router(), c3: router({ name: "second-router" }) }),
    task({ c1: app, c2: router({ firelensConfiguration: { type: "logstash" } }) }),
    task({ c1: app, c2: router({ logConfiguration: { logDriver: "awsfirelens" } }) }),
    task({
      c1: app,
      c2: router({ firelensConfiguration: { type: "fluentbit", options: { "config-file-type": "s3" } } }),
    }),
    task({ c1: app, c2: router({ essential: false }) }),
  ],
  good: [task({ c1: app, c2: router() })],
};
