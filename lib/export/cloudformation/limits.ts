import { templateQuotas } from "../../aws/template-quotas";
import type { Stack } from "../../stack/stack";
import { byteLength } from "../lines";
import type { ExportNote, OutFile } from "../target";

/** A template and what it is printed from. */
export interface Template {
  stack: Stack;
  file: OutFile;
}

const counted = ["resources", "parameters", "outputs"] as const;

/** What a template of the whole stack has too much of, apart from parameters, which people give to the root in any case. */
export function tooMuch(stack: Stack, text: string | undefined): string[] {
  const found = (["resources", "outputs"] as const).flatMap((what) => {
    const count = Object.keys(stack[what]).length;
    return count > templateQuotas[what] ? [`${count} ${what} (CloudFormation takes ${templateQuotas[what]})`] : [];
  });
  const bytes = text === undefined ? 0 : byteLength(text);
  return bytes > templateQuotas.bytes
    ? [...found, `${bytes} bytes (CloudFormation takes ${templateQuotas.bytes})`]
    : found;
}

/** What CloudFormation would refuse of these templates. */
export function limitNotes(templates: readonly Template[]): ExportNote[] {
  return templates.flatMap(({ stack, file }) => {
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
    const bytes = byteLength(file.text);
    if (bytes > templateQuotas.bytes) {
      found.push({
        message: `${name} has ${bytes} bytes; CloudFormation takes ${templateQuotas.bytes} from S3. Split the design.`,
      });
    }
    return found;
  });
}
