import * as z from "zod";
import { list } from "../../core/text";
import type { Stack } from "../../stack/stack";
import type { ExportNote, Target } from "../target";
import { printers } from "./file";
import { limitNotes, tooMuch } from "./limits";
import { nestedTemplates } from "./nested";
import { sharing } from "./shared";

const options = z.strictObject({
  format: z.enum(["yaml", "json"]).default("yaml").meta({ label: "Format" }),
});
export type CloudFormationOptions = z.output<typeof options>;

/** A CloudFormation template in YAML or JSON; what one cannot hold, as a template with nested ones. */
export const cloudformation: Target<CloudFormationOptions> = {
  id: "cloudformation",
  label: "CloudFormation",
  about: "One template: parameters, resources, outputs. Past CloudFormation's limits, a template that nests others.",
  options,
  environments: "merged",
  emit(whole, { format }, context) {
    const stack = sharing(whole);
    const kept = keptNotes(stack);
    const nestedFor = (why: readonly string[]) =>
      why.length === 0 ? undefined : nestedTemplates(stack, { format, context, why });
    // What is too long anyway is not printed in vain.
    let nested = nestedFor(tooMuch(stack));
    if (!nested) {
      const { file, bytes } = printers[format].file(stack, context, "template");
      nested = nestedFor(tooMuch({ ...stack, resources: {}, outputs: {} }, bytes));
      if (!nested) return { files: [file], notes: [...kept, ...limitNotes([{ stack, file, bytes }])] };
    }
    return { files: nested.files, notes: [...nested.notes, ...kept] };
  },
};

/** CloudFormation takes no condition in DeletionPolicy: what one environment keeps, all keep. */
function keptNotes({ environments, resources }: Stack): ExportNote[] {
  return Object.entries(environments?.kept ?? {}).map(([id, names]) => {
    const { node, edge } = resources[id]?.origins[""]?.[0] ?? {};
    return {
      message: `${id} outlives its stack in every environment because ${list(names)} ${names.length === 1 ? "asks" : "ask"} for it; a template says this once for all.`,
      ...(node === undefined ? {} : { node }),
      ...(edge === undefined ? {} : { edge }),
    };
  });
}
