import { expect, it, vi } from "vitest";
import { writeFolder } from "./folder";

const file = (path: string) => ({ path, bytes: new TextEncoder().encode("x") });
const options = { section: "cdk shop", over: false };

/** A folder where every step fails in one way. */
const failing = (error: unknown): FileSystemDirectoryHandle => {
  const fail = () => Promise.reject(error);
  return { kind: "directory", name: "infra", getDirectoryHandle: fail, getFileHandle: fail } as never;
};

it("writes nothing when a path leads out of the folder", async () => {
  const root = { getFileHandle: vi.fn(), getDirectoryHandle: vi.fn() };
  for (const path of ["../up.txt", "/etc/passwd", "a/../../b", "a\\..\\b", ".git/hooks/pre-commit", "a/./b", ""]) {
    const result = await writeFolder(root as never, [file("good.txt"), file(path)], options);
    expect(result).toMatchObject({ ok: false, reason: "trouble" });
  }
  expect(root.getFileHandle).not.toHaveBeenCalled();
  expect(root.getDirectoryHandle).not.toHaveBeenCalled();
});

it("says what the browser's refusals mean", async () => {
  const says = async (name: string) => writeFolder(failing(new DOMException("", name)), [file("a")], options);
  expect(await says("NotAllowedError")).toEqual({ ok: false, reason: "permission" });
  expect(await says("QuotaExceededError")).toMatchObject({ message: expect.stringContaining("disk is full") });
  expect(await says("NoModificationAllowedError")).toMatchObject({ message: expect.stringContaining("locked") });
});
