import { draw } from "../../testing/draw";
import { ec2Web } from "../../testing/presets";
import type { Examples } from "../rule";

const web = (change: Parameters<typeof ec2Web>[1]) => draw((draft) => ec2Web(draft, change));
const fixed = { portMappings: [{ containerPort: 8080, hostPort: 80 }] };
const host = { task: { networkMode: "host" as const }, container: { user: "1000" } };

export const examples: Examples = {
  bad: [
    // Two tasks and two more in a deployment, on three instances.
    web({ container: fixed, capacity: { minSize: 2, maxSize: 3 } }),
    web({ ...host, capacity: { minSize: 2, maxSize: 3 } }),
  ],
  good: [
    web({ container: fixed, capacity: { minSize: 2, maxSize: 4 } }),
    web({
      container: fixed,
      service: { maximumPercent: 150, minimumHealthyPercent: 50 },
      capacity: { minSize: 2, maxSize: 3 },
    }),
    web({ capacity: { minSize: 2, maxSize: 3 } }),
    web({ task: { networkMode: "awsvpc" }, capacity: { minSize: 2, maxSize: 3 } }),
  ],
};
