import type { Sourced } from "./docs";
import { instanceFacts } from "./instance-types";

/**
 * How many network interfaces EC2 instances have, and whether ECS may multiply them by trunking. All types of the table
 * were held against the list that AWS generates for its own VPC CNI plug-in (pkg/vpc/vpc_ip_resource_limit.go of
 * aws/amazon-vpc-cni-k8s, 2026-08-20).
 */
export const interfaceFacts: Sourced & {
  /** By size, for the families of the table of instance types. */
  readonly bySize: Readonly<Record<string, number>>;
  /** Types that differ from others of their size. */
  readonly exceptions: Readonly<Record<string, number>>;
  /** Families without ENI trunking: burstable ones. */
  readonly withoutTrunking: readonly string[];
} = {
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html",
  asOf: "2026-08",
  bySize: { nano: 2, micro: 2, small: 3, large: 3, xlarge: 4, "2xlarge": 4, "4xlarge": 8 },
  exceptions: {
    "m4.large": 2,
    "t2.medium": 3,
    "t2.xlarge": 3,
    "t2.2xlarge": 3,
    "t3.medium": 3,
    "t3a.small": 2,
    "t3a.medium": 3,
    "t4g.medium": 3,
    "m6g.medium": 2,
    "m7g.medium": 2,
    "m8g.medium": 2,
    "c6g.medium": 2,
    "c7g.medium": 2,
    "c8g.medium": 2,
    "r6g.medium": 2,
    "r7g.medium": 2,
    "r8g.medium": 2,
  },
  withoutTrunking: ["t2", "t3", "t3a", "t4g"],
};

/** Interfaces of a type, its own included; undefined (unknown) for a type outside the table. */
export function interfacesOf(type: string): { interfaces: number; trunking: boolean } | undefined {
  if (!instanceFacts(type)) return undefined;
  const [family, size] = type.split(".") as [string, string];
  const { bySize, exceptions, withoutTrunking } = interfaceFacts;
  const interfaces = Object.hasOwn(exceptions, type)
    ? exceptions[type]
    : Object.hasOwn(bySize, size)
      ? bySize[size]
      : undefined;
  return interfaces === undefined ? undefined : { interfaces, trunking: !withoutTrunking.includes(family) };
}
