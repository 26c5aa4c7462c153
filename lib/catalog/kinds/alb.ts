import * as z from "zod";
import { albListeners } from "../fields/listeners";
import { securityGroups, tier } from "../fields/network";
import { defineKind } from "../kind";

export const alb = defineKind({
  label: "Application Load Balancer",
  short: "ALB",
  about: "Spreads HTTP and HTTPS requests over the tasks of services, by path and host.",
  group: "Traffic",
  icon: "alb",
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html",
  keywords: ["load balancer", "http", "https", "elb", "elbv2", "web"],
  props: z.strictObject({
    scheme: z
      .enum(["internet-facing", "internal"])
      .default("internet-facing")
      .meta({ label: "Scheme", help: "Internal load balancers have only private addresses." }),
    tier: tier("public"),
    listeners: albListeners,
    ipAddressType: z.enum(["ipv4", "dualstack"]).default("ipv4").meta({ label: "Address type", advanced: true }),
    idleTimeout: z.int().optional().meta({ label: "Idle timeout", unit: "s", placeholder: "60", advanced: true }),
    deletionProtection: z.boolean().default(false).meta({ label: "Deletion protection", advanced: true }),
    dropInvalidHeaderFields: z.boolean().default(true).meta({ label: "Drop invalid headers", advanced: true }),
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
