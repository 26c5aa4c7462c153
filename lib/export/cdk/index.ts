import * as z from "zod";
import { templateQuotas } from "../../aws/template-quotas";
import { logicalIdFrom, slug } from "../../core/ids";
import type { Origin, Stack } from "../../stack/stack";
import { descriptionOf } from "../description";
import { Lines } from "../lines";
import type { ExportContext, ExportNote, OutFile, Target } from "../target";
import type { Variable } from "./code";
import { environmentsFile } from "./environments/file";
import { type MergedProgram, mergePrograms } from "./environments/merge";
import { classFile, type UnitClass } from "./files";
import { builders } from "./l2";
import { coreNames, modules } from "./modules";
import { asWritten, nameAll, writeAll } from "./patterns";
import { dropUnused, ordered, type Program, type Statement, type Step, type Unit } from "./program";
import { projectFiles } from "./project";
import { writeHead, writeOutputs } from "./stack-parts";
import { Writing } from "./writing";

const options = z.strictObject({});
export type CdkOptions = z.output<typeof options>;

/** A CDK app in TypeScript whose synthesised template equals the CloudFormation export (PARITY.md). */
export const cdk: Target<CdkOptions> = {
  id: "cdk",
  label: "AWS CDK",
  about: "A TypeScript app that synthesises to the same template.",
  options,
  environments: "merged",
  emit(stack, _options, context) {
    if (!stack.environments) {
      const writing = write(stack, context);
      dropUnused(writing.program);
      const { description } = stack;
      return {
        files: files(writing.program, context, { description }),
        notes: [...tooMuchFor(stack), ...writing.notes],
      };
    }
    const written = context.environments.map((one) => ({
      name: one.name,
      description: one.stack.description,
      writing: write(one.stack, { ...context, environment: one.name }),
    }));
    const merged = mergePrograms(written.map(({ name, writing }) => ({ name, program: writing.program })));
    dropUnused(merged.program);
    const environments = { ...merged, stacks: written.map(({ name, description }) => ({ name, description })) };
    const notes = new Map(written.flatMap(({ writing }) => writing.notes.map((note) => [note.message, note])));
    const limits = context.environments.flatMap((one) => tooMuchFor(one.stack, one.name));
    return { files: files(merged.program, context, { environments }), notes: [...limits, ...notes.values()] };
  },
};

/** What the app cannot deploy; the CDK counts resources itself and refuses to synthesise more. */
function tooMuchFor(stack: Stack, environment?: string): ExportNote[] {
  const where = environment === undefined ? "The stack" : `The stack of ${environment}`;
  return (["resources", "parameters", "outputs"] as const).flatMap((what) => {
    const count = Object.keys(stack[what]).length;
    if (count <= templateQuotas[what]) return [];
    const refusal = what === "resources" ? " and cdk synth refuses more" : "";
    const way = what === "parameters" ? "" : ", or take the CloudFormation export, which nests templates";
    return {
      message: `${where} has ${count} ${what}; CloudFormation takes ${templateQuotas[what]} in one${refusal}. Split the design${way}.`,
    };
  });
}

/** One stack, or one for each environment of the one class. */
type Instances =
  | { description: string; environments?: undefined }
  | { environments: MergedProgram & { stacks: readonly { name: string; description: string }[] } };

/** Everything of the stack as statements, in the order in which an author would write them. */
function write(stack: Stack, context: ExportContext): Writing {
  const writing = new Writing(stack, context, builders);
  writeHead(writing);
  const constructs = asWritten(stack.constructs);
  for (const construct of constructs) nameAll(writing, construct);
  for (const construct of constructs) writeAll(writing, construct);
  writeOutputs(writing);
  return writing;
}

const stacksOf = (instances: Instances): readonly { name?: string; description: string }[] =>
  instances.environments ? instances.environments.stacks : [{ description: instances.description }];

function files(program: Program, context: ExportContext, instances: Instances): OutFile[] {
  const steps = ordered(program);
  const name = logicalIdFrom(context.designName, "Design", new Set());
  const stackFile = `${kebab(name)}-stack`;
  const stackClass = `${name}Stack`;
  const { environments } = instances;
  const reads = environments !== undefined && usersOf(steps).has(environments.environment);
  const units = unitClasses(steps, stackClass, stackFile);
  const titleOf = (from: Origin): string | undefined => title(context, from);
  const head = context.findings.map(({ rule, message }) => `ERROR ${rule}: ${message}`);
  const common = { titleOf, units, head: [] as string[] };
  const main = classFile({
    ...common,
    path: `lib/${stackFile}.ts`,
    name: stackClass,
    about: `${context.designName}: everything that the design creates.`,
    extends: "Stack",
    steps,
    head,
    needs: environments && reads ? [environments.environment] : [],
    gives: [],
  });
  const inner = steps.flatMap((step) => {
    const made = "unit" in step ? units.get(step.unit) : undefined;
    if (!made || !("unit" in step)) return [];
    return classFile({
      ...common,
      path: `lib/${made.file}.ts`,
      name: made.name,
      about: step.unit.about,
      extends: "Construct",
      steps: step.statements.map((statement) => ({ statement })),
      needs: made.needs,
      gives: made.gives,
    });
  });
  const around = projectFiles({
    slug: slug(context.designName, "design"),
    stackClass,
    stackFile,
    stackId: name,
    instances: stacksOf(instances).map((one) => ({
      ...one,
      description: descriptionOf(context.designName, one.description),
    })),
    environmentProperty: reads && environments ? environments.environment.name : undefined,
  }).map(plainFile);
  const settings = environments && reads ? [plainFile(environmentsFile(context.designName, environments))] : [];
  // The stack first: it is what people open.
  return [main, ...inner, ...settings, ...around];
}

function plainFile({ path, text }: { path: string; text: string }): OutFile {
  const lines = new Lines();
  for (const line of text.replace(/\n$/, "").split("\n")) lines.add(line);
  return { path, text: lines.text(), lines: [] };
}

const kebab = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();

/** "Front door", or "Front door → Web" for an edge. */
function title({ names, model }: ExportContext, { node, edge }: Origin): string | undefined {
  if (node !== undefined) return names[node] ?? node;
  const found = edge === undefined ? undefined : model.edge(edge);
  return found ? `${found.from.name} → ${found.to.name}` : edge;
}

/** Class, file and surface of each unit that stands as one step. */
function unitClasses(steps: readonly Step[], stackClass: string, stackFile: string): ReadonlyMap<Unit, UnitClass> {
  const classes = new Set<string>([...coreNames, ...Object.keys(modules), "Construct", "Environment", stackClass]);
  const fileNames = new Set<string>([stackFile, "environments"]);
  const free = (wanted: string, taken: Set<string>): string => {
    let name = wanted;
    for (let number = 2; taken.has(name); number += 1) name = `${wanted}${number}`;
    taken.add(name);
    return name;
  };
  const users = usersOf(steps);
  const units = new Map<Unit, UnitClass>();
  for (const step of steps) {
    if (!("unit" in step)) continue;
    const inside = new Set(step.statements.flatMap(({ declares }) => (declares ? [declares] : [])));
    const needs = new Set<Variable>();
    for (const { uses } of step.statements) for (const one of uses) if (!inside.has(one)) needs.add(one);
    const name = step.unit.name.charAt(0).toUpperCase() + step.unit.name.slice(1);
    units.set(step.unit, {
      name: free(name, classes),
      file: free(kebab(name), fileNames),
      id: step.unit.name,
      needs: [...needs],
      gives: [...inside].filter((variable) => [...(users.get(variable) ?? [])].some((user) => user !== step)),
    });
  }
  return units;
}

/** The steps that use each variable. */
function usersOf(steps: readonly Step[]): ReadonlyMap<Variable, ReadonlySet<Step>> {
  const users = new Map<Variable, Set<Step>>();
  for (const step of steps) {
    const statements: readonly Statement[] = "unit" in step ? step.statements : [step.statement];
    for (const { uses } of statements) {
      for (const variable of uses) {
        const known = users.get(variable);
        if (known) known.add(step);
        else users.set(variable, new Set([step]));
      }
    }
  }
  return users;
}
