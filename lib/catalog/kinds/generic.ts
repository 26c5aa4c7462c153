import * as z from "zod";
import { defineKind } from "../kind";

/** Any CloudFormation resource, kept verbatim: what the catalog has no kind for is never dropped. */
export const generic = defineKind({
  label: "Generic resource",
  short: "Resource",
  about: "Any CloudFormation resource type with its raw properties, wired by references.",
  group: "Other",
  icon: "generic",
  docs: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html",
  keywords: ["cloudformation", "raw", "custom", "other"],
  props: z.strictObject({
    type: z.string().default("AWS::SNS::Topic").meta({ label: "Type", placeholder: "AWS::DynamoDB::Table" }),
    properties: z.record(z.string(), z.json()).default({}).meta({
      label: "Properties",
      help: "As CloudFormation spells them. Intrinsic functions are kept as they are.",
    }),
    attributes: z
      .record(z.string(), z.json())
      .default({})
      .meta({ label: "Attributes", help: "DependsOn, Condition, DeletionPolicy and the like.", advanced: true }),
  }),
  initial: () => ({}),
  within: ["vpc", "cluster"],
  box: false,
  size: { w: 200, h: 64 },
  summary: (props) => [props.type],
  deployable: true,
});
