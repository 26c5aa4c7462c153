import type { Model, ModelNode } from "../../model/model";
import { containersOf, networkModeOf } from "../../model/queries";
import { review, safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";
import { fargateUse, isWindows, onInstances } from "../workloads";

type Definition = ModelNode<"taskDefinition">;

/** Kernel parameters of System V IPC and message queues, which belong to the IPC namespace. */
const ipcControls = /^(kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)|fs\.mqueue\..+)$/;

export const hostSharing = defineRule({
  id: "ECS-TD-009",
  severity: "error",
  title: "pidMode, ipcMode or fault injection out of place",
  why: "Sharing process or IPC namespaces needs a Linux host that is yours. Fault injection acts on the task's own or the host's network.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      checkMode(model, definition, "pidMode", report);
      checkMode(model, definition, "ipcMode", report);
      const mode = networkModeOf(definition);
      if (!definition.props.enableFaultInjection || mode === "awsvpc" || mode === "host") continue;
      say(
        definition,
        "enableFaultInjection",
        "true",
        `fault injection works in network mode awsvpc or host, not ${mode}. Remove it, or change the mode`,
        report,
      );
    }
  },
});

function checkMode(model: Model, definition: Definition, field: "pidMode" | "ipcMode", report: Report): void {
  const value = definition.props[field];
  if (value === undefined) return;
  const fargate = fargateUse(model, definition);
  const control = containersOf(definition)
    .flatMap((container) => container.systemControls ?? [])
    .find((item) => ipcControls.test(item.namespace));
  if (isWindows(definition)) {
    say(definition, field, value, "Windows has no such namespaces, and AWS refuses it. Remove it", report);
  } else if (fargate && (field === "ipcMode" || value !== "task")) {
    const allowed = field === "pidMode" ? "Fargate allows only pidMode=task" : "Fargate does not support it";
    say(definition, field, value, `${allowed}, and ${fargate.words}. Remove it, or run the task on EC2`, report);
  } else if (field === "ipcMode" && value === "host" && control) {
    say(
      definition,
      field,
      value,
      `AWS refuses it together with the system control ${control.namespace}. Remove one of the two`,
      report,
    );
  } else if (value === "host" && onInstances(model, definition).length > 0) {
    report({
      at: { node: definition.id, field: `/${field}` },
      severity: "warning",
      message: `${definition.name} sets ${field}=host; its containers see the processes or memory of everything on the instance. Remove it unless a monitoring agent truly needs it.`,
      fix: review(`Remove ${field}`, set(definition.id, `/${field}`)),
    });
  }
}

function say(definition: Definition, field: string, value: string, reason: string, report: Report): void {
  report({
    at: { node: definition.id, field: `/${field}` },
    message: `${definition.name} sets ${field}=${value}; ${reason}.`,
    fix: safe(`Remove ${field}`, set(definition.id, `/${field}`)),
  });
}
