import { describe, expect, it } from "vitest";
import { linkOf, readAddress } from "./address";
import type { HostId } from "./host";
import { branchProblem, folderFrom, pathProblem } from "./names";

describe("addresses of repositories", () => {
  const read: [HostId, string, api: string, repository: string][] = [
    ["github", " acme/infra ", "https://api.github.com", "acme/infra"],
    ["github", "https://github.com/acme/infra.git", "https://api.github.com", "acme/infra"],
    ["github", "github.com/acme/infra/tree/main/x", "https://api.github.com", "acme/infra"],
    ["github", "https://www.github.com/acme/infra?tab=readme", "https://api.github.com", "acme/infra"],
    ["github", "git@github.com:acme/infra.git", "https://api.github.com", "acme/infra"],
    ["github", "https://acme.ghe.com/team/infra", "https://api.acme.ghe.com", "team/infra"],
    ["github", "https://git.acme.example/team/infra", "https://git.acme.example/api/v3", "team/infra"],
    ["github", "http://127.0.0.1:8080/acme/infra", "http://127.0.0.1:8080/api/v3", "acme/infra"],
    ["gitlab", "acme/infra", "https://gitlab.com/api/v4", "acme/infra"],
    ["gitlab", "https://gitlab.com/a/b/c/-/tree/main", "https://gitlab.com/api/v4", "a/b/c"],
    ["gitlab", "ssh://git@git.acme.example:2222/a/b.git", "https://git.acme.example/api/v4", "a/b"],
  ];
  it.each(read)("%s: %s", (host, text, api, repository) => {
    expect(readAddress(host, text)).toMatchObject({ ok: true, value: { api, repository } });
  });

  const refused: [HostId, string, says: RegExp][] = [
    ["github", "", /as owner\/name/],
    ["github", "infra", /names no repository/],
    ["github", "acme/../infra", /names no repository/],
    ["github", "../..", /names no repository/],
    ["github", "http://git.acme.example/a/b", /https only/],
    ["github", "ftp://x/a/b", /https only/],
    ["github", "javascript://github.com/a/b", /https only/],
    ["github", "https://me:secret@github.com/acme/infra", /password or token/],
    ["github", "https://gitlab.com/acme/infra", /repository of GitLab/],
    ["gitlab", "https://github.com/acme/infra", /repository of GitHub/],
    ["github", "https://[/acme/infra", /no address/],
    ["gitlab", "x".repeat(600), /too long/],
  ];
  it.each(refused)("%s refuses %s", (host, text, says) => {
    const result = readAddress(host, text);
    expect(result.ok ? "" : result.problem).toMatch(says);
  });

  it("makes links of a host's own pages only", () => {
    expect(linkOf("https://github.com/a/b/pull/1", "https://api.github.com")).toBe("https://github.com/a/b/pull/1");
    expect(linkOf("https://gitlab.com/a/-/merge_requests/1", "https://gitlab.com/api/v4")).toMatch(/^https:/);
    for (const bad of [
      "javascript:alert(1)",
      "https://github.com.evil.example/x",
      "https://x@github.com/",
      "http://github.com/a",
      "",
      undefined,
    ])
      expect(linkOf(bad, "https://api.github.com")).toBeUndefined();
  });
});

describe("names", () => {
  it("knows which branches Git takes", () => {
    for (const good of ["bayplan/shop", "a", "größe/x-1", "v1.2", "a@b"]) expect(branchProblem(good)).toBeUndefined();
    for (const bad of [
      "/a",
      "a/",
      "a//b",
      ".a",
      "a/.b",
      "a.lock",
      "a.lock/b",
      "a~1",
      "a^",
      "a:b",
      "a?",
      "a*",
      "a[b",
      "a\\b",
      "@",
      "a@{1}",
      "-a",
      "a.",
      "f".repeat(40),
    ])
      expect(branchProblem(bad), bad).toBeDefined();
  });

  it("knows which paths stay in their folder", () => {
    for (const good of [".github/workflows/x.yml", ".gitignore", "a/b c/ä.txt", "...", ".gitx"])
      expect(pathProblem(good)).toBeUndefined();
    for (const bad of [
      "",
      "/a",
      "a/",
      "..",
      "a/../b",
      "./a",
      "a\\b",
      "a\u0000",
      ".git/x",
      "a/.GIT/x",
      ".git ",
      "git~1/x",
    ])
      expect(pathProblem(bad), bad).toBeDefined();
  });

  it("reads folders as people type them", () => {
    for (const [typed, folder] of [
      ["", ""],
      [".", ""],
      ["/", ""],
      ["/infra/", "infra"],
      ["./infra/aws", "infra/aws"],
      [".github", ".github"],
    ])
      expect(folderFrom(typed as string)).toEqual({ folder });
    for (const bad of ["a/../b", "a\\b", ".git"]) expect(folderFrom(bad)).toHaveProperty("problem");
  });
});
