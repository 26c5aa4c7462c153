import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const command = ["CMD-SHELL", "curl -f http://localhost:8080/"];
const starting = (startPeriod: number, healthCheckGracePeriodSeconds?: number) =>
  draw((draft) => {
    fargateWeb(draft, {
      service: { healthCheckGracePeriodSeconds },
      container: { healthCheck: { command, startPeriod } },
    });
  });

export const examples: Examples = {
  bad: [starting(120), starting(61, 0), starting(0, -1)],
  good: [starting(60), starting(120, 150), draw(fargateWeb)],
};
