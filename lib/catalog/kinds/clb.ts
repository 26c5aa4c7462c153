import * as z from "zod";
import { listeners } from "../fields/listeners";
import { securityGroups, tier } from "../fields/network";
import { defineKind } from "../kind";

export const clb = defineKind({
  label: "Classic Load Balancer",
  short: "CLB",
  about: "The legacy type: registers whole EC2 instances on one fixed port. Not for Fargate.",
  group: "Traffic",
  icon: "clb",
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/introduction.html",
  keywords: ["load balancer", "elb", "classic", "legacy"],
  props: z.strictObject({
    scheme: z.enum(["internet-facing", "internal"]).default("internet-facing").meta({ label: "Scheme" }),
    tier: tier("public"),
    listeners: listeners(["HTTP", "HTTPS", "TCP", "SSL"], { port: 80, protocol: "HTTP" }),
    crossZone: z.boolean().default(true).meta({ label: "Cross-zone load balancing", advanced: true }),
    connectionDraining: z.boolean().default(true).meta({ label: "Connection draining", advanced: true }),
    securityGroups,
  }),
  initial: () => ({}),
  within: ["vpc"],
  box: false,
  size: { w: 220, h: 80 },
  summary: (props) => [
    props.scheme === "internal" ? "Internal" : "Internet-facing",
    props.listeners.map((listener) => `${listener.protocol} ${listener.port}`).join(", "),
  ],
  deployable: true,
});
