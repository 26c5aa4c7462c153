// Bundles TypeScript of the project into one file that plain Node runs. Needs esbuild; runs on Node 18.
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesBelow, hashOf, isStamped, Refusal, root } from "./project.mjs";

export const cliFile = join(root, "dist", "cli.mjs");
const cliStamp = join(root, "dist", "cli.stamp");
const cliEntry = "lib/cli/node.ts";

/** Bundles `entry` to `outfile`. A bundle for the package carries its dependencies, one for the checkout need not. */
export async function bundle(entry, outfile, { packages = "bundle", minify = false } = {}) {
  const { build } = await import("esbuild");
  // esbuild itself prints what is wrong, with the lines that it is about.
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    target: "node22",
    packages,
    // Found beside the bundle when first needed: native code, and what is as large as all the rest.
    external: ["sharp", "elkjs", "@aws-sdk/client-pricing"],
    minify,
    legalComments: "inline",
    logLevel: "error",
    // Dependencies written as CommonJS ask for Node's modules through require.
    banner: {
      js: 'import { createRequire as bayplanRequire } from "node:module";\nconst require = bayplanRequire(import.meta.url);',
    },
  }).catch(() => {
    throw new Refusal(`${entry} could not be bundled; the reason is above.`);
  });
  mkdirSync(dirname(outfile), { recursive: true });
  // Renamed into place: a command that starts meanwhile reads the old file or the new one, never half of one.
  const fresh = `${outfile}.${process.pid}`;
  writeFileSync(fresh, outputFiles[0].contents);
  renameSync(fresh, outfile);
}

const isSource = (path) => !/\.(test|golden)\.|^lib\/testing\//.test(path);

/** Bundles the command line to dist/cli.mjs unless the one that is there was made from these very sources. */
export async function bundleCli() {
  const stamp = hashOf([...filesBelow(["lib"], isSource), "package-lock.json", "scripts/bundle.mjs"]);
  if (existsSync(cliFile) && isStamped(cliStamp, stamp)) return;
  await bundle(cliEntry, cliFile);
  writeFileSync(cliStamp, stamp);
}
