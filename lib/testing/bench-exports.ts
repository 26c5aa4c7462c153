import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { analyse } from "../editor/analysis";
import { exportInput } from "../editor/exporting";
import type { OutFile } from "../export/target";
import { targets } from "../export/targets";
import { sampleDesign } from "./sample-design";

/**
 * Time of the export of one design in every text format and SVG, beside a run of its CDK app (what `cdk synth` starts,
 * without the CDK's own command line) and beside cfn-lint reading its template, all in this run. Prints; asserts nothing.
 */
export async function benchExports(median: (work: () => void) => number): Promise<void> {
  const document = designOf(200);
  const analysis = analyse(document, { environment: null, scenario: "typical", prices: null });
  const { stack, context } = exportInput(analysis, { prices: null });
  // A repository holds the other formats once more.
  const ids = (Object.keys(targets) as (keyof typeof targets)[]).filter((id) => String(id) !== "repository");
  const formats = await Promise.all(ids.map(async (id) => [id, await targets[id]()] as const));
  const times = formats.map(([id, target]) => [id, median(() => target.emit(stack, {}, context))] as const);
  const total = times.reduce((sum, [, time]) => sum + time, 0);
  const files = (id: string): OutFile[] =>
    formats.find(([other]) => other === id)?.[1].emit(stack, {}, context).files ?? [];

  const folder = mkdtempSync(join(tmpdir(), "bayplan-bench-"));
  try {
    console.log(`\nExport of ${Object.keys(stack.resources).length} resources, ms`);
    console.table(
      Object.fromEntries(
        [...times, ["all formats", total] as const].map(([id, ms]) => [id, Number(ms.toPrecision(3))]),
      ),
    );
    beside("a run of the CDK app", await cdkSeconds(folder, files("cdk")), total);
    beside("cfn-lint", lintSeconds(folder, files("cloudformation")), total);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function beside(what: string, seconds: number | undefined, total: number): void {
  if (seconds === undefined) console.log(`No comparison with ${what}: it is not on this machine.`);
  else
    console.log(
      `${what}: ${seconds.toFixed(1)} s, ${((seconds * 1000) / total).toFixed(0)} times as long (target: at least 200)`,
    );
}

/** The first random design with so many resources. */
function designOf(resources: number): ReturnType<typeof sampleDesign> {
  for (let size = 40; ; size += 5) {
    const document = sampleDesign(42, size);
    const { stack } = analyse(document, { environment: null, scenario: "typical", prices: null });
    if (Object.keys(stack.resources).length >= resources) return document;
  }
}

function write(folder: string, files: readonly OutFile[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Seconds of one process; undefined when there is no such command. */
function seconds(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): number | undefined {
  const start = performance.now();
  const { error, status, stderr } = spawnSync(command, args, { env: { ...process.env, ...env } });
  if (error) return undefined;
  // cfn-lint answers 2 to 14 where it has something to say.
  if (status === null || status === 1) throw new Error(`${command} failed: ${stderr}`);
  return (performance.now() - start) / 1000;
}

async function cdkSeconds(folder: string, files: readonly OutFile[]): Promise<number | undefined> {
  const app = join(folder, "cdk");
  write(app, files);
  symlinkSync(resolve("node_modules"), join(app, "node_modules"));
  const { app: command, context } = JSON.parse(files.find(({ path }) => path === "cdk.json")?.text ?? "{}");
  const entry = String(command).split(" ").at(-1) as string;
  const outfile = join(app, "app.cjs");
  await build({
    entryPoints: [join(app, entry)],
    outfile,
    bundle: true,
    platform: "node",
    packages: "external",
    logLevel: "silent",
  });
  return seconds(process.execPath, [outfile], {
    CDK_OUTDIR: join(folder, "cdk.out"),
    CDK_CONTEXT_JSON: JSON.stringify(context),
  });
}

function lintSeconds(folder: string, files: readonly OutFile[]): number | undefined {
  write(folder, files);
  return seconds("cfn-lint", [join(folder, files[0]?.path ?? "")]);
}
