import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const sidecar = (production: boolean) =>
  draw(
    (draft) => {
      const web = fargateWeb(draft, {
        vpc: { natGateways: "perZone" },
        task: {
          containerDefinitions: {
            c1: { name: "app", portMappings: [{ containerPort: 8080 }], readonlyRootFilesystem: true },
            c2: { name: "proxy", readonlyRootFilesystem: true, essential: false },
          },
        },
      });
      draft.connect(`${web.task}/c2`, "pull", draft.add("dockerHub", { repository: "library/nginx" }), { tag: "1.27" });
    },
    { production },
  );

export const examples: Examples = { bad: [sidecar(true)], good: [sidecar(false)] };
