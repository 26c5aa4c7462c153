import type { Document } from "../../document/document";
import { draw } from "../../testing/draw";
import { fargateWeb, type WebChanges } from "../../testing/presets";
import type { Examples } from "../rule";

type Condition = "START" | "COMPLETE" | "SUCCESS" | "HEALTHY";

function waiting(condition: Condition, helper: WebChanges["container"], app: WebChanges["container"] = {}): Document {
  return draw((draft) => {
    const { task } = fargateWeb(draft, {
      task: {
        containerDefinitions: {
          c1: { name: "app", portMappings: [{ containerPort: 8080 }], readonlyRootFilesystem: true, ...app },
          c2: {
            name: "helper",
            image: "public.ecr.aws/docker/library/busybox:1.37",
            readonlyRootFilesystem: true,
            ...helper,
          },
        },
      },
    });
    draft.connect(`${task}/c1`, "dependsOn", `${task}/c2`, { condition });
  });
}
const check = { healthCheck: { command: ["CMD-SHELL", "exit 0"] } };

export const examples: Examples = {
  bad: [
    waiting("COMPLETE", {}),
    waiting("SUCCESS", {}),
    waiting("SUCCESS", { portMappings: [{ containerPort: 8081 }] }, { essential: false }),
    waiting("HEALTHY", { essential: false }),
    waiting("HEALTHY", { portMappings: [{ containerPort: 9000 }] }),
  ],
  good: [
    waiting("START", {}),
    waiting("COMPLETE", { essential: false }),
    waiting("SUCCESS", { essential: false }),
    waiting("HEALTHY", check),
  ],
};
