#!/usr/bin/env node
// The command line's door: plain JavaScript for Node 18. It hands over to the project's own Node where the running one
// is too old, and in a checkout bundles lib/cli anew when its sources have changed.
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const UNUSABLE = 2;
const OLDEST = 22;
const self = realpathSync(fileURLToPath(import.meta.url));
const root = join(dirname(self), "..");

const say = (sentence) => process.stderr.write(`${sentence}\n`);

/** A newer Node, which npm installed in the checkout or beside the package; null where there is none. */
function newerNode() {
  const own = join(root, "node_modules", ".bin", "node");
  if (existsSync(own)) return own;
  try {
    const system = { linux: "linux", win32: "win" }[process.platform];
    const folder = dirname(createRequire(self).resolve(`node-${system}-${process.arch}/package.json`));
    const beside = join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
    return existsSync(beside) ? beside : null;
  } catch {
    return null;
  }
}

/** Runs this very command on another Node and ends as that one ends. */
function handOver(node) {
  const child = spawn(node, [self, ...process.argv.slice(2)], {
    stdio: "inherit",
    env: { ...process.env, BAYPLAN_HANDED_OVER: "1" },
  });
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => child.kill(name));
  child.on("error", (error) => {
    say(`Bayplan could not start ${node}: ${error.message}`);
    process.exitCode = UNUSABLE;
  });
  child.on("exit", (code, name) => {
    process.exitCode = code ?? 128 + (constants.signals[name] ?? 0);
  });
}

async function main() {
  const bundle = join(root, "dist", "cli.mjs");
  if (existsSync(join(root, "lib", "cli", "node.ts")) && existsSync(join(root, "node_modules", "esbuild"))) {
    const { bundleCli } = await import("./bundle.mjs");
    await bundleCli();
  }
  if (!existsSync(bundle)) {
    say("The command line has not been built yet. Run `npm run setup` in the checkout once, then try again.");
    process.exitCode = UNUSABLE;
    return;
  }
  const { run } = await import(pathToFileURL(bundle).href);
  process.exitCode = await run(process.argv.slice(2));
}

// `bayplan … | head` closes our output early; that is no error of anybody's.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (error.code === "EPIPE") process.exit(0);
    if (stream === process.stdout) say(`The output could not be written: ${error.message}`);
    process.exit(UNUSABLE);
  });
}

if (Number(process.versions.node.split(".")[0]) >= OLDEST) {
  main().catch((error) => {
    const detail = process.env.BAYPLAN_DEBUG ? error.stack : `${error.message} (BAYPLAN_DEBUG=1 shows where)`;
    say(`Bayplan stopped at a defect of its own: ${detail}`);
    process.exitCode = UNUSABLE;
  });
} else {
  const node = process.env.BAYPLAN_HANDED_OVER ? null : newerNode();
  if (node) handOver(node);
  else {
    say(
      `Bayplan needs Node ${OLDEST} or newer; this is ${process.version}. In a checkout, run \`npm run setup\` once.`,
    );
    process.exitCode = UNUSABLE;
  }
}
