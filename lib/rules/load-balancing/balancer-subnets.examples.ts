import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const having = (ipAddressType: "ipv4" | "dualstack", source: "new" | "existing") =>
  draw((draft) => void fargateWeb(draft, { alb: { ipAddressType }, vpc: { source } }));

export const examples: Examples = {
  bad: [having("dualstack", "new")],
  good: [having("ipv4", "new")],
  unknowable: [having("dualstack", "existing")],
};
