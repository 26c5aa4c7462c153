import type { Rule } from "../rule";
import { dockerHubAtRunTime } from "./docker-hub-at-run-time";
import { repositoryHygiene } from "./hygiene";
import { pullPermission } from "./pull-permission";
import { repositoryName } from "./repository-name";

/** Registries (ECS-ECR). */
export const registries: readonly Rule[] = [pullPermission, repositoryHygiene, repositoryName, dockerHubAtRunTime];
