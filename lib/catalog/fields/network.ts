import * as z from "zod";
import { ID_PATTERN } from "../../core/ids";

/** A reference to another node, which copy and delete keep valid. `kinds` says what it may name. */
export const nodeRef = (...kinds: readonly string[]) =>
  z.string().regex(ID_PATTERN, "is not a node id such as n4").meta({ label: "Node", reference: kinds });

/** Subnet tier: public routes to an internet gateway, private through NAT if there is one, isolated nowhere. */
export const tiers = ["public", "private", "isolated"] as const;
export type Tier = (typeof tiers)[number];

export const tier = (initial: Tier) =>
  z.enum(tiers).default(initial).meta({
    label: "Subnets",
    help: "Public subnets route to the internet gateway, private ones through NAT, isolated ones nowhere.",
  });

const groupRule = z.strictObject({
  ipProtocol: z.enum(["tcp", "udp", "icmp", "-1"]).default("tcp").meta({ label: "Protocol", help: "-1 means all." }),
  fromPort: z.int().optional().meta({ label: "From port" }),
  toPort: z.int().optional().meta({ label: "To port" }),
  peer: z
    .union([
      z.strictObject({ cidr: z.string().meta({ label: "CIDR", placeholder: "10.0.0.0/16" }) }),
      z.strictObject({ node: nodeRef("alb", "nlb", "clb", "service", "efs", "asgCapacityProvider") }),
    ])
    .meta({ label: "Peer", help: "An address range, or the security group of another node." }),
  description: z.string().optional().meta({ label: "Description" }),
});
export type GroupRule = z.output<typeof groupRule>;

/** Derived from the edges by default; taken over by hand with `own`, then the rules judge what results. */
export const securityGroups = z
  .discriminatedUnion("mode", [
    z.strictObject({ mode: z.literal("derived") }),
    z.strictObject({
      mode: z.literal("own"),
      ingress: z.array(groupRule).default([]).meta({ label: "Ingress" }),
      egress: z.array(groupRule).default([]).meta({ label: "Egress", help: "Empty means all traffic may leave." }),
    }),
  ])
  .default({ mode: "derived" })
  .meta({
    label: "Security group",
    help: "Derived: exactly what the drawn connections need. Own: your rules, checked against the drawing.",
    advanced: true,
  });
export type SecurityGroups = z.output<typeof securityGroups>;
