import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => {
      const { container, vpc } = fargateWeb(draft, { service: { platformVersion: "1.3.0" } });
      const files = draft.add("efs", {}, { name: "Files", parent: vpc });
      draft.connect(container, "mount", files);
    }),
    draw((draft) => {
      fargateWeb(draft, { service: { platformVersion: "1.3.0" }, task: { ephemeralStorage: 40 } });
    }),
    draw((draft) => {
      fargateWeb(draft, { service: { platformVersion: "1.3.0" }, task: { cpu: 8192, memory: 16384 } });
    }),
    // Not a version that AWS lists.
    draw((draft) => {
      fargateWeb(draft, { service: { platformVersion: "newest" } });
    }),
    draw((draft) => {
      fargateWeb(draft, { service: { platformVersion: "" } });
    }),
    draw((draft) => {
      fargateWeb(draft, { service: { platformVersion: "1.9.0" } });
    }),
    // Advice only.
    draw((draft) => {
      fargateWeb(draft, { service: { platformVersion: "1.4.0" } });
    }),
    draw((draft) => {
      ec2Web(draft, { service: { platformVersion: "1.4.0" } });
    }),
  ],
  good: [
    draw(fargateWeb),
    draw((draft) => {
      fargateWeb(draft, { service: { platformVersion: "LATEST" }, task: { ephemeralStorage: 40 } });
    }),
  ],
};
