import type { Model } from "../model/model";
import type { Stack } from "./stack";

/** What a drawing creates. Total: every design has a stack, faulty ones too. */
export function lower(_model: Model): Stack {
  return { description: "", parameters: {}, mappings: {}, conditions: {}, resources: {}, outputs: {}, constructs: [] };
}
