// Adds to package-lock.json what npm leaves out when the registry it asked has no build for other platforms: without
// these entries `npm ci` stops on every machine ("Missing: @next/swc-darwin-arm64@… from lock file").
// Run it after every change of dependencies: npm run lock
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const systems = ["darwin", "win32", "android", "freebsd", "openbsd", "netbsd", "linux", "sunos", "aix", "openharmony"];
const processors = ["arm64", "x64", "arm", "ia32", "wasm32", "riscv64", "ppc64", "s390x", "loong64", "mips64el"];
const partsOf = (name) => name.split(/[/@-]/);

/** True where a package at `path` finds `name` in the lock, the way Node looks: in its own folder, then upwards. */
function resolves(packages, path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
    if (packages[`${at ? `${at}/` : ""}node_modules/${name}`]) return true;
    if (at === "") return false;
  }
}

/** The exact optional dependencies without an entry: [name, version, is it for development only]. */
export function missingFrom(lock) {
  const missing = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (/^\d+\.\d+\.\d+/.test(version) && !resolves(lock.packages, path, name)) {
        missing.push({ name, version, dev: entry.dev === true });
      }
    }
  }
  return missing;
}

/** The lock with an entry for each of those, keys sorted as npm sorts them. */
export function complete(lock) {
  const packages = { ...lock.packages };
  for (const { name, version, dev } of missingFrom(lock)) {
    const parts = partsOf(name);
    const os = systems.find((system) => parts.includes(system));
    const cpu = processors.find((processor) => parts.includes(processor));
    packages[`node_modules/${name}`] = {
      version,
      ...(cpu && { cpu: [cpu] }),
      ...(dev && { dev: true }),
      optional: true,
      ...(os && { os: [os] }),
    };
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL("../package-lock.json", import.meta.url));
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const missing = missingFrom(lock);
  if (missing.length > 0) writeFileSync(file, `${JSON.stringify(complete(lock), null, 2)}\n`);
  console.log(missing.length > 0 ? `Added ${missing.length} entries to package-lock.json.` : "The lock is complete.");
}
