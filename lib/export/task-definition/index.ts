import * as z from "zod";
import { printJson } from "../../core/json";
import { isType, type Resource, resourcesOf, type Stack } from "../../stack/stack";
import type { ExportNote, OutFile, Target } from "../target";
import { type Resolve, toRegister } from "./register";
import { resolveFrom } from "./values";

const options = z.strictObject({
  values: z
    .record(z.string(), z.string())
    .default({})
    .meta({ label: "Values", help: "Of a deployed stack, from aws cloudformation describe-stacks." }),
});
export type TaskDefinitionOptions = z.output<typeof options>;

/** One JSON file per task definition, for `aws ecs register-task-definition --cli-input-json`. */
export const taskDefinition: Target<TaskDefinitionOptions> = {
  id: "task-definition",
  label: "Task definitions",
  about: "One JSON file each, for aws ecs register-task-definition.",
  options,
  emit(stack, { values }) {
    const files: OutFile[] = [];
    const notes: ExportNote[] = [];
    const deployed = resolveFrom(values);
    const taken = new Set<string>();
    for (const resource of resourcesOf(stack, "AWS::ECS::TaskDefinition")) {
      const open = new Set<string>();
      const resolve: Resolve = (reference) => deployed(reference) ?? literalName(stack, reference);
      const text = printJson(toRegister(resource.properties, { resolve, open }));
      const origin = resource.origins[""]?.[0];
      const place = origin?.node === undefined ? {} : { node: origin.node };
      const family = typeof resource.properties.Family === "string" ? resource.properties.Family : resource.id;
      files.push({
        path: freePath(family, taken),
        text,
        lines: text.split("\n").map((_, line) => ({ line, ...place })),
      });
      if (open.size > 0) {
        notes.push({
          message: `${family}: ${[...open].sort().join(", ")} ${open.size === 1 ? "is" : "are"} known only after deployment. Deploy the template, then fill ${open.size === 1 ? "it" : "them"} in from describe-stacks.`,
          ...place,
        });
      }
    }
    return { files, notes };
  },
};

/** Names that the template itself fixes, such as that of a log group, need no deployment. */
function literalName(stack: Stack, reference: { id: string; attribute?: string }): string | undefined {
  const resource: Resource | undefined = Object.hasOwn(stack.resources, reference.id)
    ? stack.resources[reference.id]
    : undefined;
  if (reference.attribute !== undefined || !isType(resource, "AWS::Logs::LogGroup")) return undefined;
  const name = resource.properties.LogGroupName;
  return typeof name === "string" ? name : undefined;
}

/** A file name that no other takes, whatever characters the family has. */
function freePath(family: string, taken: Set<string>): string {
  const base = family.replace(/[^A-Za-z0-9_-]/g, "-").slice(0, 200) || "task";
  let name = base;
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base}-${number}`;
  taken.add(name.toLowerCase());
  return `${name}.json`;
}
