import { isKind } from "../../model/build";
import { defineRule } from "../rule";

export const bucketMount = defineRule({
  id: "ECS-STO-001",
  severity: "error",
  title: "S3 bucket mounted as a volume",
  why: "A bucket holds objects, not files, and ECS has no volume type for it: the task definition would be refused.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/s3files-volumes.html",
  needs: ["s3Bucket"],
  check({ model }, report) {
    for (const edge of model.edgesOf("mount")) {
      const stored = model.document.edges[edge.id];
      if (!isKind(edge.to, "s3Bucket") || !isKind(edge.from, "taskDefinition") || !stored) continue;
      report({
        at: { edge: edge.id },
        also: [{ node: edge.to.id }],
        message:
          "A bucket cannot be a task volume: ECS has no S3 bucket volume type. To see a bucket as files, put an Amazon S3 Files file system in front of it (Fargate and Managed Instances only), use EFS for shared files, or read the objects with the AWS SDK.",
        fix: {
          title: "Read and write objects with the AWS SDK",
          risk: "review",
          edits: [
            {
              edit: "reconnect",
              id: edge.id,
              edge: {
                from: stored.from,
                to: stored.to,
                relation: "access",
                props: edge.props.readOnly ? { may: "read" } : {},
              },
            },
          ],
        },
      });
    }
  },
});
