import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const breaking = (enable: boolean, rollback: boolean, production: boolean) =>
  draw(
    (draft) => {
      fargateWeb(draft, { vpc: { natGateways: "perZone" }, service: { circuitBreaker: { enable, rollback } } });
    },
    { production },
  );

export const examples: Examples = {
  bad: [breaking(false, false, true), breaking(true, false, true), breaking(false, false, false)],
  good: [breaking(true, true, true), draw(fargateWeb)],
};
