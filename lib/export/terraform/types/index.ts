import type { TypeTable } from "../writing";
import { capacity } from "./capacity";
import { ecs } from "./ecs";
import { events } from "./events";
import { iam } from "./iam";
import { loadBalancing } from "./load-balancing";
import { messaging } from "./messaging";
import { network } from "./network";
import { scaling } from "./scaling";
import { secrets } from "./secrets";
import { securityGroups } from "./security-groups";
import { storage } from "./storage";

/** What Terraform makes of each type of resource that the stack knows. */
export const table: TypeTable = {
  ...network,
  ...securityGroups,
  ...iam,
  ...capacity,
  ...ecs,
  ...scaling,
  ...loadBalancing,
  ...storage,
  ...messaging,
  ...events,
  ...secrets,
};
