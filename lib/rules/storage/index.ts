import type { Rule } from "../rule";
import { bucketMount } from "./bucket-mount";
import { efsAuthorisation } from "./efs-authorisation";
import { efsProtection } from "./efs-protection";
import { efsZones } from "./efs-zones";
import { ephemeralStorage } from "./ephemeral-storage";
import { hostVolume } from "./host-volume";
import { lostData } from "./lost-data";
import { volumeMounts } from "./volume-mounts";

/** Storage (ECS-STO). */
export const storage: readonly Rule[] = [
  bucketMount,
  efsAuthorisation,
  efsProtection,
  lostData,
  ephemeralStorage,
  hostVolume,
  volumeMounts,
  efsZones,
];
