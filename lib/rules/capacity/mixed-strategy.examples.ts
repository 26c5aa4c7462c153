import type { InputOf } from "../../catalog";
import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const onInstances = (service: InputOf<"service">) =>
  draw((draft) => {
    ec2Web(draft, { service });
  });

export const examples: Examples = {
  bad: [
    draw((draft) => {
      ec2Web(draft, {
        service: { capacityProviderStrategy: [{ capacityProvider: "FARGATE" }] },
        task: { networkMode: "awsvpc", cpu: 256, memory: 512, requiresCompatibilities: ["FARGATE", "EC2"] },
      });
    }),
  ],
  good: [
    onInstances({}),
    draw((draft) => {
      fargateWeb(draft, {
        service: {
          launchType: undefined,
          capacityProviderStrategy: [
            { capacityProvider: "FARGATE", base: 1 },
            { capacityProvider: "FARGATE_SPOT", weight: 3 },
          ],
        },
      });
    }),
  ],
};
