import { stringify } from "yaml";
import * as z from "zod";
import { list } from "../../core/text";
import type { ResourceType } from "../../stack/resource-types";
import type { Origin, Stack } from "../../stack/stack";
import { Lines } from "../lines";
import type { ExportContext, ExportNote, OutFile, Target } from "../target";
import { legal, planOf, type Task } from "./plan";
import { type Body, serviceOf } from "./service";
import { Variables } from "./variables";
import { Volumes } from "./volumes";

const options = z.strictObject({});

/** A Compose file that runs the containers of the design on a developer's machine. */
export const compose: Target<z.output<typeof options>> = {
  id: "compose",
  label: "Compose",
  about: "Runs the containers on your own machine with docker compose up.",
  options,
  environments: "single",
  emit(stack, _options, context) {
    const notes: ExportNote[] = [];
    const shared = {
      variables: new Variables(),
      volumes: new Volumes(),
      ports: new Set<string>(),
      tell: (task: Task, message: string) => notes.push({ message: `${task.family}: ${message}`, ...placeOf(task) }),
    };
    const tasks = planOf(stack);
    const bodies = tasks.map((task) =>
      task.parts.map((part) => [part.service, serviceOf(task, part, shared)] as const),
    );

    const lines = new Lines();
    for (const { rule, message } of context.findings) lines.add(comment(`ERROR ${rule}: ${message}`));
    add(lines, { name: projectName(context.designName) });
    lines.add("");
    lines.add(bodies.flat().length === 0 ? "services: {}" : "services:");
    tasks.forEach((task, at) => {
      const from = originOf(task);
      if (bodies[at]?.length) lines.add(`  ${comment(titleOf(task, context))}`, from);
      for (const [name, body] of bodies[at] ?? []) add(lines, { [name]: body }, from, "  ");
    });
    const volumes = shared.volumes.all;
    if (volumes.length > 0) {
      lines.add("");
      add(lines, { volumes: Object.fromEntries(volumes.map((name) => [name, {}])) });
    }
    const files: OutFile[] = [{ path: "compose.yaml", text: lines.text(), lines: lines.origins }];
    const { entries } = shared.variables;
    if (entries.length > 0) {
      const text = entries.map(({ name, preset, about }) => `${comment(about)}\n${name}=${preset}\n`).join("");
      files.push({ path: ".env.example", text, lines: [] });
    }
    return { files, notes: [...notes, ...namesTold(tasks), ...portsTold(tasks), ...elsewhere(stack, entries.length)] };
  },
};

/** As YAML that both versions of the language read alike: texts in quotes, keys that could be something else too. */
function add(lines: Lines, body: Body, from?: Origin, indent = ""): void {
  const text = stringify(body, {
    version: "1.1",
    defaultStringType: "QUOTE_DOUBLE",
    defaultKeyType: "PLAIN",
    lineWidth: 0,
  });
  for (const line of text.trimEnd().split("\n")) lines.add(indent + line, from);
}

const comment = (text: string): string => `# ${text.replace(/[\s\u0085\u2028\u2029]+/g, " ").trim()}`;

const originOf = ({ resource }: Task): Origin | undefined => resource.origins[""]?.[0];
function placeOf(task: Task): { node?: string } {
  const node = originOf(task)?.node;
  return node === undefined ? {} : { node };
}

function titleOf(task: Task, { names }: ExportContext): string {
  const { node } = placeOf(task);
  const name = node === undefined ? task.family : `${names[node] ?? node} (${node})`;
  if (task.runs) return name;
  return `${name}: nothing keeps it running; docker compose run --rm ${task.owner?.service ?? ""}`;
}

/** https://docs.docker.com/reference/compose-file/version-and-name/: small letters, digits, dashes and underscores, a letter or digit first. */
const projectName = (name: string): string =>
  legal(name.toLowerCase())
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^[-_]+|-+$/g, "")
    .slice(0, 60) || "design";

const namesTold = (tasks: readonly Task[]): ExportNote[] =>
  tasks.flatMap((task) =>
    task.parts
      .filter(({ container, service }) => container !== service)
      .map(({ container, service }) => ({
        message: `${task.family}: the container ${container} is the service ${service} in compose.yaml, where each name stands once.`,
        ...placeOf(task),
      })),
  );

/** An alias names a container, not a port: Service Connect can translate ports, Compose cannot. */
const portsTold = (tasks: readonly Task[]): ExportNote[] =>
  tasks.flatMap((task) =>
    task.aliases
      .filter(({ port, target }) => target !== undefined && port !== target)
      .map(({ name, port, target }) => ({
        message: `${task.family}: callers reach ${name} on port ${target} here, not on ${port} as through Service Connect.`,
        ...placeOf(task),
      })),
  );

/** What containers use and Docker does not bring. */
const services: { readonly [K in ResourceType]?: string } = {
  "AWS::S3::Bucket": "buckets",
  "AWS::SNS::Topic": "topics",
  "AWS::SQS::Queue": "queues",
  "AWS::SecretsManager::Secret": "secrets",
  "AWS::SSM::Parameter": "parameters",
};

function elsewhere({ resources }: Stack, variables: number): ExportNote[] {
  const found = new Set(
    Object.values(resources).flatMap((resource) => (resource.raw ? [] : [services[resource.type] ?? []].flat())),
  );
  const notes: ExportNote[] = [];
  if (variables > 0) notes.push({ message: "Copy .env.example to .env and fill it in." });
  if (found.size > 0) {
    notes.push({
      message: `Only containers run here: ${list([...found].sort())} stay in AWS, and calls to them need credentials.`,
    });
  }
  return notes;
}
