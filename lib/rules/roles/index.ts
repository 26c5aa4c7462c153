import type { Rule } from "../rule";
import { executionRoleMissing } from "./execution-role-missing";
import { instanceProfile } from "./instance-profile";
import { logGroupCreation } from "./log-group-creation";
import { sharedRole } from "./shared-role";
import { taskRoleMissing } from "./task-role-missing";
import { widePolicy } from "./wide-policy";
import { wrongTrust } from "./wrong-trust";

/** Roles and permissions (ECS-IAM). */
export const roles: readonly Rule[] = [
  instanceProfile,
  executionRoleMissing,
  taskRoleMissing,
  sharedRole,
  widePolicy,
  wrongTrust,
  logGroupCreation,
];
