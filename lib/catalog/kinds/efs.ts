import * as z from "zod";
import { securityGroups, tier } from "../fields/network";
import { defineKind } from "../kind";

export const efs = defineKind({
  label: "EFS file system",
  short: "EFS",
  about: "Files shared by many tasks in all zones, over NFS.",
  group: "Storage",
  icon: "efs",
  docs: "https://docs.aws.amazon.com/efs/latest/ug/whatisefs.html",
  keywords: ["nfs", "files", "volume", "storage", "persistent"],
  props: z.strictObject({
    tier: tier("private"),
    throughputMode: z
      .enum(["elastic", "bursting", "provisioned"])
      .default("elastic")
      .meta({ label: "Throughput mode" }),
    provisionedThroughputInMibps: z.number().optional().meta({ label: "Provisioned throughput", unit: "MiB/s" }),
    encrypted: z.boolean().default(true).meta({ label: "Encrypted" }),
    backup: z.boolean().default(true).meta({ label: "Automatic backups" }),
    oneZone: z
      .boolean()
      .default(false)
      .meta({ label: "One Zone", help: "Cheaper; lost with its zone.", advanced: true }),
    performanceMode: z
      .enum(["generalPurpose", "maxIO"])
      .default("generalPurpose")
      .meta({ label: "Performance mode", advanced: true }),
    transitionToIaDays: z
      .union([z.literal(7), z.literal(14), z.literal(30), z.literal(60), z.literal(90)])
      .nullable()
      .default(30)
      .meta({ label: "Move to Infrequent Access", unit: "days", advanced: true }),
    securityGroups,
  }),
  initial: () => ({}),
  within: ["vpc"],
  box: false,
  size: { w: 200, h: 64 },
  summary: (props) => [
    `${props.throughputMode.charAt(0).toUpperCase()}${props.throughputMode.slice(1)} throughput`,
    ...(props.oneZone ? ["One Zone"] : []),
  ],
  deployable: true,
});
