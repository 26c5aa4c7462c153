import * as z from "zod";
import { printDocument } from "../../document/parse";
import type { Stack } from "../../stack/stack";
import { Lines } from "../lines";
import type { ExportContext, ExportNote, OutFile, Target, TargetId } from "../target";
import { bootstrapLines } from "./bootstrap";
import { pipelines, roleFileOf } from "./pipelines";
import { folderOf, infrastructures, PACKAGED, pipelineIds, planOf } from "./plan";
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
    const apart = several && !takesAll;
    /** Into a folder, or into one of its own for each environment. */
    const takeInto = (id: TargetId | (typeof infrastructures)[number], folder: string, each: boolean): string[] => {
      if (!each) {
        take(id, (path) => `${folder}/${path}`, stack);
        return [folder];
      }
      return context.environments.map(({ name, stack: own }) => {
        take(id, (path) => `${folder}/${name}/${path}`, own, { ...context, environment: name, single: own });
        return `${folder}/${name}`;
      });
    };
    const folders = takeInto(infrastructure, folderOf[infrastructure], apart);
    if (infrastructure === "terraform") {
      for (const folder of folders) files.push(printed(`${folder}/backend.tf`, BACKEND));
    }
    takeInto("task-definition", "task-definitions", several);
    take("compose", (path) => path, context.single);
    take("svg", () => "architecture.svg", context.single);
    const plan = planOf(stack, context, { infrastructure, pipeline, roleFile, apart }, files);
    files.push(printed(plan.designFile, printDocument(context.design).replace(/\n$/, "").split("\n")));
    files.push(
      printed(".gitignore", [
        ".env",
        "node_modules",
        "cdk.out",
        ".terraform",
        "*.tfstate*",
        ...(plan.nested ? [PACKAGED] : []),
      ]),
    );
    if (pipeline !== null) {
      const { path, lines } = pipelines[pipeline];
      files.push(printed(path, lines(plan)), printed(roleFile, bootstrapLines(plan, pipeline)));
    }
    return { files: [readme(plan), ...files], notes };
  },
});

/** The bucket and the key are said by who deploys. https://developer.hashicorp.com/terraform/language/backend/s3 */
const BACKEND = ["terraform {", '  backend "s3" {', "    use_lockfile = true", "  }", "}"];

function printed(path: string, text: readonly string[]): OutFile {
  const lines = new Lines();
  for (const line of text) lines.add(line);
  return { path, text: lines.text(), lines: [] };
}
