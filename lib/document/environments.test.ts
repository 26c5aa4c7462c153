import { expect, it } from "vitest";
import { inRolloutOrder } from "./environments";

it("orders environments from where people try things out to where customers are", () => {
  expect(inRolloutOrder(["prod", "dev", "stage", "qa"])).toEqual(["dev", "qa", "stage", "prod"]);
  expect(inRolloutOrder(["Production", "eu", "preprod", "Development", "asia"])).toEqual([
    "Development",
    "asia",
    "eu",
    "preprod",
    "Production",
  ]);
});
