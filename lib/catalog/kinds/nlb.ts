import * as z from "zod";
import { listeners } from "../fields/listeners";
import { securityGroups, tier } from "../fields/network";
import { defineKind } from "../kind";

export const nlb = defineKind({
  label: "Network Load Balancer",
  short: "NLB",
  about: "Passes TCP, TLS and UDP on to tasks with very high throughput, static addresses or PrivateLink.",
  group: "Traffic",
  icon: "nlb",
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/introduction.html",
  keywords: ["load balancer", "tcp", "udp", "tls", "elb", "elbv2", "static ip"],
  props: z.strictObject({
    scheme: z.enum(["internet-facing", "internal"]).default("internet-facing").meta({ label: "Scheme" }),
    tier: tier("public"),
    listeners: listeners(["TCP", "TLS", "UDP", "TCP_UDP"], { port: 80, protocol: "TCP" }),
    withSecurityGroup: z.boolean().default(true).meta({
      label: "Has a security group",
      help: "A Network Load Balancer created without a group can never get one.",
      advanced: true,
    }),
    crossZone: z.boolean().default(true).meta({ label: "Cross-zone load balancing", advanced: true }),
    deletionProtection: z.boolean().default(false).meta({ label: "Deletion protection", advanced: true }),
    statedNeed: z.string().optional().meta({
      label: "Why a Network Load Balancer",
      help: "For example static addresses, PrivateLink, very high throughput.",
      advanced: true,
    }),
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
