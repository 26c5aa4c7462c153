import { isObject } from "../core/json";
import { Intrinsic, type Properties, type Value } from "./value";

/** "Fn::Join", "Fn::Transform"; `Condition` only means something in Fn::If, which keeps its name as text. */
const FUNCTION = /^Fn::[A-Za-z0-9]+(::[A-Za-z0-9]+)?$/;

/**
 * Raw JSON as people paste it from templates, with objects of exactly one key that is an intrinsic function made into
 * one; all else stays as it is. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export function valueFromJson(json: unknown): Value {
  if (Array.isArray(json)) return json.map(valueFromJson);
  if (!isObject(json)) return scalar(json);
  const [key, ...more] = Object.keys(json);
  if (key !== undefined && more.length === 0) {
    if (key === "Ref" && typeof json.Ref === "string") return new Intrinsic("Ref", json.Ref);
    if (FUNCTION.test(key)) return new Intrinsic(key, valueFromJson(json[key]));
  }
  return propertiesFromJson(json);
}

/** An object that is properties, whatever its keys. */
export const propertiesFromJson = (json: Readonly<Record<string, unknown>>): Properties =>
  Object.fromEntries(Object.entries(json).map(([key, value]) => [key, valueFromJson(value)]));

const scalar = (json: unknown): Value =>
  typeof json === "string" || typeof json === "number" || typeof json === "boolean" ? json : null;
