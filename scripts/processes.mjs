// Starts the tools and makes sure that none of them outlives us. No dependencies; runs on Node 18.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root, toolEnv } from "./project.mjs";

// Each child leads a process group of its own, so that its children end with it and a terminal's Ctrl-C reaches us alone.
const ownGroup = process.platform !== "win32";
const GRACE_MS = 5_000;
const running = new Set();
let ending = null;

function signal(child, name) {
  try {
    if (ownGroup && child.pid) process.kill(-child.pid, name);
    else child.kill(name);
  } catch (error) {
    // The group is gone, or (EPERM, on macOS) only its dead are left.
    if (error.code !== "ESRCH" && error.code !== "EPERM") throw error;
  }
}

/**
 * Starts a command in the project; options are those of spawn, plus extra environment variables in `env`.
 * `done` gives the exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {import("node:child_process").ChildProcess & { done: Promise<number> }}
 */
export function start(command, args, { env, ...options } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    ...options,
    env: toolEnv(env),
    detached: ownGroup,
  });
  running.add(child);
  // A tool that cannot be started ends like one that fails; its sentence says why.
  child.done = new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      running.delete(child);
      resolve(1);
    });
    child.once("exit", (code, name) => {
      running.delete(child);
      resolve(code ?? 128 + (constants.signals[name] ?? 0));
    });
  });
  return child;
}

/**
 * Runs a command to its end and gives its exit code; takes what start takes.
 * @type {(...given: Parameters<typeof start>) => Promise<number>}
 */
export const run = (command, args, options) => start(command, args, options).done;

/** Ends one child and all that it started. */
export async function stop(child, name = "SIGTERM") {
  if (!running.has(child)) return;
  signal(child, name);
  const timer = setTimeout(() => signal(child, "SIGKILL"), GRACE_MS);
  await child.done;
  clearTimeout(timer);
  // What the leader left behind in its group goes too.
  signal(child, "SIGKILL");
}

/** True once we were asked to end: what fails from here on fails because of that. */
export const isEnding = () => ending !== null;

/** From here on SIGINT, SIGTERM and SIGHUP end the children first, then this process. */
export function endWithChildren() {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(name, () => {
      ending ??= Promise.all([...running].map((child) => stop(child))).then(() => {
        process.exit(128 + constants.signals[name]);
      });
    });
  }
}
