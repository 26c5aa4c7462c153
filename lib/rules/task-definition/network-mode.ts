import { type Compute, defaultNetworkMode, networkModeSupport, networkModesFor } from "../../aws/network-modes";
import { list } from "../../core/text";
import type { Edit } from "../../document/edits/edit";
import type { ModelNode } from "../../model/model";
import { containersOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { containerField, fargateUse, isWindows, onInstances, placeOf } from "../workloads";

export const networkMode = defineRule({
  id: "ECS-TD-008",
  severity: "error",
  title: "Network mode not allowed for the compute",
  why: "Fargate gives every task its own network interface (awsvpc). Windows instances know awsvpc and NAT, not bridge, host or none.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      const fargate = fargateUse(model, definition);
      const places = fargate ? [] : onInstances(model, definition);
      const compute: Compute | undefined = fargate
        ? "fargate"
        : isWindows(definition) && places.length > 0
          ? "ec2-windows"
          : undefined;
      if (!compute) continue;
      const given = definition.props.networkMode;
      const mode = given ?? defaultNetworkMode(compute);
      if (mode && networkModeSupport(mode, compute) === "yes") continue;
      const launch = fargate ? `Fargate, and ${fargate.words}` : "EC2 with Windows";
      report({
        at: { node: definition.id, field: "/networkMode" },
        also: fargate?.also ?? places.map(placeOf),
        message: `${definition.name} ${given ? `uses network mode ${given}` : "sets no network mode, which means bridge"}; that is not supported on ${launch}. Use ${list(
          networkModesFor(compute).map((item) => (item === "default" ? "no mode (NAT)" : item)),
          "or",
        )}.`,
        fix: safe("Use awsvpc", set(definition.id, "/networkMode", "awsvpc"), ...clearHostPorts(definition)),
      });
    }
  },
});

/** In awsvpc mode a task answers on its container ports. */
function clearHostPorts(definition: ModelNode<"taskDefinition">): Edit[] {
  return containersOf(definition).flatMap((container) =>
    container.portMappings.flatMap((mapping, index) =>
      mapping.hostPort === undefined || mapping.hostPort === mapping.containerPort
        ? []
        : [set(definition.id, containerField(container.id, "portMappings", index, "hostPort"))],
    ),
  );
}
