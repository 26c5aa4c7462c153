import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { OutFile } from "../export/target";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What the TypeScript compiler says against exported CDK apps, each in a folder of its name; one run for all. */
export function typeFaults(apps: Readonly<Record<string, readonly OutFile[]>>): string[] {
  // Below node_modules, so that the apps find the library; a folder for each run, since test files run side by side.
  const cache = join(root, "node_modules", ".cache", "bayplan");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "cdk-types-"));
  for (const [name, files] of Object.entries(apps)) {
    for (const { path, text } of files) {
      const target = join(folder, name, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
  }
  const [first] = Object.values(apps);
  const config = JSON.parse(first?.find(({ path }) => path === "tsconfig.json")?.text ?? "{}") as object;
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ ...config, include: Object.keys(apps).flatMap((name) => [`${name}/bin`, `${name}/lib`]) }),
  );
  try {
    execFileSync(
      process.execPath,
      [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", folder, "--pretty", "false"],
      {
        encoding: "utf8",
      },
    );
    return [];
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout ?? error)
      .split("\n")
      .filter((line) => line.includes("error TS"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
