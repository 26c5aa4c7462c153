import * as z from "zod";
import { printJson } from "../../core/json";
import { list } from "../../core/text";
import { isType, type Resource, resourcesOf, type Stack } from "../../stack/stack";
import type { Properties } from "../../stack/value";
import type { ExportNote, OutFile, Target } from "../target";
import { type Resolve, toRegister } from "./register";
import { resolveFrom } from "./values";

const options = z.strictObject({
  for: z.enum(["register", "render-action"]).default("register").meta({
    label: "For",
    help: "register: aws ecs register-task-definition. render-action: the GitHub action that puts the image of each build into the file.",
  }),
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
  environments: "single",
  emit(stack, { for: reader, values }) {
    const files: OutFile[] = [];
    const notes: ExportNote[] = [];
    const deployed = resolveFrom(values);
    const taken = new Set<string>();
    for (const resource of resourcesOf(stack, "AWS::ECS::TaskDefinition")) {
      const open = new Set<string>();
      const resolve: Resolve = (reference) => deployed(reference) ?? literalName(stack, reference);
      const built = reader === "render-action" ? builtImages(resource) : [];
      const text = printJson(toRegister(rendered(resource.properties, built), { resolve, open }));
      const origin = resource.origins[""]?.[0];
      const place = origin?.node === undefined ? {} : { node: origin.node };
      const family = typeof resource.properties.Family === "string" ? resource.properties.Family : resource.id;
      files.push({
        path: freePath(family, taken),
        text,
        lines: text.split("\n").map((_, line) => ({ line, ...place })),
      });
      if (built.length > 0) {
        notes.push({
          message: `${family}: run aws-actions/amazon-ecs-render-task-definition once for each of ${list(built)} (container-name), with the image that the build pushed, and each time on the file that the last run gave; then amazon-ecs-deploy-task-definition.`,
          ...place,
        });
      }
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

/** Containers whose image a build pushes to a repository of the design: everything that is no fixed text. */
const builtImages = (resource: Resource): string[] =>
  containersOf(resource.properties).flatMap(({ Name, Image }) =>
    typeof Image === "string" || typeof Name !== "string" ? [] : [Name],
  );

const containersOf = ({ ContainerDefinitions: list }: Properties): Properties[] =>
  Array.isArray(list) ? (list as Properties[]) : [];

/** With a text of ours where the action writes the image. https://github.com/aws-actions/amazon-ecs-render-task-definition */
function rendered(properties: Properties, built: readonly string[]): Properties {
  if (built.length === 0) return properties;
  const containers = containersOf(properties).map((container) =>
    built.includes(String(container.Name)) ? { ...container, Image: "image-of-the-build" } : container,
  );
  return { ...properties, ContainerDefinitions: containers };
}

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
