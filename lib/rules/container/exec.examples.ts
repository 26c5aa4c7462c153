import { draw } from "../../testing/draw";
import { fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

const execWith = (change: WebChanges) =>
  draw((draft) => {
    fargateWeb(draft, { service: { enableExecuteCommand: true }, ...change });
  });
const writable = { readonlyRootFilesystem: false };

export const examples: Examples = {
  bad: [
    execWith({ container: writable, task: { taskRole: { mode: "own" } } }),
    execWith({}),
    execWith({ container: writable, task: { taskRole: { mode: "none" } } }),
    draw((draft) => {
      const { repository } = fargateWeb(draft, {
        service: { enableExecuteCommand: true },
        task: { cpu: 1024, memory: 2048, runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } },
        container: { readonlyRootFilesystem: undefined, image: "mcr.microsoft.com/windows/nanoserver:ltsc2022" },
      });
      delete draft.document.edges.e4;
      delete draft.document.nodes[repository];
    }),
  ],
  good: [
    draw(fargateWeb),
    execWith({ container: writable }),
    execWith({
      container: writable,
      task: {
        taskRole: { mode: "own", managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"] },
      },
    }),
    execWith({ container: { readonlyRootFilesystem: undefined } }),
  ],
};
