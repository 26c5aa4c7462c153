import { draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => {
      ec2Web(draft, { service: { launchType: "EC2" } });
    }),
    draw((draft) => {
      fargateWeb(draft, { service: { capacityProviderStrategy: [{ capacityProvider: "FARGATE" }] } });
    }),
    draw((draft) => {
      const { task, cluster } = fargateWeb(draft);
      const queue = draft.add("sqsQueue", {}, { name: "Failed starts" });
      const schedule = draft.add("eventSchedule", {}, { name: "Nightly" });
      draft.connect(schedule, "runTask", task, {
        cluster,
        deadLetterQueue: queue,
        launchType: "FARGATE",
        capacityProviderStrategy: [{ capacityProvider: "FARGATE" }],
      });
    }),
  ],
  good: [
    draw(fargateWeb),
    draw(ec2Web),
    draw((draft) => {
      fargateWeb(draft, {
        service: { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: "FARGATE" }] },
      });
    }),
  ],
};
