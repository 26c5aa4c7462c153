// Finds a Chromium for the browser tests. Needs the dependencies installed; runs on Node 18.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "./processes.mjs";
import { projectNode, Refusal, root } from "./project.mjs";

const require = createRequire(import.meta.url);

const onPath = (name) =>
  (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));

/** Where Playwright would put a browser of its own; null when none has been downloaded. */
function fromPlaywright() {
  const path = require("playwright-core").chromium.executablePath();
  return path && existsSync(path) ? path : null;
}

/** A folder is ours when it is no link, this user's, and closed to others: the temporary directory is everybody's. */
function isOurs(folder) {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return Boolean(stat?.isDirectory()) && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
}

/** The Chromium inside @sparticuz/chromium, unpacked once into a folder of our own; it brings its libraries along. */
async function fromPackage() {
  const manifest = join(root, "node_modules", "@sparticuz", "chromium", "package.json");
  if (process.platform !== "linux" || process.arch !== "x64" || !existsSync(manifest)) return null;
  const { version } = JSON.parse(readFileSync(manifest, "utf8"));
  const folder = join(tmpdir(), `bayplan-chromium-${version}-${process.getuid()}`);
  if (!isOurs(folder)) {
    console.log("Unpacking a Chromium for the browser tests…");
    const fresh = mkdtempSync(join(tmpdir(), "bayplan-chromium-"));
    // The package unpacks into the temporary directory, so it is given the new folder for one.
    const unpack = `
      import { readdirSync } from "node:fs";
      import { inflate } from "@sparticuz/chromium";
      const bin = "node_modules/@sparticuz/chromium/bin";
      for (const name of readdirSync(bin)) await inflate(bin + "/" + name);`;
    const code = await run(projectNode(), ["--input-type=module", "--eval", unpack], { env: { TMPDIR: fresh } });
    if (code !== 0) {
      rmSync(fresh, { recursive: true, force: true });
      throw new Refusal("The Chromium of @sparticuz/chromium could not be unpacked; is the disk full?");
    }
    try {
      renameSync(fresh, folder);
    } catch (error) {
      // Another run was quicker, or the name is taken by somebody else's folder.
      if (!isOurs(folder)) return inFolder(fresh);
      rmSync(fresh, { recursive: true, force: true });
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    }
  }
  return inFolder(folder);
}

function inFolder(folder) {
  const libraries = [join(folder, "al2023", "lib"), folder, process.env.LD_LIBRARY_PATH].filter(Boolean);
  const env = { LD_LIBRARY_PATH: libraries.join(delimiter) };
  // Only where the system has no fonts set up: its own know more scripts.
  if (!existsSync("/etc/fonts/fonts.conf")) env.FONTCONFIG_PATH = join(folder, "fonts");
  return { path: join(folder, "chromium"), env };
}

const answers = (path, env = {}) =>
  spawnSync(path, ["--version", "--no-sandbox"], { timeout: 20_000, env: { ...process.env, ...env } }).status === 0;

/** A Chromium and the environment it needs: { path, env }. */
export async function findBrowser() {
  const named = process.env.CHROMIUM;
  if (named) {
    if (!existsSync(named)) throw new Refusal(`CHROMIUM names ${named}, and there is no such file.`);
    return { path: named, env: {} };
  }
  // First the one that the lock file pins: the same everywhere, and without the windows that a whole Chromium draws
  // beside each page, which take longer than the page.
  const packaged = await fromPackage();
  if (packaged && answers(packaged.path, packaged.env)) return packaged;
  const candidates = [fromPlaywright(), onPath("chromium"), onPath("chromium-browser"), onPath("google-chrome")];
  // A name on PATH may be a stub that only tells how to install the browser.
  const path = candidates.find((candidate) => candidate && answers(candidate));
  if (path) return { path, env: {} };
  throw new Refusal(
    "No Chromium was found for the browser tests. Install one (npx playwright install chromium, or your system's " +
      "package) or name it in CHROMIUM.",
  );
}
