import type { Document } from "../document";
import { full } from "./full";
import { webEc2 } from "./web-ec2";
import { webFargate } from "./web-fargate";

export interface Starter {
  id: string;
  title: string;
  about: string;
  document: Document;
}

/** Designs to begin with; the first one is on the canvas at the first visit. */
export const starters: readonly Starter[] = [
  {
    id: "shop",
    title: "Web, worker and nightly report",
    about: "ALB, Fargate services, EFS, SQS, a schedule, ECR, a secret, and alerts for stopped tasks.",
    document: full,
  },
  {
    id: "web-fargate",
    title: "Web service on Fargate",
    about: "An ALB in front of Fargate tasks in private subnets.",
    document: webFargate,
  },
  {
    id: "web-ec2",
    title: "Web service on EC2",
    about: "An ALB in front of tasks with dynamic host ports on an Auto Scaling group.",
    document: webEc2,
  },
];
