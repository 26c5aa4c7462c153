import type { Resource, Stack } from "../../stack/stack";
import type { Properties, Value } from "../../stack/value";
import type { ExportContext } from "../target";

/** Longest description that CloudFormation takes, in bytes. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-description-structure.html */
const MAX_DESCRIPTION = 1024;

/** The attributes of a resource in the order a careful author writes them. */
export function resourceBody(resource: Resource): Properties {
  const body: Properties = { Type: resource.type };
  if (resource.condition !== undefined) body.Condition = resource.condition;
  if (resource.dependsOn && resource.dependsOn.length > 0) {
    body.DependsOn = resource.dependsOn.length === 1 ? (resource.dependsOn[0] as string) : [...resource.dependsOn];
  }
  if (resource.deletionPolicy !== undefined) body.DeletionPolicy = resource.deletionPolicy;
  if (resource.updateReplacePolicy !== undefined) body.UpdateReplacePolicy = resource.updateReplacePolicy;
  if (resource.creationPolicy) body.CreationPolicy = resource.creationPolicy;
  if (resource.updatePolicy) body.UpdatePolicy = resource.updatePolicy;
  if (resource.metadata) body.Metadata = resource.metadata;
  if (Object.keys(resource.properties).length > 0) body.Properties = resource.properties;
  return body;
}

/** Everything of a template but its resources, in the order of the template anatomy. */
export interface Head {
  description: string;
  sections: { title: string; entries: Record<string, Value> }[];
  outputs: Record<string, Value>;
}

export function head(stack: Stack, context: ExportContext): Head {
  const parameters: Record<string, Value> = {};
  for (const [name, parameter] of Object.entries(stack.parameters)) {
    parameters[name] = {
      Type: parameter.type,
      Description: parameter.description,
      ...(parameter.default === undefined ? {} : { Default: parameter.default }),
      ...(parameter.allowedValues ? { AllowedValues: parameter.allowedValues } : {}),
      ...(parameter.minValue === undefined ? {} : { MinValue: parameter.minValue }),
      ...(parameter.maxValue === undefined ? {} : { MaxValue: parameter.maxValue }),
      ...(parameter.noEcho ? { NoEcho: true } : {}),
    };
  }
  const outputs: Record<string, Value> = {};
  for (const [name, output] of Object.entries(stack.outputs)) {
    outputs[name] = { Description: output.description, Value: output.value };
  }
  return {
    description: descriptionOf(context.designName, stack.description),
    sections: [
      { title: "Parameters", entries: parameters },
      { title: "Mappings", entries: stack.mappings },
      { title: "Conditions", entries: stack.conditions },
    ].filter((section) => Object.keys(section.entries).length > 0),
    outputs,
  };
}

/** Name and description; where there is no room for both, what has to be done matters more than the name. */
function descriptionOf(name: string, description: string): string {
  const room = MAX_DESCRIPTION - bytesOf(description) - bytesOf(". ");
  const title = room >= LEAST_NAME ? clipBytes(name, room) : clipBytes(name, LEAST_NAME);
  return clipBytes(`${title}. ${description}`.trim(), MAX_DESCRIPTION);
}

/** So much of a name, in bytes, tells designs apart. */
const LEAST_NAME = 40;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** Cuts between characters, so that the text with the ellipsis fits. */
function clipBytes(text: string, limit: number): string {
  if (bytesOf(text) <= limit) return text;
  let left = limit - bytesOf("…");
  let kept = "";
  for (const character of text) {
    left -= bytesOf(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
}
