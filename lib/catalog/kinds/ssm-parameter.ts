import * as z from "zod";
import { defineKind } from "../kind";

export const ssmParameter = defineKind({
  label: "SSM parameter",
  short: "Parameter",
  about: "Configuration that containers get as an environment variable when they start.",
  group: "Configuration",
  icon: "parameter-store",
  docs: "https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html",
  keywords: ["parameter store", "configuration", "setting", "api key"],
  props: z.strictObject({
    source: z
      .discriminatedUnion("from", [
        z.strictObject({
          from: z.literal("value"),
          value: z
            .string()
            .default("change-me")
            .meta({ label: "Value", help: "Stored in plain text in the template." }),
        }),
        z.strictObject({
          from: z.literal("existing"),
          name: z.string().meta({ label: "Parameter name", placeholder: "/app/api-key" }),
          secure: z.boolean().default(false).meta({ label: "SecureString" }),
        }),
      ])
      .prefault({ from: "value" })
      .meta({
        label: "Value",
        help: "CloudFormation cannot create a SecureString: create it first and name it here.",
      }),
    tier: z.enum(["Standard", "Advanced"]).default("Standard").meta({ label: "Tier", advanced: true }),
  }),
  initial: () => ({}),
  within: [],
  box: false,
  size: { w: 200, h: 64 },
  summary: (props) => [props.source.from === "existing" ? props.source.name : props.tier],
  deployable: true,
});
