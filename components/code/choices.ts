import type { TargetId } from "@/lib/export/target";

/** One way to take the design away: a target with its options. */
export interface Choice {
  id: string;
  label: string;
  about: string;
  target: TargetId;
  options: Readonly<Record<string, unknown>>;
  language: "yaml" | "json";
}

const byTarget = {
  cloudformation: [
    {
      id: "cloudformation-yaml",
      label: "CloudFormation YAML",
      about: "One template with comments that name the parts of the drawing.",
      options: { format: "yaml" },
      language: "yaml",
    },
    {
      id: "cloudformation-json",
      label: "CloudFormation JSON",
      about: "The same template as JSON.",
      options: { format: "json" },
      language: "json",
    },
  ],
  "task-definition": [
    {
      id: "task-definition",
      label: "Task definitions",
      about: "One JSON file each, for aws ecs register-task-definition.",
      options: {},
      language: "json",
    },
  ],
} as const satisfies Readonly<Record<TargetId, readonly Omit<Choice, "target">[]>>;

/** Everything the code panel shows and the export dialog offers. */
export const choices: readonly Choice[] = (Object.keys(byTarget) as TargetId[]).flatMap((target) =>
  byTarget[target].map((choice) => ({ ...choice, target })),
);

export const choiceOf = (id: string): Choice => choices.find((choice) => choice.id === id) ?? (choices[0] as Choice);
