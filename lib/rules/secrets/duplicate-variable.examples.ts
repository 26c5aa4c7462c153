import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const injecting = (name: string, environment: { name: string; value: string }[]) =>
  draw((draft) => {
    const web = fargateWeb(draft, { container: { environment } });
    draft.connect(web.container, "inject", draft.add("secret", {}, { name: "Key" }), { name });
  });

export const examples: Examples = {
  bad: [
    injecting("STAGE", [{ name: "STAGE", value: "one" }]),
    injecting("KEY", [{ name: "", value: "one" }]),
    injecting("", []),
    injecting("KEY", [
      { name: "STAGE", value: "one" },
      { name: "STAGE", value: "two" },
    ]),
  ],
  good: [injecting("KEY", [{ name: "STAGE", value: "one" }])],
};
