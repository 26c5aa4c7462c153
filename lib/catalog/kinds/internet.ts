import * as z from "zod";
import { defineKind } from "../kind";

/** Clients outside AWS. Lowers to no resource; it is the source that load balancer groups admit. */
export const internet = defineKind({
  label: "Internet",
  short: "Internet",
  about: "Clients outside AWS: browsers, phones, other companies.",
  group: "Traffic",
  icon: "internet",
  docs: "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html",
  keywords: ["users", "clients", "public", "browser", "www"],
  props: z.strictObject({
    cidrs: z.array(z.string()).default(["0.0.0.0/0"]).meta({
      label: "Addresses",
      help: "Where clients come from. 0.0.0.0/0 means anywhere.",
      placeholder: "0.0.0.0/0",
    }),
  }),
  initial: () => ({}),
  within: [],
  box: false,
  size: { w: 180, h: 64 },
  summary: (props) => [props.cidrs.includes("0.0.0.0/0") ? "Anywhere" : props.cidrs.slice(0, 2).join(", ")],
  deployable: false,
});
