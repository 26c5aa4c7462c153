import type { Locator, Page } from "@playwright/test";

/** The export dialog's fields for a folder of this computer, and the folder itself, which here is the browser's own. */
export class FolderFields {
  readonly choose: Locator;
  readonly follow: Locator;
  readonly status: Locator;
  readonly problem: Locator;
  readonly writeNow: Locator;
  readonly replace: Locator;
  readonly allow: Locator;
  readonly stop: Locator;
  /** In the bar. */
  readonly state: Locator;

  constructor(private readonly page: Page) {
    const dialog = page.getByRole("dialog", { name: "Export" });
    this.choose = dialog.getByRole("button", { name: "Choose a folder…" });
    this.follow = dialog.getByRole("checkbox", { name: /^Keep the folder in step/ });
    this.status = dialog.getByRole("status");
    this.problem = dialog.getByRole("alert");
    this.writeNow = dialog.getByRole("button", { name: "Write now" });
    this.replace = dialog.getByRole("button", { name: /^Replace/ });
    this.allow = dialog.getByRole("button", { name: "Allow writing again" });
    this.stop = dialog.getByRole("button", { name: "Stop keeping in step" });
    this.state = page.getByRole("banner").getByRole("button", { name: /^Folder / });
  }

  /**
   * From now on the picker gives a folder of the origin-private file system: a real folder, without the system's dialog.
   * The smallest builds of Chromium end when they read a stored handle, so the page's own database holds its name.
   */
  async pretendPicker(): Promise<void> {
    await this.page.addInitScript(() => {
      type Method = (...args: unknown[]) => Promise<unknown>;
      const name = "infra";
      const open = async () => (await navigator.storage.getDirectory()).getDirectoryHandle(name, { create: true });
      Object.assign(window, { showDirectoryPicker: open });

      const stored = new Proxy({} as FileSystemDirectoryHandle, {
        get: (_, key) => {
          if (key === "name") return name;
          if (key === "kind") return "directory";
          // No promise, so nothing to wait for.
          if (key === "then") return undefined;
          const of = async () => (await open()) as unknown as Record<PropertyKey, Method>;
          if (key === "entries")
            return async function* () {
              yield* (await open()).entries();
            };
          return async (...args: unknown[]) => (await of())[key]?.(...args);
        },
      });
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (value, ...key) {
        return put.call(this, value?.handle ? { ...value, handle: name } : value, ...key);
      };
      const result = Object.getOwnPropertyDescriptor(IDBRequest.prototype, "result");
      Object.defineProperty(IDBRequest.prototype, "result", {
        get() {
          const value = result?.get?.call(this);
          if (value?.handle === name) value.handle = stored;
          return value;
        },
      });
    });
  }

  async show(): Promise<void> {
    const way = this.page.getByRole("radio", { name: "Folder", exact: true });
    await this.page.getByRole("dialog", { name: "Export" }).locator("label").filter({ has: way }).click();
  }

  /** Every file of the folder by path, with when it was written; read anew when a file goes away or is replaced while it is read. */
  async files(): Promise<Record<string, { text: string; written: number }>> {
    return this.page.evaluate(async () => {
      let found: Record<string, { text: string; written: number }> = {};
      const read = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
        for await (const [name, handle] of (
          folder as unknown as { entries(): AsyncIterable<[string, FileSystemHandle]> }
        ).entries()) {
          // The browser's own, while it writes.
          if (name.endsWith(".crswap")) continue;
          if (handle.kind === "directory") await read(handle as FileSystemDirectoryHandle, `${path}${name}/`);
          else {
            const file = await (handle as FileSystemFileHandle).getFile();
            found[path + name] = { text: await file.text(), written: file.lastModified };
          }
        }
      };
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("infra", { create: true });
      for (;;) {
        try {
          await read(root, "");
          return found;
        } catch (error) {
          if (!(error instanceof DOMException && /^Not(Found|Readable)Error$/.test(error.name))) throw error;
          found = {};
        }
      }
    });
  }

  /** Writes a file as another program would. */
  async put(path: string, text: string): Promise<void> {
    await this.page.evaluate(
      async ([at, content]) => {
        let folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("infra", { create: true });
        const parts = (at as string).split("/");
        for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
        const stream = await (await folder.getFileHandle(parts.at(-1) as string, { create: true })).createWritable();
        await stream.write(content as string);
        await stream.close();
      },
      [path, text],
    );
  }
}
