// Where things are, which Node runs them, and what their sources hash to. No dependencies; runs on Node 18.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
export const bin = join(root, "node_modules", ".bin");

/** A failure that a person can act on: printed as its sentence, without a stack trace. */
export class Refusal extends Error {}

/** The release of Node that the tools need (vitest sets the bar). */
const needs = { major: 22, minor: 12 };

const isRecent = (version) => {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > needs.major || (major === needs.major && minor >= needs.minor);
};

/** The Node that the project brings along (node_modules/.bin/node); the running one where there is none for this machine. */
export function projectNode() {
  const own = join(bin, "node");
  if (existsSync(own)) {
    const answer = spawnSync(own, ["--version"], { encoding: "utf8" });
    if (answer.status === 0 && isRecent(answer.stdout.trim())) return own;
  }
  if (isRecent(process.version)) return process.execPath;
  throw new Refusal(
    `Bayplan needs Node ${needs.major}.${needs.minor} or newer and npm has no build of it for this machine; ` +
      `the Node that runs is ${process.version}. Install a newer one and try again.`,
  );
}

/** The environment of every tool: the project's own bins come first, no telemetry, no NODE_ENV from outside. */
export function toolEnv(extra = {}) {
  const { NODE_ENV: _, ...env } = process.env;
  return {
    ...env,
    NEXT_TELEMETRY_DISABLED: "1",
    PATH: [bin, dirname(process.execPath), env.PATH ?? ""].join(delimiter),
    ...extra,
  };
}

/** All files below the given paths (relative to the project), sorted, where keep(path) holds. */
export function filesBelow(paths, keep = () => true) {
  const found = [];
  const visit = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) for (const name of readdirSync(full)) visit(`${path}/${name}`);
    else if (keep(path)) found.push(path);
  };
  for (const path of paths) visit(path);
  return found.sort();
}

/** A hash of the names and contents of files. */
export function hashOf(files) {
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  return hash.digest("hex");
}

/** True where the stamp file holds exactly this text. */
export const isStamped = (stamp, text) => existsSync(stamp) && readFileSync(stamp, "utf8") === text;
