import type { AutoScaling, ScalingPolicy } from "../../catalog/fields/auto-scaling";
import type { ModelNode } from "../../model/model";
import { scalingOf } from "../../model/scaling";

export type Service = ModelNode<"service">;
export type Policy<T extends ScalingPolicy["policyType"]> = Extract<ScalingPolicy, { policyType: T }>;

/** What keeps the average CPU of the tasks at 60 percent: where a policy has to be made up or mended. */
export const CPU_60 = {
  policyType: "TargetTrackingScaling",
  predefinedMetricType: "ECSServiceAverageCPUUtilization",
  targetValue: 60,
} as const;

/** Services that scale, with what they say about it. */
export const scaledServices = (services: readonly Service[]): { service: Service; scaling: AutoScaling }[] =>
  services.flatMap((service) => {
    const scaling = scalingOf(service);
    return scaling ? [{ service, scaling }] : [];
  });

/** The policies of one type, each with the JSON Pointer to it in the service's props. */
export const policiesOf = <T extends ScalingPolicy["policyType"]>(
  { policies }: AutoScaling,
  type: T,
): { policy: Policy<T>; at: string }[] =>
  policies.flatMap((policy, index) =>
    policy.policyType === type ? [{ policy: policy as Policy<T>, at: `/autoScaling/policies/${index}` }] : [],
  );

/** Tasks that a service without auto scaling would have between: as many as now, and three times as many. */
export const rangeFor = ({ props }: Service): { minCapacity: number; maxCapacity: number } => {
  const desired = Math.max(1, props.desiredCount ?? 1);
  return { minCapacity: desired, maxCapacity: 3 * desired };
};
