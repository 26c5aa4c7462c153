import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

type Containers = NonNullable<InputOf<"taskDefinition">["containerDefinitions"]>;
type Mapping = NonNullable<Containers[string]["portMappings"]>[number];

const container = (name: string, portMappings: Mapping[], more: Partial<Containers[string]> = {}) => ({
  name,
  image: "public.ecr.aws/nginx/nginx:1.27",
  readonlyRootFilesystem: true,
  portMappings,
  ...more,
});
const fargate = (...mappings: Mapping[][]) =>
  draw((draft) =>
    fargateWeb(draft, {
      task: {
        containerDefinitions: Object.fromEntries(
          mappings.map((list, index) => [`c${index + 1}`, container(`app-${index + 1}`, list)]),
        ),
      },
    }),
  );
const instances = (...mappings: Mapping[][]) =>
  draw((draft) =>
    ec2Web(draft, {
      task: {
        containerDefinitions: Object.fromEntries(
          mappings.map((list, index) => [`c${index + 1}`, container(`app-${index + 1}`, list, { memory: 256 })]),
        ),
      },
    }),
  );

export const examples: Examples = {
  bad: [
    fargate([{ containerPort: 8080 }], [{ containerPort: 0 }]),
    fargate([{ containerPort: 8080 }], [{ containerPort: 70_000 }]),
    fargate([{ containerPort: 8080 }], [{}]),
    fargate([{ containerPort: 8080 }], [{ containerPortRange: "9010-9000" }]),
    fargate([{ containerPort: 8080 }], [{ containerPortRange: "many" }]),
    instances([{ containerPort: 8080 }], [{ containerPort: 9000, hostPort: -1 }]),
    fargate([{ containerPort: 8080 }], [{ containerPort: 8080 }]),
    fargate([{ containerPort: 8080 }, { containerPort: 8080, protocol: "udp" }]),
    fargate([{ containerPort: 8080 }, { containerPort: 8080 }]),
    fargate([{ containerPort: 8080 }], [{ containerPortRange: "8000-8100" }]),
    fargate([{ containerPort: 8080 }, { containerPort: 9000, containerPortRange: "9000-9010" }]),
    instances([{ containerPort: 8080, hostPort: 80 }], [{ containerPort: 8081, hostPort: 80 }]),
  ],
  good: [
    fargate([{ containerPort: 8080 }], [{ containerPort: 8081 }]),
    fargate([{ containerPort: 8080 }], [{ containerPort: 8080, protocol: "udp" }]),
    fargate([{ containerPort: 8080 }], [{ containerPortRange: "9000-9010" }]),
    // Each container has its own stack in bridge mode.
    instances([{ containerPort: 8080 }], [{ containerPort: 8080 }]),
  ],
};
