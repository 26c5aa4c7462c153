import { templateQuotas } from "../../aws/template-quotas";
import type { Stack } from "../../stack/stack";
import type { ExportNote } from "../target";
import type { Printed } from "./file";

/** A template and what it is printed from. */
export interface Template extends Printed {
  stack: Stack;
}

const counted = ["resources", "parameters", "outputs"] as const;

/** What a template of the whole stack has too much of, apart from parameters, which people give to the root in any case. */
export function tooMuch(stack: Pick<Stack, (typeof counted)[number]>, bytes = 0): string[] {
  const found = (["resources", "outputs"] as const).flatMap((what) => {
    const count = Object.keys(stack[what]).length;
    return count > templateQuotas[what] ? [`${count} ${what} (CloudFormation takes ${templateQuotas[what]})`] : [];
  });
  return bytes > templateQuotas.bytes
    ? [...found, `${bytes} bytes (CloudFormation takes ${templateQuotas.bytes})`]
    : found;
}

/** What CloudFormation would refuse of these templates. */
export function limitNotes(templates: readonly Template[]): ExportNote[] {
  return templates.flatMap(({ stack, file, bytes }) => {
    const found: ExportNote[] = [];
    const name = templates.length === 1 ? "The template" : file.path;
    for (const what of counted) {
      const count = Object.keys(stack[what]).length;
      if (count > templateQuotas[what]) {
        found.push({
          message: `${name} has ${count} ${what}; CloudFormation takes ${templateQuotas[what]} in one. Split the design.`,
        });
      }
    }
    if (bytes > templateQuotas.bytes) {
      found.push({
        message: `${name} has ${bytes} bytes; CloudFormation takes ${templateQuotas.bytes} from S3. Split the design.`,
      });
    }
    return found;
  });
}
