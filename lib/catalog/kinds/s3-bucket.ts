import * as z from "zod";
import { defineKind } from "../kind";

export const s3Bucket = defineKind({
  label: "S3 bucket",
  short: "S3",
  about: "Objects that code reads and writes with the AWS SDK. A bucket cannot be mounted as a volume.",
  group: "Storage",
  icon: "s3",
  docs: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingBucket.html",
  keywords: ["object", "storage", "files", "env file"],
  props: z.strictObject({
    versioning: z.boolean().default(true).meta({ label: "Versioning" }),
    encryption: z.enum(["SSE-S3", "SSE-KMS"]).default("SSE-S3").meta({ label: "Encryption", advanced: true }),
    enforceTls: z
      .boolean()
      .default(true)
      .meta({ label: "Refuse plain HTTP", help: "A bucket policy denies requests without TLS.", advanced: true }),
  }),
  initial: () => ({}),
  within: [],
  box: false,
  size: { w: 200, h: 64 },
  summary: (props) => [props.versioning ? "Versioned" : "Not versioned"],
  deployable: true,
});
