import type { Edit } from "../../document/edits/edit";
import { defineRule } from "../rule";
import { mountsOf } from "./volumes";

export const efsAuthorisation = defineRule({
  id: "ECS-STO-006",
  severity: "error",
  title: "EFS authorisation without encryption, or root directory with an access point",
  why: "IAM authorisation and access points need encryption in transit, and an access point brings its own root directory. ECS refuses other combinations.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EFSVolumeConfiguration.html",
  needs: ["efs"],
  check({ model }, report) {
    // IAM authorisation without a task role is IAM-004.
    for (const { edge, efs } of mountsOf(model)) {
      const { iam, accessPoint, transitEncryption, rootDirectory } = edge.props;
      const set = (id: string, field: string, value?: string): Edit => ({
        edit: "setField",
        id,
        field,
        ...(value === undefined ? {} : { value }),
      });
      if (transitEncryption !== "ENABLED" && (iam || accessPoint)) {
        report({
          at: { edge: edge.id, field: "/transitEncryption" },
          message: `${efs.name} uses ${iam ? "IAM authorisation" : "an access point"}, which requires encryption in transit. Turn on transit encryption.`,
          fix: {
            title: "Turn on transit encryption",
            risk: "safe",
            edits: [set(edge.id, "/transitEncryption", "ENABLED")],
          },
        });
      }
      if (accessPoint && (rootDirectory ?? "") !== "" && rootDirectory !== "/") {
        report({
          at: { edge: edge.id, field: "/rootDirectory" },
          message: `${efs.name} uses an access point, which requires that the root directory is left empty: the access point's own path ${accessPoint.path} counts. Clear the root directory.`,
          fix: { title: "Clear the root directory", risk: "safe", edits: [set(edge.id, "/rootDirectory")] },
        });
      }
    }
  },
});
