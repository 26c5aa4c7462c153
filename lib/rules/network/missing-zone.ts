import { maySeeTwoZones, regionName, zonesSource } from "../../aws/regions";
import { review, set } from "../repairs";
import { defineRule } from "../rule";

export const missingZone = defineRule({
  id: "ECS-NET-019",
  severity: "warning",
  title: "A zone the account may not have",
  why: "The template selects its zones from those the account sees. Newer accounts see two in US West (N. California), and a third that does not exist fails the stack.",
  docs: zonesSource.source,
  needs: ["vpc"],
  check({ model }, report) {
    if (!maySeeTwoZones(model.region)) return;
    for (const { id, name, props } of model.of("vpc")) {
      if (props.source !== "new" || props.availabilityZones <= 2) continue;
      report({
        at: { node: id, field: "/availabilityZones" },
        message: `${name} spans ${props.availabilityZones} Availability Zones, but newer accounts see only two in ${regionName(model.region)}; there the stack fails with "Fn::Select cannot select nonexistent value". Use two zones, or make sure that your account has three.`,
        fix: review("Use two zones", set(id, "/availabilityZones", 2)),
      });
    }
  },
});
