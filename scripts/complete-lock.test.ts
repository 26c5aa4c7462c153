import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { complete, missingFrom } from "./complete-lock.mjs";

const lock = JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8"));

describe("package-lock.json", () => {
  test("has an entry for every platform's build, or npm ci stops on every machine (cure: npm run lock)", () => {
    expect(missingFrom(lock)).toEqual([]);
  });

  test("names no registry, so that it installs from any", () => {
    const resolved = Object.entries<{ resolved?: string }>(lock.packages).filter(([, entry]) => entry.resolved);
    expect(resolved).toEqual([]);
  });
});

describe("completing a lock", () => {
  const sparse = {
    packages: {
      "": { name: "root" },
      "node_modules/tool": {
        version: "1.0.0",
        dev: true,
        optionalDependencies: { "@tool/darwin-arm64": "1.0.0", "@tool/linux-x64": "1.0.0", "@tool/any": "^2.0.0" },
      },
      "node_modules/tool/node_modules/@tool/linux-x64": { version: "1.0.0", optional: true },
    },
  };

  test("adds what is missing with its system and processor, and nothing else", () => {
    const { packages } = complete(sparse) as { packages: Record<string, unknown> };
    expect(packages["node_modules/@tool/darwin-arm64"]).toEqual({
      version: "1.0.0",
      cpu: ["arm64"],
      dev: true,
      optional: true,
      os: ["darwin"],
    });
    expect(Object.keys(packages)).toHaveLength(4);
    expect(missingFrom({ packages })).toEqual([]);
  });

  test("leaves a complete lock as npm wrote it", () => {
    expect(JSON.stringify(complete(lock))).toBe(JSON.stringify(lock));
  });
});
