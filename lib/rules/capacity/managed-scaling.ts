import { nearestWithin, type Range, rangeText, within } from "../../aws/docs";
import { limits } from "../../aws/limits";
import type { ModelNode } from "../../model/model";
import { defineRule, type Fix, type Report, type Severity } from "../rule";

type Provider = ModelNode<"asgCapacityProvider">;
type Field = keyof Provider["props"];

export const managedScaling = defineRule({
  id: "ECS-CAP-005",
  severity: "error",
  title: "Managed scaling and protection do not fit",
  why: "Managed scaling lets ECS choose the number of instances. Managed termination protection keeps those that run tasks, and needs managed scaling and protection of new instances to do so.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html",
  needs: ["asgCapacityProvider"],
  check({ model }, report) {
    for (const provider of model.of("asgCapacityProvider")) {
      protection(provider, report);
      numbers(provider, report);
      size(provider, report);
    }
  },
});

const set = (provider: Provider, field: Field, title: string, value?: number | boolean): Fix => ({
  title,
  risk: "safe",
  edits: [{ edit: "setField", id: provider.id, field: `/${field}`, ...(value === undefined ? {} : { value }) }],
});

function protection(provider: Provider, report: Report): void {
  const { managedTerminationProtection, managedScaling: scaling, newInstancesProtectedFromScaleIn } = provider.props;
  if (!managedTerminationProtection) return;
  const says = (field: Field, reason: string, title: string) =>
    report({
      at: { node: provider.id, field: `/${field}` },
      message: `${provider.name}: managed termination protection is on, but ${reason}, so scale-in would stop instances that still run tasks. Turn on managed scaling and instance protection.`,
      fix: set(provider, field, title, true),
    });
  if (!scaling) says("managedScaling", "managed scaling is off", "Turn on managed scaling");
  if (!newInstancesProtectedFromScaleIn) {
    const reason = "new instances are not protected from scale-in";
    says("newInstancesProtectedFromScaleIn", reason, "Protect new instances from scale-in");
  }
}

const ranges: readonly [
  "targetCapacity" | "minimumScalingStepSize" | "maximumScalingStepSize" | "instanceWarmupPeriod",
  Range,
  string,
][] = [
  ["targetCapacity", limits.managedScalingTarget, "a target capacity"],
  ["minimumScalingStepSize", limits.managedScalingStep, "a minimum step"],
  ["maximumScalingStepSize", limits.managedScalingStep, "a maximum step"],
  ["instanceWarmupPeriod", limits.managedScalingWarmup, "a warm-up"],
];

function numbers(provider: Provider, report: Report): void {
  const { props } = provider;
  for (const [field, range, what] of ranges) {
    const value = props[field];
    // Without managed scaling the template has no target.
    if (value === undefined || within(range, value) || (field === "targetCapacity" && !props.managedScaling)) continue;
    const nearest = nearestWithin(range, value);
    report({
      at: { node: provider.id, field: `/${field}` },
      message: `${provider.name} has ${what} of ${value}, and AWS takes ${rangeText(range)}. Use ${nearest}.`,
      fix: set(provider, field, `Use ${nearest}`, nearest),
    });
  }
  const { minimumScalingStepSize: least, maximumScalingStepSize: most } = props;
  if (least === undefined || most === undefined || least <= most) return;
  report({
    at: { node: provider.id, field: "/minimumScalingStepSize" },
    message: `${provider.name} has a minimum step of ${least} above its maximum step of ${most}, so it could never scale. Use ${most} or less.`,
    fix: set(provider, "minimumScalingStepSize", `Use ${most}`, most),
  });
}

function size(provider: Provider, report: Report): void {
  const { minSize, maxSize, desiredCapacity: desired, managedScaling: scaling } = provider.props;
  if (minSize < 0) {
    report({
      at: { node: provider.id, field: "/minSize" },
      message: `${provider.name} needs at least ${minSize} instances, and AWS takes zero or more. Use 0, or as many as must always run.`,
      fix: set(provider, "minSize", "Use 0", 0),
    });
    return;
  }
  const says = (severity: Severity, message: string, maximum: number) =>
    report({
      at: { node: provider.id, field: "/maxSize" },
      severity,
      message,
      fix: set(provider, "maxSize", `Allow ${maximum} instances`, maximum),
    });
  if (desired !== undefined && maxSize >= minSize && (desired < minSize || desired > maxSize)) {
    report({
      at: { node: provider.id, field: "/desiredCapacity" },
      message: `${provider.name} starts with ${desired} instances, outside its minimum of ${minSize} and maximum of ${maxSize}, so AWS refuses the group. Clear it, or choose a number between.`,
      fix: set(provider, "desiredCapacity", "Clear the desired number"),
    });
  }
  if (maxSize < minSize) {
    const message = `${provider.name} may have at most ${maxSize} instances but needs at least ${minSize}, so AWS refuses the group. Raise the maximum.`;
    says("error", message, Math.max(minSize, 1));
  } else if (scaling && maxSize === minSize) {
    const message = `${provider.name} has managed scaling, but its minimum and maximum are both ${minSize}, so nothing can scale. Raise the maximum.`;
    says("warning", message, minSize + 1);
  }
}
