import type { OutFile, TargetId } from "@/lib/export/target";

/** Headings of the export dialog, in this order. */
export const groups = {
  infrastructure: "Infrastructure",
  tasks: "Tasks",
  repository: "Repository",
  pictures: "Pictures",
} as const;
export type GroupId = keyof typeof groups;

/** A file made of a text file, such as a PNG of an SVG. */
export interface BinaryFile {
  path: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** One way to take the design away: a target with its options. */
export interface Choice {
  id: string;
  label: string;
  /** One plain sentence: what it is and what it is for. */
  about: string;
  group: GroupId;
  target: TargetId;
  /** Options that make this choice what it is. Others that the target's schema labels are asked in the dialog. */
  options: Readonly<Record<string, unknown>>;
  /** Shown in the code panel. */
  inCode: boolean;
  /** Offered by the export dialog. */
  inExport: boolean;
  /** Files that belong into one folder: downloaded as a zip even when there is only one. */
  folder: boolean;
  /** What the browser makes of each file on the way out; loaded when first used. */
  convert?: () => Promise<(file: OutFile) => Promise<BinaryFile>>;
}

/** Every target has at least one choice. The language of a file follows from its name (languages.ts). */
const byTarget: Readonly<Record<TargetId, readonly Omit<Choice, "target">[]>> = {
  cloudformation: [
    {
      id: "cloudformation-yaml",
      label: "CloudFormation YAML",
      about: "One template with comments that name the parts of the drawing.",
      group: "infrastructure",
      options: { format: "yaml" },
      inCode: true,
      inExport: true,
      folder: false,
    },
    {
      id: "cloudformation-json",
      label: "CloudFormation JSON",
      about: "The same template as JSON.",
      group: "infrastructure",
      options: { format: "json" },
      inCode: true,
      inExport: true,
      folder: false,
    },
  ],
  cdk: [
    {
      id: "cdk",
      label: "AWS CDK",
      about: "A TypeScript app that synthesises to the same template.",
      group: "infrastructure",
      options: {},
      inCode: true,
      inExport: true,
      folder: true,
    },
  ],
  terraform: [
    {
      id: "terraform",
      label: "Terraform",
      about: "One module in HCL that makes the same resources.",
      group: "infrastructure",
      options: {},
      inCode: true,
      inExport: true,
      folder: true,
    },
  ],
  "task-definition": [
    {
      id: "task-definition",
      label: "Task definitions",
      about: "One JSON file each, for aws ecs register-task-definition.",
      group: "tasks",
      options: {},
      inCode: true,
      inExport: true,
      folder: true,
    },
  ],
  repository: [
    {
      id: "repository",
      label: "Repository",
      about: "Everything that a repository of this design needs: infrastructure, README, picture, deployment.",
      group: "repository",
      options: {},
      inCode: false,
      inExport: true,
      folder: true,
    },
  ],
  compose: [
    {
      id: "compose",
      label: "Compose",
      about: "A file that runs the containers on your own machine, with docker compose up.",
      group: "tasks",
      options: {},
      inCode: true,
      inExport: true,
      folder: true,
    },
  ],
  svg: [
    {
      id: "svg",
      label: "SVG",
      about: "A sharp picture for documents and web pages; it needs no font and opens again in Bayplan.",
      group: "pictures",
      options: {},
      inCode: true,
      inExport: true,
      folder: false,
    },
    {
      id: "png",
      label: "PNG",
      about: "A picture for slides and chats, in double density; it opens again in Bayplan.",
      group: "pictures",
      options: {},
      inCode: false,
      inExport: true,
      folder: false,
      convert: async () => (await import("../export/png")).toPng,
    },
  ],
  mermaid: [
    {
      id: "mermaid",
      label: "Mermaid",
      about: "A flowchart as text for READMEs; GitHub and GitLab draw it.",
      group: "pictures",
      options: {},
      inCode: true,
      inExport: true,
      folder: false,
    },
  ],
};

/** Every choice, by heading and then in the order above. */
export const choices: readonly Choice[] = (Object.keys(groups) as GroupId[]).flatMap((group) =>
  (Object.keys(byTarget) as TargetId[]).flatMap((target) =>
    byTarget[target].filter((choice) => choice.group === group).map((choice) => ({ ...choice, target })),
  ),
);

export const codeChoices: readonly Choice[] = choices.filter(({ inCode }) => inCode);
export const exportChoices: readonly Choice[] = choices.filter(({ inExport }) => inExport);

export const choiceOf = (id: string): Choice => choices.find((choice) => choice.id === id) ?? (choices[0] as Choice);
