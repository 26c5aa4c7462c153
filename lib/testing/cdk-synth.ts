import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import * as core from "aws-cdk-lib";
import { build, type Plugin } from "esbuild";
import type { OutFile } from "../export/target";

export type Template = Record<string, unknown>;

/** The app's files as one script, bundled from memory. */
async function bundled(files: readonly OutFile[], entry: string): Promise<string> {
  const byPath = new Map(files.map(({ path, text }) => [path, text]));
  const memory: Plugin = {
    name: "memory",
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer, kind }) => {
        if (kind === "entry-point") return { path, namespace: "memory" };
        if (!path.startsWith(".")) return { path, external: true };
        return { path: `${posix.join(posix.dirname(importer), path)}.ts`, namespace: "memory" };
      });
      build.onLoad({ filter: /.*/, namespace: "memory" }, ({ path }) => {
        const contents = byPath.get(path);
        return contents === undefined
          ? { errors: [{ text: `${path} is not among the files.` }] }
          : { contents, loader: "ts" };
      });
    },
  };
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    plugins: [memory],
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

const require = createRequire(import.meta.url);

/** Runs an exported CDK app with the context of its cdk.json and gives the template of each stack, by stack name. */
export async function synthesise(files: readonly OutFile[]): Promise<Record<string, Template>> {
  const settings = JSON.parse(files.find(({ path }) => path === "cdk.json")?.text ?? "{}") as {
    app: string;
    context: Record<string, unknown>;
  };
  const code = await bundled(files, settings.app.split(" ").at(-1) as string);
  const apps: core.App[] = [];
  const outdir = mkdtempSync(join(tmpdir(), "bayplan-cdk-"));
  class App extends core.App {
    constructor(props?: core.AppProps) {
      super({ ...props, outdir, context: { ...settings.context, "aws:cdk:enable-path-metadata": true } });
      apps.push(this);
    }
  }
  try {
    const load = (name: string): unknown => (name === "aws-cdk-lib" ? withApp(App) : require(name));
    new Function("require", "module", "exports", code.replace(/^#!.*/, ""))(load, { exports: {} }, {});
    const assembly = apps[0]?.synth();
    return Object.fromEntries((assembly?.stacks ?? []).map((stack) => [stack.stackName, stack.template as Template]));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The library with another App; its other names stay lazy. */
const withApp = (App: typeof core.App): object =>
  new Proxy(require("aws-cdk-lib") as object, {
    get: (library, name) => (name === "App" ? App : Reflect.get(library, name)),
  });
