import { readAt } from "../../core/pointer";
import type { Model, ModelNode } from "../../model/model";
import { type Container, containersOf, networkModeOf } from "../../model/queries";
import { safe, set } from "../repairs";
import { defineRule } from "../rule";
import { containerField, fargateUse, isWindows } from "../workloads";

type Definition = ModelNode<"taskDefinition">;

/** What Windows containers do not have. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/windows_task_definitions.html */
const linuxOnly = [
  "linuxParameters",
  "links",
  "user",
  "ulimits",
  "readonlyRootFilesystem",
  "dnsServers",
  "systemControls",
  "privileged",
] as const;
/** Those that COMP-006 reports on Fargate. */
const refusedByFargate: ReadonlySet<string> = new Set(["links", "dnsServers", "privileged", "extraHosts"]);

export const outOfPlace = defineRule({
  id: "ECS-CON-011",
  severity: "error",
  title: "Setting tied to another network mode or OS",
  why: "Some container settings exist only in one network mode or on one operating system; elsewhere AWS refuses or ignores them.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      for (const container of containersOf(definition)) {
        for (const { setting, needs } of misplaced(model, definition, container)) {
          const field = containerField(container.id, setting);
          report({
            at: { node: definition.id, field },
            message: `${setting} on ${container.name} works only with ${needs}; it would be rejected or ignored. Remove it.`,
            fix: safe(`Remove ${setting}`, set(definition.id, field)),
          });
        }
        const specs = container.credentialSpecs ?? [];
        if (specs.length > 1) {
          const field = containerField(container.id, "credentialSpecs");
          report({
            at: { node: definition.id, field },
            message: `credentialSpecs on ${container.name} lists ${specs.length} files; AWS accepts one and refuses more. Keep one.`,
            fix: safe("Keep the first", set(definition.id, field, specs.slice(0, 1))),
          });
        }
      }
    }
  },
});

function misplaced(model: Model, definition: Definition, container: Container): { setting: string; needs: string }[] {
  const windows = isWindows(definition);
  const fargate = fargateUse(model, definition) !== undefined;
  const mode = fargate ? "awsvpc" : networkModeOf(definition);
  const found: { setting: string; needs: string }[] = [];
  const add = (setting: string, needs: string) => {
    if (fargate && refusedByFargate.has(setting)) return;
    if (isSet(readAt(container, `/${setting}`)) && !found.some((item) => item.setting === setting))
      found.push({ setting, needs });
  };
  if (windows) for (const setting of linuxOnly) add(setting, "Linux containers");
  if (mode !== "bridge") add("links", "network mode bridge");
  if (mode === "awsvpc") {
    add("hostname", "a network mode other than awsvpc");
    add("extraHosts", "a network mode other than awsvpc");
  }
  return found;
}

/** Empty lists, empty texts and false ask for nothing. */
const isSet = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false && value !== "";
