import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const on = (operatingSystemFamily: string) =>
  draw((draft) => {
    const web = fargateWeb(draft, {
      task: {
        cpu: 1024,
        memory: 2048,
        runtimePlatform: { operatingSystemFamily },
        containerDefinitions: { c1: { name: "app", portMappings: [{ containerPort: 8080 }] } },
      },
    });
    const efs = draft.add("efs", {}, { name: "Files", parent: web.vpc });
    draft.connect(web.container, "mount", efs);
  });

export const examples: Examples = {
  bad: [on("WINDOWS_SERVER_2022_CORE")],
  good: [on("LINUX")],
};
