import type { Properties } from "../../stack/value";
import { alarms } from "../formulas/watching";
import { priced } from "./cell";

/**
 * Target tracking makes two alarms of its own, one to add tasks and one to take them away; a step policy is started by
 * alarms that the template has. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-autoscaling-targettracking.html
 */
export const scalingPolicy = priced<"AWS::ApplicationAutoScaling::ScalingPolicy">(({ type, properties }, ledger) => {
  const tracking = properties.TargetTrackingScalingPolicyConfiguration as Properties | undefined;
  if (tracking) ledger.addAll(alarms({ standard: tracking.DisableScaleIn === true ? 1 : 2 }));
  else
    ledger.note(
      type,
      "Application Auto Scaling is free; the alarms that start the policy are charged.",
      "https://aws.amazon.com/autoscaling/pricing/",
    );
});

/** https://aws.amazon.com/cloudwatch/pricing/ */
export const alarm = priced<"AWS::CloudWatch::Alarm">((_resource, ledger) => {
  ledger.addAll(alarms({ standard: 1 }));
});
