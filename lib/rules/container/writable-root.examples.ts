import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => {
      fargateWeb(draft, { container: { readonlyRootFilesystem: undefined } });
    }),
    draw((draft) => {
      ec2Web(draft, { container: { readonlyRootFilesystem: false } });
    }),
  ],
  good: [
    draw(fargateWeb),
    draw((draft) => {
      fargateWeb(draft, { service: { enableExecuteCommand: true }, container: { readonlyRootFilesystem: false } });
    }),
    draw((draft) => {
      fargateWeb(draft, {
        task: { cpu: 1024, memory: 2048, runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } },
        container: { readonlyRootFilesystem: undefined },
      });
    }),
  ],
};
