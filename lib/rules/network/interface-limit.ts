import { interfacesOf } from "../../aws/instance-interfaces";
import { count } from "../../core/text";
import type { ModelNode } from "../../model/model";
import { launchOf, networkModeOf, taskDefinitionOf } from "../../model/queries";
import { mostField, mostTasks } from "../../model/scaling";
import { defineRule } from "../rule";
import { providersOf } from "../workloads";

export const interfaceLimit = defineRule({
  id: "ECS-NET-018",
  severity: "warning",
  title: "Task interfaces exceed the instance",
  why: "Each awsvpc task takes a network interface of its instance. When none is left the task stays pending, however much CPU and memory is free.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-eni.html",
  needs: ["asgCapacityProvider"],
  check({ model }, report) {
    for (const provider of model.of("asgCapacityProvider")) {
      const { instanceType, maxSize } = provider.props;
      const facts = interfacesOf(instanceType);
      // Trunking is a setting of the account, which a design does not show.
      if (!facts || facts.trunking || maxSize <= 0) continue;
      const each = facts.interfaces - 1;
      const services = model.of("service").filter((service) => landsOn(service, provider));
      const wanted = services.reduce(
        (sum, service) => sum + (service.props.schedulingStrategy === "DAEMON" ? maxSize : mostTasks(service)),
        0,
      );
      if (wanted <= each * maxSize) continue;
      report({
        at: { node: provider.id, field: "/instanceType" },
        also: services.map((service) => ({ node: service.id, field: mostField(service) })),
        message: `A ${instanceType} has ${facts.interfaces} network interfaces and one is its own, so it runs at most ${count(each, "awsvpc task")}; ${count(wanted, "task")} do not fit on ${count(maxSize, "instance")}. Use a larger type, one that supports awsvpcTrunking, more instances, or bridge mode.`,
      });
    }
  },
});

/** Tasks with interfaces of their own that can land on this capacity only. */
function landsOn(service: ModelNode<"service">, provider: ModelNode<"asgCapacityProvider">): boolean {
  const taskDefinition = taskDefinitionOf(service);
  if (!taskDefinition || launchOf(service) !== "EC2" || networkModeOf(taskDefinition) !== "awsvpc") return false;
  const providers = providersOf({ taskDefinition, launch: "EC2", cluster: undefined, service });
  return providers.length === 1 && providers[0]?.id === provider.id;
}
