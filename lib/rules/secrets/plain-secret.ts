import { pointer } from "../../core/pointer";
import { containersOf } from "../../model/queries";
import { defineRule } from "../rule";

const SECRET_NAME =
  /(PASS|PASSWORD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL|CONNECTION_?STRING|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY)/i;
/** Names of things that point to a secret, not secrets themselves. AWS's own key variables end in _ID or _KEY and stay. */
const POINTER_NAME = /_(ARN|NAME|ID|URL|PATH|PARAM|FILE)$/i;
const ACCESS_KEY = /\b(AKIA|ASIA)[A-Z0-9]{16}\b/;
const URL_WITH_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:[^/\s:@]+@/i;

/** True when a variable's name or value says that it holds a secret. */
export const looksSecret = (name: string, value: string): boolean =>
  ACCESS_KEY.test(value) ||
  URL_WITH_PASSWORD.test(value) ||
  (value !== "" && SECRET_NAME.test(name) && (!POINTER_NAME.test(name) || /^AWS_ACCESS_KEY_ID$/i.test(name)));

export const plainSecret = defineRule({
  id: "ECS-SEC-001",
  severity: "warning",
  title: "Secret in plain text",
  why: "Environment values stand in the task definition, which everybody who may describe it can read.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const task of model.of("taskDefinition")) {
      for (const container of containersOf(task)) {
        container.environment.forEach(({ name, value }, index) => {
          if (!looksSecret(name, value)) return;
          report({
            at: { node: task.id, field: pointer("containerDefinitions", container.id, "environment", index) },
            message: `${name} of ${container.name} is readable by anyone who can see the task definition. Keep it in Secrets Manager (database passwords, rotation) or SSM Parameter Store (API keys, shared configuration), and connect the container to it.`,
          });
        });
      }
    }
  },
});
