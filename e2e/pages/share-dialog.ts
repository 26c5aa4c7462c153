import type { Locator, Page } from "@playwright/test";

/** The whole design in a link. */
export class ShareDialog {
  readonly dialog: Locator;
  readonly link: Locator;
  readonly copy: Locator;
  readonly saveFile: Locator;
  readonly length: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole("dialog", { name: "Share" });
    this.link = this.dialog.getByRole("textbox", { name: "Link" });
    this.copy = this.dialog.getByRole("button", { name: "Copy link" });
    this.saveFile = this.dialog.getByRole("button", { name: "Save the design file" });
    this.length = this.dialog.getByRole("meter", { name: "Length of the link" });
  }
}
