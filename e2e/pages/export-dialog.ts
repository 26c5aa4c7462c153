import { readFile } from "node:fs/promises";
import type { Download, Locator, Page } from "@playwright/test";
import { escaped } from "./names";

/** Takes the design away as files. */
export class ExportDialog {
  readonly dialog: Locator;
  readonly anyway: Locator;
  /** Of a format that is one file. */
  readonly download: Locator;
  readonly zip: Locator;
  /** What would be written. */
  readonly files: Locator;

  constructor(private readonly page: Page) {
    this.dialog = page.getByRole("dialog", { name: "Export" });
    this.anyway = this.dialog.getByRole("checkbox", { name: /^Export anyway/ });
    this.download = this.dialog.getByRole("button", { name: "Download", exact: true });
    this.zip = this.dialog.getByRole("button", { name: "Download zip" });
    this.files = this.dialog.getByRole("region", { name: "Files" }).getByRole("listitem");
  }

  async choose(format: string): Promise<void> {
    await this.dialog.getByRole("radio", { name: new RegExp(`^${escaped(format)}`) }).check();
  }

  /** Presses a button and gives the downloaded file. */
  async take(button: Locator = this.download): Promise<{ name: string; bytes: Buffer }> {
    const [file] = await Promise.all([this.page.waitForEvent("download"), button.click()]);
    return { name: file.suggestedFilename(), bytes: await bytesOf(file) };
  }
}

const bytesOf = async (file: Download): Promise<Buffer> => readFile(await file.path());
