import { readFile } from "node:fs/promises";
import type { Download, Locator, Page } from "@playwright/test";

/** Takes the design away as files. */
export class ExportDialog {
  readonly dialog: Locator;
  readonly anyway: Locator;
  readonly download: Locator;
  readonly zip: Locator;

  constructor(private readonly page: Page) {
    this.dialog = page.getByRole("dialog", { name: "Export" });
    this.anyway = this.dialog.getByRole("checkbox", { name: /^Export anyway/ });
    this.download = this.dialog.getByRole("button", { name: /^Download(?! zip)/ });
    this.zip = this.dialog.getByRole("button", { name: "Download zip" });
  }

  async choose(format: string): Promise<void> {
    await this.dialog.getByRole("radio", { name: new RegExp(`^${format}`) }).check();
  }

  /** Presses a button and gives the downloaded file. */
  async take(button: Locator = this.download): Promise<{ name: string; bytes: Buffer }> {
    const [file] = await Promise.all([this.page.waitForEvent("download"), button.click()]);
    return { name: file.suggestedFilename(), bytes: await bytesOf(file) };
  }
}

const bytesOf = async (file: Download): Promise<Buffer> => readFile(await file.path());
