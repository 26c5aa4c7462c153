import { architectureOf, instanceFacts } from "../../aws/instance-types";
import { clip } from "../../core/text";
import type { ModelNode } from "../../model/model";
import { safe, set } from "../repairs";
import type { Report } from "../rule";

type Provider = ModelNode<"asgCapacityProvider">;

/** What each image offered is built for; of an image of one's own nobody knows. */
const images = { al2023: "X86_64", "al2023-arm64": "ARM64", custom: undefined } as const;
const forArchitecture = { X86_64: "al2023", ARM64: "al2023-arm64" } as const;

/** Root volume of the ECS-optimised Amazon Linux 2023 AMI; a smaller one cannot hold its snapshot. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/al2023.html */
const smallestRoot = 30;
/** https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const largestRoot = 16_384;

/** Whether AMI and instance type are certainly of different architectures, so that no instance starts. */
export function imageMismatch({ props }: Provider): boolean {
  const facts = instanceFacts(props.instanceType);
  const image = images[props.ami];
  return facts !== undefined && image !== undefined && image !== architectureOf(facts);
}

/** What keeps the instances of a group from starting at all, whatever is to run on them. */
export function checkLaunch(provider: Provider, report: Report): void {
  const { name, id, props } = provider;
  const { instanceType, ami, customImageId = "", rootVolumeGiB } = props;
  if (!/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(instanceType)) {
    report({
      at: { node: id, field: "/instanceType" },
      message: `${name} asks for the instance type “${clip(instanceType, 40)}”, which is none that EC2 offers, so no host can ever start. Choose a type such as t3.medium.`,
      fix: safe("Use t3.medium", set(id, "/instanceType", ami === "al2023-arm64" ? "t4g.medium" : "t3.medium")),
    });
  }
  const facts = instanceFacts(instanceType);
  if (facts && imageMismatch(provider)) {
    const fitting = forArchitecture[architectureOf(facts)];
    report({
      at: { node: id, field: "/ami" },
      also: [{ node: id, field: "/instanceType" }],
      message: `${name} starts ${instanceType} instances (${architectureOf(facts)}) from the AMI ${ami} (${images[ami]}), which EC2 refuses, so no host can ever start. Choose the AMI ${fitting}, or another instance type.`,
      fix: safe(`Use the AMI ${fitting}`, set(id, "/ami", fitting)),
    });
  }
  if (ami === "custom" && customImageId !== "" && !/^ami-[0-9a-f]{8}([0-9a-f]{9})?$/.test(customImageId)) {
    report({
      at: { node: id, field: "/customImageId" },
      message: `${name} names the AMI “${clip(customImageId, 40)}”, which is not the id of an image, so no host can ever start. Use an id such as ami-0123456789abcdef0, or clear it to be asked on deployment.`,
      fix: safe("Ask on deployment", set(id, "/customImageId")),
    });
  }
  const least = ami === "custom" ? 1 : smallestRoot;
  if (rootVolumeGiB >= least && rootVolumeGiB <= largestRoot) return;
  const nearest = rootVolumeGiB < least ? smallestRoot : largestRoot;
  report({
    at: { node: id, field: "/rootVolumeGiB" },
    message: `${name} gives its instances a root volume of ${rootVolumeGiB} GiB; ${ami === "custom" ? "EC2" : "the ECS-optimised AMI"} needs ${least} to ${largestRoot}, and EC2 starts no host otherwise. Use ${nearest}.`,
    fix: safe(`Use ${nearest} GiB`, set(id, "/rootVolumeGiB", nearest)),
  });
}
