import { isObject, own } from "../../core/json";
import { pointer } from "../../core/pointer";
import type { Sections } from "./read";
import type { Transform } from "./template";
import type { TemplateProblem } from "./tree";

/**
 * Macros of AWS that leave everything standing that they do not replace.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/transform-reference.html
 */
const harmless: Readonly<Record<string, string>> = {
  "AWS::LanguageExtensions": "its functions are read where they stand",
  "AWS::Serverless-2016-10-31": "what it makes of AWS::Serverless resources is not known here",
  "AWS::CodeDeployBlueGreen": "the resources that it adds during a deployment are not known here",
  "AWS::SecretsManager-2020-07-23": "the rotation functions that it adds are not known here",
  "AWS::SecretsManager-2024-09-16": "the rotation functions that it adds are not known here",
  "AWS::ServiceCatalog": "the outputs that it looks up are not known here",
};

const process =
  "Deploy it, or make a change set of it, and take what aws cloudformation get-template --template-stage Processed gives.";

/**
 * The macros of a template, wherever they are called, with a sentence for each that changes what is created.
 * `Fn::ForEach` and AWS::Include stand for resources that are written elsewhere.
 */
export function transformsOf(from: Sections): { transforms: Transform[]; notes: TemplateProblem[] } {
  const transforms: Transform[] = [];
  const notes: TemplateProblem[] = [];
  const add = (name: string, opaque: boolean, path: string, message: string): void => {
    transforms.push({ name, opaque, path });
    notes.push({ line: from.lineOf(path), path, message });
  };
  const given = own(from.whole, "Transform");
  for (const item of Array.isArray(given) ? given : given === undefined || given === null ? [] : [given]) {
    const name = isObject(item) ? own(item, "Name") : item;
    if (typeof name !== "string") {
      from.say("/Transform", "A Transform has to be the name of a macro, or a map with its Name. Name it.");
      continue;
    }
    const known = own(harmless, name);
    add(
      name,
      known === undefined,
      "/Transform",
      known === undefined
        ? `The macro ${name} rewrites this template before anything is created. ${process}`
        : `${name} is applied before anything is created; ${known}.`,
    );
  }
  const resources = own(from.whole, "Resources");
  const places = isObject(resources) ? Object.entries(resources) : [];
  for (const [id] of places.filter(([key]) => key.startsWith("Fn::ForEach"))) {
    const path = pointer("Resources", id);
    add("Fn::ForEach", true, path, `${id} stands for resources that only its loop writes out. ${process}`);
  }
  for (const path of calls(from.whole)) {
    add(
      "Fn::Transform",
      true,
      path,
      `Fn::Transform puts in what a macro gives, and this file does not say it. ${process}`,
    );
  }
  return { transforms, notes };
}

/** Places of Fn::Transform, down to the properties of resources; deeper ones are values that nobody knows. */
function calls(whole: unknown): string[] {
  const found: string[] = [];
  const visit = (value: unknown, path: string, depth: number): void => {
    if (!isObject(value)) return;
    if (Object.hasOwn(value, "Fn::Transform")) found.push(path);
    if (depth < 4) for (const [key, inner] of Object.entries(value)) visit(inner, path + pointer(key), depth + 1);
  };
  visit(whole, "", 0);
  return found;
}
