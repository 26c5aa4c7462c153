import * as z from "zod";
import { printDocument } from "../../document/parse";
import type { Stack } from "../../stack/stack";
import { Lines } from "../lines";
import type { ExportContext, ExportNote, OutFile, Target, TargetId } from "../target";
import { bootstrapLines } from "./bootstrap";
import { pipelines, roleFileOf } from "./pipelines";
import { folderOf, infrastructures, pipelineIds, planOf } from "./plan";
import { readme } from "./readme";

/** The other targets, loaded: a target emits at once, so the registry hands them over. */
export type Siblings = Readonly<Partial<Record<TargetId | (typeof infrastructures)[number], Target>>>;

const optionsFor = (siblings: Siblings) =>
  z.strictObject({
    infrastructure: z
      .enum(infrastructures)
      .exclude(infrastructures.filter((id) => !siblings[id]) as never)
      .default("cloudformation")
      .meta({ label: "Infrastructure as" }),
    pipeline: z
      .enum([...pipelineIds, "none"])
      .default("github")
      .meta({
        label: "Deploy with",
        help: "A pipeline of GitHub or GitLab that takes over a role in AWS for each run; no key is stored.",
      }),
  });
export type RepositoryOptions = z.output<ReturnType<typeof optionsFor>>;

/** Everything that a repository of this design needs, in the places where people look for it. */
export const repositoryOf = (siblings: Siblings): Target<RepositoryOptions> => ({
  id: "repository",
  label: "Repository",
  about: "Infrastructure, task definitions, README, picture and deployment in one folder.",
  options: optionsFor(siblings),
  environments: "merged",
  emit(stack, { infrastructure, pipeline: chosen }, context) {
    const pipeline = chosen === "none" ? null : chosen;
    const roleFile = roleFileOf(pipeline ?? "github");
    const files: OutFile[] = [];
    const notes: ExportNote[] = [];
    const several = stack.environments !== undefined;
    const take = (
      id: TargetId | (typeof infrastructures)[number],
      path: (path: string) => string,
      of: Stack,
      to: ExportContext = context,
    ): void => {
      const emitted = siblings[id]?.emit(of, {}, to);
      if (!emitted) return;
      for (const file of emitted.files) files.push({ ...file, path: path(file.path) });
      for (const note of emitted.notes) {
        if (!notes.some(({ message }) => message === note.message)) notes.push(note);
      }
    };
    const takesAll = siblings[infrastructure]?.environments === "merged";
    const described = takesAll ? stack : context.single;
    if (several && !takesAll) notes.push(oneAtATime(siblings[infrastructure]));
    take(infrastructure, (path) => `${folderOf[infrastructure]}/${path}`, described);
    if (infrastructure === "terraform") files.push(printed("terraform/backend.tf", BACKEND));
    if (several) {
      for (const { name, stack: own } of context.environments) {
        const to = { ...context, environment: name, single: own };
        take("task-definition", (path) => `task-definitions/${name}/${path}`, own, to);
      }
    } else take("task-definition", (path) => `task-definitions/${path}`, stack);
    take("compose", (path) => path, context.single);
    take("svg", () => "architecture.svg", context.single);
    const plan = planOf(described, context, { infrastructure, pipeline, roleFile }, files);
    files.push(printed(plan.designFile, printDocument(context.design).replace(/\n$/, "").split("\n")));
    files.push(printed(".gitignore", [".env", "node_modules", "cdk.out", ".terraform", "*.tfstate*"]));
    if (pipeline !== null) {
      const { path, lines } = pipelines[pipeline];
      files.push(printed(path, lines(plan)), printed(roleFile, bootstrapLines(plan, pipeline)));
    }
    return { files: [readme(plan), ...files], notes };
  },
});

const oneAtATime = (target: Target | undefined): ExportNote => ({
  message: `${target?.label ?? "This format"} takes one environment at a time; what is here is the design as drawn. Choose an environment to export it as that one sees it.`,
});

/** The bucket and the key are said by who deploys. https://developer.hashicorp.com/terraform/language/backend/s3 */
const BACKEND = ["terraform {", '  backend "s3" {', "    use_lockfile = true", "  }", "}"];

function printed(path: string, text: readonly string[]): OutFile {
  const lines = new Lines();
  for (const line of text) lines.add(line);
  return { path, text: lines.text(), lines: [] };
}
