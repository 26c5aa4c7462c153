// One door for every command of package.json: sets up what is missing, then does the thing. Runs on Node 18 and with
// nothing installed, so it may import no dependency at the top.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { install, linkCommand } from "./install.mjs";
import { endWithChildren, isEnding, run, stop } from "./processes.mjs";
import { bin, projectNode, Refusal, root } from "./project.mjs";
import { build, demandFree, develop, freePort, serve, wantedPort, writeTypes } from "./server.mjs";

const reports = join(root, "node_modules", ".cache", "bayplan");
const tool = (name) => join(bin, name);

async function setUp() {
  await install();
  if (isEnding()) return;
  projectNode();
  linkCommand();
}

/** Bundles the command line; esbuild says itself what is wrong. */
async function buildCommand() {
  const { bundleCli } = await import("./bundle.mjs");
  return bundleCli().then(
    () => true,
    () => false,
  );
}

/** Bundles and runs FOLDER/NAME.ts. */
async function runScript(name, flags, args, folder = "lib/testing") {
  const { bundle } = await import("./bundle.mjs");
  const file = join(root, "dist", `${name}.mjs`);
  await bundle(`${folder}/${name}.ts`, file, { packages: "external" });
  return run(projectNode(), [...flags, file, ...args]);
}

/** Runs one part of the tests under a heading and gives what it counted. */
async function part(title, doIt) {
  const before = Date.now();
  console.log(`\n── ${title}`);
  const counts = { passed: 0, failed: 0, skipped: 0, ...(await doIt()) };
  console.log(`── ${title}: ${counts.failed ? "failed" : "done"} in ${((Date.now() - before) / 1000).toFixed(1)} s`);
  return { title, ...counts };
}

/** A part without tests of its own counts only when it fails, as one. */
const all = async (...codes) => ({ failed: (await Promise.all(codes)).filter((code) => code !== 0).length });

const checkStyle = () => all(run(tool("biome"), ["check", "."]));

async function checkTypes() {
  return all((await writeTypes()) || run(tool("tsc"), ["--noEmit", "-p", "."]));
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

/** What a runner's report says; a run that broke without saying so still counts as one failure. */
function counted(code, counts) {
  const { passed = 0, failed = 0, skipped = 0 } = counts ?? {};
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, skipped };
}

async function unitTests(args = []) {
  mkdirSync(reports, { recursive: true });
  const file = join(reports, "unit.json");
  rmSync(file, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await run(projectNode(), [
    join(root, "node_modules", "vitest", "vitest.mjs"),
    "run",
    ...reporters,
    ...args,
  ]);
  const report = readReport(file);
  // A file that does not even load has no tests to count; it is one failure.
  const broken =
    report?.testResults.filter((f) => f.status === "failed" && f.assertionResults.length === 0).length ?? 0;
  return counted(
    code,
    report && {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken,
      skipped: report.numPendingTests + report.numTodoTests,
    },
  );
}

async function browserTests(args = []) {
  const { findBrowser } = await import("./browser.mjs");
  const browser = await findBrowser();
  // Where a test may pretend to be GitHub or GitLab; the page must be allowed to talk to it.
  const gitPort = await freePort();
  const server = await serve(await freePort(), { BAYPLAN_GIT_HOSTS: `http://127.0.0.1:${gitPort}` });
  mkdirSync(reports, { recursive: true });
  const file = join(reports, "browser.json");
  rmSync(file, { force: true });
  const code = await run(
    projectNode(),
    [join(root, "node_modules", "@playwright", "test", "cli.js"), "test", ...args],
    {
      env: {
        ...browser.env,
        CHROMIUM: browser.path,
        E2E_BASE_URL: server.url,
        E2E_GIT_PORT: String(gitPort),
        PLAYWRIGHT_JSON_OUTPUT_NAME: file,
      },
    },
  );
  await stop(server.child);
  const report = readReport(file);
  return counted(
    code,
    report && {
      passed: report.stats.expected,
      failed: report.stats.unexpected + report.stats.flaky + report.errors.length,
      skipped: report.stats.skipped,
    },
  );
}

/** Prints what failed and, last, the line that others count by; gives the exit code. */
function conclude(parts) {
  const sum = (key) => parts.reduce((total, p) => total + p[key], 0);
  const failed = parts.filter((p) => p.failed > 0).map((p) => p.title);
  console.log("");
  if (failed.length > 0) console.log(`Failed: ${failed.join(", ")}.`);
  if (sum("skipped") > 0) console.log(`${sum("skipped")} skipped.`);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") > 0 ? 1 : 0;
}

const orOneFailure = async (built) => ({ failed: (await built) ? 0 : 1 });
const bundleCommand = () => orOneFailure(buildCommand());
const buildSite = () => orOneFailure(build({ checkTypes: false }));

const quickParts = [
  ["lint and format", checkStyle],
  ["types", checkTypes],
  ["unit tests", unitTests],
];

async function inTurn(parts) {
  const done = [];
  for (const [title, doIt] of parts) {
    if (isEnding()) break;
    done.push(await part(title, doIt));
  }
  return done;
}

const commands = {
  /** Builds, serves and says where. */
  async start() {
    const port = wantedPort();
    await demandFree(port);
    await setUp();
    if (!(await buildCommand())) console.error("The command line could not be bundled; the site goes on without it.");
    if (!(await build())) throw new Refusal("The site could not be built; the reason is above.");
    const { url, child } = await serve(port);
    console.log(`Bayplan is ready: ${url}`);
    return child.done;
  },
  async dev() {
    const port = wantedPort();
    await demandFree(port);
    await setUp();
    return develop(port);
  },
  /** Everything that must hold. */
  async test() {
    await setUp();
    const parts = await inTurn([["command line", bundleCommand], ...quickParts, ["build", buildSite]]);
    const built = parts.find((p) => p.title === "build")?.failed === 0;
    if (built) parts.push(...(await inTurn([["browser tests", browserTests]])));
    return conclude(parts);
  },
  /** What needs neither a build nor a browser. */
  async check() {
    await setUp();
    return conclude(await inTurn(quickParts));
  },
  /** The browser tests alone; arguments go to Playwright. */
  async e2e(args) {
    await setUp();
    if (!(await build({ checkTypes: false }))) throw new Refusal("The site could not be built; the reason is above.");
    return conclude([await part("browser tests", () => browserTests(args))]);
  },
  async bench(args) {
    await setUp();
    return runScript("bench", ["--expose-gc"], args);
  },
  /** Judges that npm does not carry, where they are on the machine. */
  async "check:external"(args) {
    await setUp();
    return runScript("check-external", [], args);
  },
  /** Asks AWS for today's prices and writes the bundled ones; arguments name Regions. */
  async "prices:refresh"(args) {
    await setUp();
    return runScript("refresh-prices", [], args, "lib/cli");
  },
  async setup() {
    await setUp();
    return (await buildCommand()) ? 0 : 1;
  },
};

async function main([name = "", ...args]) {
  const command = Object.hasOwn(commands, name) ? commands[name] : null;
  if (!command) throw new Refusal(`Usage: node scripts/up.mjs ${Object.keys(commands).join("|")}`);
  endWithChildren();
  return command(args);
}

main(process.argv.slice(2)).then(
  // While we are ending, the signal's own exit code is the one to end with.
  (code) => isEnding() || process.exit(code),
  (error) => {
    if (isEnding()) return;
    console.error(error instanceof Refusal ? error.message : error);
    process.exit(1);
  },
);
