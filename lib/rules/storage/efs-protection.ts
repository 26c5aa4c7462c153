import { defineRule, type Report } from "../rule";
import { mountsOf } from "./volumes";

export const efsProtection = defineRule({
  id: "ECS-STO-007",
  severity: "warning",
  title: "EFS traffic or data not protected",
  why: "Encryption in transit and at rest costs nothing extra, and a backup is what brings deleted files back.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html",
  needs: ["efs"],
  check({ model }, report) {
    for (const { edge, efs } of mountsOf(model)) {
      const { transitEncryption, iam, accessPoint } = edge.props;
      // With IAM or an access point AWS refuses it: STO-006.
      if (transitEncryption === "ENABLED" || iam || accessPoint) continue;
      report({
        at: { edge: edge.id, field: "/transitEncryption" },
        message: `Files travel between the task and ${efs.name} unencrypted. Turn on transit encryption (no cost, needed for IAM).`,
        fix: {
          title: "Turn on transit encryption",
          risk: "safe",
          edits: [{ edit: "setField", id: edge.id, field: "/transitEncryption", value: "ENABLED" }],
        },
      });
    }
    for (const efs of model.of("efs")) {
      if (!efs.props.encrypted) {
        turnOn(
          report,
          efs.id,
          "/encrypted",
          `The files of ${efs.name} are stored unencrypted, and that cannot be changed later. Turn on encryption at rest (no cost).`,
          "Encrypt the file system",
        );
      }
      if (!efs.props.backup) {
        turnOn(
          report,
          efs.id,
          "/backup",
          `${efs.name} has no automatic backups, so deleted files cannot be brought back. Turn on backups.`,
          "Turn on backups",
        );
      }
    }
  },
});

const turnOn = (report: Report, id: string, field: string, message: string, title: string): void =>
  report({
    at: { node: id, field },
    message,
    fix: { title, risk: "safe", edits: [{ edit: "setField", id, field, value: true }] },
  });
