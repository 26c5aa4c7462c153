import * as z from "zod";
import { defineKind } from "../kind";

/** Interface endpoints offered; which dependency each serves is in lib/aws/endpoints.ts. */
export const interfaceEndpoints = [
  "ecr.api",
  "ecr.dkr",
  "logs",
  "secretsmanager",
  "ssm",
  "ssmmessages",
  "kms",
  "ecs",
  "ecs-agent",
  "ecs-telemetry",
  "sqs",
  "sns",
  "events",
] as const;

/** A new VPC is 10.0.0.0/16 with two zones, public and private subnets and one NAT gateway until changed. */
export const vpc = defineKind({
  label: "VPC",
  short: "VPC",
  about: "The network: zones, public, private and isolated subnets, NAT and endpoints. Or one that exists already.",
  group: "Network",
  icon: "vpc",
  docs: "https://docs.aws.amazon.com/vpc/latest/userguide/what-is-amazon-vpc.html",
  keywords: ["network", "subnet", "nat", "endpoint", "zone"],
  props: z.strictObject({
    source: z.enum(["new", "existing"]).default("new").meta({
      label: "VPC",
      help: "Existing: the template asks for its id and subnets as parameters.",
    }),
    availabilityZones: z
      .union([z.literal(2), z.literal(3)])
      .default(2)
      .meta({ label: "Availability Zones" }),
    natGateways: z.enum(["none", "one", "perZone"]).default("one").meta({
      label: "NAT gateways",
      help: "Lets private subnets reach the internet. One per zone survives the loss of a zone.",
    }),
    isolatedSubnets: z.boolean().default(false).meta({ label: "Isolated subnets", help: "No route to the internet." }),
    gatewayEndpoints: z
      .array(z.enum(["s3", "dynamodb"]))
      .default([])
      .meta({ label: "Gateway endpoints", help: "Free. S3 carries the layers of ECR images." }),
    interfaceEndpoints: z
      .array(z.enum(interfaceEndpoints))
      .default([])
      .meta({ label: "Interface endpoints", help: "Billed per zone and hour." }),
    cidr: z.string().default("10.0.0.0/16").meta({ label: "CIDR", advanced: true }),
  }),
  initial: () => ({}),
  within: [],
  box: true,
  size: { w: 1080, h: 620 },
  summary: (props) =>
    props.source === "existing"
      ? ["Existing VPC"]
      : [
          `${props.cidr} · ${props.availabilityZones} zones`,
          { none: "No NAT", one: "1 NAT gateway", perZone: "NAT per zone" }[props.natGateways],
        ],
  deployable: true,
});
