import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const app = { name: "app", portMappings: [{ containerPort: 8080 }], readonlyRootFilesystem: true };
const other = {
  image: "public.ecr.aws/docker/library/httpd:2.4",
  portMappings: [{ containerPort: 9090 }],
  readonlyRootFilesystem: true,
};

export const examples: Examples = {
  bad: [
    draw((draft) => {
      fargateWeb(draft, { task: { containerDefinitions: { c1: app, c2: { name: "billing", ...other } } } });
    }),
  ],
  good: [
    draw(fargateWeb),
    draw((draft) => {
      fargateWeb(draft, { task: { containerDefinitions: { c1: app, c2: { name: "envoy", ...other } } } });
    }),
    draw((draft) => {
      const { task } = fargateWeb(draft, {
        task: { containerDefinitions: { c1: app, c2: { name: "billing", ...other } } },
      });
      draft.connect(`${task}/c1`, "dependsOn", `${task}/c2`);
    }),
  ],
};
