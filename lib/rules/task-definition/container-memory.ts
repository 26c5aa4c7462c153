import { limits } from "../../aws/limits";
import type { ModelNode } from "../../model/model";
import { type Container, containersOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";
import { containerField, fargateUse, isWindows } from "../workloads";

type Definition = ModelNode<"taskDefinition">;

const least = limits.containerMemory.min;

export const containerMemory = defineRule({
  id: "ECS-TD-006",
  severity: "error",
  title: "Container memory missing or contradictory",
  why: "On instances, ECS places a task by the memory its containers reserve and kills a container that passes its hard limit.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      const needed = definition.props.memory === undefined && !isWindows(definition) && !fargateUse(model, definition);
      for (const container of containersOf(definition)) judge(definition, container, needed, report);
    }
  },
});

function judge(definition: Definition, container: Container, needed: boolean, report: Report): void {
  const { memory, memoryReservation: reservation } = container;
  const at = (name: string) => ({ node: definition.id, field: containerField(container.id, name) });
  const { name } = container;
  const nothing =
    memory !== undefined && memory <= 0 ? "memory" : (reservation ?? 1) <= 0 ? "memoryReservation" : undefined;
  if (nothing) {
    report({
      at: at(nothing),
      message: `${name} has a memory ${nothing === "memory" ? "limit" : "reservation"} of ${container[nothing]} MiB, and AWS refuses less than 1. Give it what it needs, or clear it.`,
      fix: safe("Set 256 MiB", set(definition.id, at(nothing).field, Math.min(256, definition.props.memory ?? 256))),
    });
  } else if (needed && memory === undefined && reservation === undefined) {
    report({
      at: at("memoryReservation"),
      message: `${name} has neither a memory limit nor a reservation, and the task sets no memory either, so ECS cannot place it and refuses the definition. Set a hard limit or a reservation, with the limit above the reservation.`,
      fix: safe(
        "Reserve 256 MiB, limit 512",
        set(definition.id, at("memoryReservation").field, 256),
        set(definition.id, at("memory").field, 512),
      ),
    });
  } else if (memory !== undefined && reservation !== undefined && memory <= reservation) {
    const room = definition.props.memory;
    const raised = 2 * reservation;
    report({
      at: at("memory"),
      severity: memory < reservation ? "error" : "warning",
      message:
        memory < reservation
          ? `${name} reserves ${reservation} MiB but may use only ${memory}, so AWS refuses it. Set the limit above the reservation.`
          : `${name} has a limit of ${memory} MiB, exactly what it reserves, so ECS kills it as soon as it needs more. Set the limit above the reservation.`,
      fix:
        room === undefined || raised <= room
          ? safe(`Raise the limit to ${raised} MiB`, set(definition.id, at("memory").field, raised))
          : safe("Drop the limit", set(definition.id, at("memory").field)),
    });
  } else if ((memory ?? least) < least) {
    report({
      at: at("memory"),
      severity: "warning",
      message: `${name} may use only ${memory} MiB, so Docker, which gives a container at least ${least}, does not start it. Raise the limit.`,
      fix: safe(
        "Raise the limit to 512 MiB",
        set(definition.id, at("memory").field, Math.min(512, definition.props.memory ?? 512)),
      ),
    });
  }
}
