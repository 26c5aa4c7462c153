import type { Resource, Stack } from "../../stack/stack";
import type { Properties, Value } from "../../stack/value";
import { descriptionOf } from "../description";
import type { ExportContext } from "../target";

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

/**
 * How the console asks for the parameters: first what nobody can leave out.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-interface.html
 */
function consoleGroups({ parameters, environments }: Stack): Record<string, Value> {
  const ids = Object.keys(parameters);
  const needed = ids.filter((id) => parameters[id]?.default === undefined);
  const first = needed.filter((id) => id === environments?.parameter);
  const groups = [
    { label: "Needed to deploy", ids: [...first, ...needed.filter((id) => !first.includes(id))] },
    { label: "May stay as they are", ids: ids.filter((id) => !needed.includes(id)) },
  ].filter((group) => group.ids.length > 0);
  // One group says nothing that the list does not.
  if (groups.length < 2) return {};
  return {
    "AWS::CloudFormation::Interface": {
      ParameterGroups: groups.map((group) => ({ Label: { default: group.label }, Parameters: group.ids })),
    },
  };
}

/**
 * Tells cfn-lint that nested templates are named by their path on purpose: `aws cloudformation package` is part of the
 * deployment. https://docs.aws.amazon.com/cli/latest/reference/cloudformation/package.html
 */
function lintSettings({ resources }: Stack): Record<string, Value> {
  const isLocal = ({ type, properties: { TemplateURL: url } }: Resource): boolean =>
    type === "AWS::CloudFormation::Stack" && typeof url === "string" && !url.startsWith("https:");
  return Object.values(resources).some(isLocal) ? { "cfn-lint": { config: { ignore_checks: ["W3002"] } } } : {};
}

/** Everything of a template but its resources, in the order of the template anatomy. */
export interface Head {
  description: string;
  sections: { title: string; entries: Record<string, Value> }[];
  outputs: Record<string, Value>;
  /** For the console, linters and whoever looks for the drawing; the last section. */
  metadata: Record<string, Value>;
}

/** Which node or connection each resource comes from, by their ids in the design. */
function drawingOf({ resources }: Stack): Record<string, Value> {
  const entries = Object.values(resources).flatMap(({ id, origins }): [string, Value][] => {
    const { node, edge } = origins[""]?.[0] ?? {};
    const drawn = node ?? edge;
    return drawn === undefined ? [] : [[id, drawn]];
  });
  return entries.length > 0 ? { "Bayplan::Drawing": Object.fromEntries(entries) } : {};
}

export function head(stack: Stack, context: ExportContext): Head {
  const parameters: Record<string, Value> = {};
  for (const [name, parameter] of Object.entries(stack.parameters)) {
    parameters[name] = {
      Type: parameter.type,
      Description: parameter.description,
      ...(parameter.default === undefined ? {} : { Default: parameter.default }),
      ...(parameter.allowedValues ? { AllowedValues: parameter.allowedValues } : {}),
      ...(parameter.allowedPattern === undefined ? {} : { AllowedPattern: parameter.allowedPattern }),
      ...(parameter.minValue === undefined ? {} : { MinValue: parameter.minValue }),
      ...(parameter.maxValue === undefined ? {} : { MaxValue: parameter.maxValue }),
      ...(parameter.constraintDescription === undefined
        ? {}
        : { ConstraintDescription: parameter.constraintDescription }),
      ...(parameter.noEcho ? { NoEcho: true } : {}),
    };
  }
  const outputs: Record<string, Value> = {};
  for (const [name, output] of Object.entries(stack.outputs)) {
    outputs[name] = {
      ...(output.condition === undefined ? {} : { Condition: output.condition }),
      Description: output.description,
      Value: output.value,
    };
  }
  return {
    description: descriptionOf(context.designName, stack.description),
    sections: [
      { title: "Parameters", entries: parameters },
      { title: "Mappings", entries: stack.mappings },
      { title: "Conditions", entries: stack.conditions },
    ].filter((section) => Object.keys(section.entries).length > 0),
    outputs,
    metadata: { ...consoleGroups(stack), ...lintSettings(stack), ...drawingOf(stack) },
  };
}
