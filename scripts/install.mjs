// Dependencies as package-lock.json names them. No dependencies itself; runs on Node 18.
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { run } from "./processes.mjs";
import { bin, Refusal, root } from "./project.mjs";

const read = (path) => JSON.parse(readFileSync(path, "utf8"));

/** True where node_modules holds what the lock asks for; npm keeps its own account of that in a hidden lock file. */
export function isInstalled() {
  const account = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(account)) return false;
  const wanted = read(join(root, "package-lock.json")).packages;
  const present = read(account).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const found = present[path];
    // Builds for other platforms are rightly absent.
    if (!found) return entry.optional === true;
    return found.version === entry.version && existsSync(join(root, path));
  });
}

/** npm's own script, run by the Node that runs us, when npm started us; else whatever npm is on PATH. */
function npm() {
  const script = process.env.npm_execpath;
  return script && /npm-cli\.[cm]?js$/.test(script) ? [process.execPath, script] : ["npm"];
}

/** Installs what is missing. Development tools are asked for by name, since NODE_ENV=production would leave them out. */
export async function install() {
  if (isInstalled()) return;
  console.log("Installing dependencies…");
  const [command, ...script] = npm();
  const options = ["--loglevel=error", "--no-fund", "--no-audit", "--include=dev", "--include=optional"];
  if ((await run(command, [...script, "ci", ...options])) === 0) return;
  console.error("npm ci did not work; trying npm install, which forgives an incomplete lock file.");
  if ((await run(command, [...script, "install", "--no-save", ...options])) === 0) return;
  throw new Refusal("The dependencies could not be installed; npm's own words are above. Is the registry reachable?");
}

/** Makes `npx bayplan` find the checkout's own command, which npm links only in packages that depend on it. */
export function linkCommand() {
  const link = join(bin, "bayplan");
  mkdirSync(bin, { recursive: true });
  if (lstatSync(link, { throwIfNoEntry: false })) rmSync(link);
  symlinkSync(join("..", "..", "scripts", "bayplan.mjs"), link);
}
