// The web server: built when its sources have changed, started, and known to answer. Runs on Node 18.
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { isEnding, run, start, stop } from "./processes.mjs";
import { filesBelow, hashOf, isStamped, projectNode, Refusal, root } from "./project.mjs";

const next = join(root, "node_modules", "next", "dist", "bin", "next");
const stamp = join(root, ".next", "bayplan.stamp");
const START_MS = 60_000;

const sources = () =>
  filesBelow(
    [
      "app",
      "components",
      "lib",
      "public",
      "next.config.mjs",
      "proxy.ts",
      "postcss.config.mjs",
      "tsconfig.json",
      "package-lock.json",
    ],
    (path) => !/\.test\.|^lib\/testing\//.test(path),
  );

/** Builds the site unless .next was built from these very sources. False when the build failed. */
export async function build({ checkTypes = true } = {}) {
  const hash = hashOf(sources());
  if (isStamped(stamp, hash)) return true;
  rmSync(stamp, { force: true });
  console.log("Building the site…");
  if ((await run(projectNode(), [next, "build"], { env: checkTypes ? {} : { BAYPLAN_TYPES: "checked by tsc" } })) !== 0)
    return false;
  mkdirSync(join(root, ".next"), { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}

/** Writes the types that Next derives from app/, without which a fresh clone does not type-check. */
export const writeTypes = () => run(projectNode(), [next, "typegen"], { stdio: ["ignore", "ignore", "inherit"] });

/** Next's development server, until it ends. */
export const develop = (port) => run(projectNode(), [next, "dev", "--port", String(port)]);

/** The port that a person asked for in PORT, 3000 unless given. */
export function wantedPort() {
  const text = process.env.PORT || "3000";
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new Refusal(`PORT is “${text}”; it must be a number from 1 to 65535.`);
  }
  return port;
}

/** Listens for a moment; gives the port that was free, 0 asking for any. */
async function tryPort(port) {
  const probe = createServer();
  probe.listen(port);
  await once(probe, "listening");
  const { port: free } = probe.address();
  probe.close();
  await once(probe, "close");
  return free;
}

export const freePort = () => tryPort(0);

/** Refuses a port that is taken, before minutes are spent on what could not be served. */
export async function demandFree(port) {
  try {
    await tryPort(port);
  } catch (error) {
    const why = { EADDRINUSE: "is in use by another program", EACCES: "may not be used by this user" }[error.code];
    throw new Refusal(
      `Port ${port} ${why ?? `cannot be used (${error.message})`}. Choose another: PORT=3001 npm start`,
    );
  }
}

/** Starts the built site and waits until it answers: { url, child }. `env` goes on top of this process's own. */
export async function serve(port, env = {}) {
  // Next announces an address before it answers there; ours comes when it does, so Next's words wait until then.
  const child = start(projectNode(), [next, "start", "--port", String(port)], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  let ready = false;
  child.stdout.on("data", (text) => {
    if (ready) process.stdout.write(text);
    else said += text;
  });
  let ended = false;
  child.done.then(() => {
    ended = true;
  });

  const url = `http://localhost:${port}`;
  for (const until = Date.now() + START_MS; !ended && Date.now() < until; ) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) });
      await answer.arrayBuffer();
      if (answer.ok) {
        ready = true;
        return { url, child };
      }
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stop(child);
  process.stdout.write(said);
  throw new Refusal(isEnding() ? "Stopped while the server was starting." : "The server did not answer; see above.");
}
