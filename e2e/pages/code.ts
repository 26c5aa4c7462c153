import type { Locator, Page } from "@playwright/test";

/** What the design comes out as, live. */
export class Code {
  readonly tab: Locator;
  readonly panel: Locator;
  readonly text: Locator;
  readonly format: Locator;

  constructor(page: Page) {
    const dock = page.getByRole("region", { name: "Bottom panel" });
    this.tab = dock.getByRole("tab", { name: "Code" });
    this.panel = dock.getByRole("tabpanel", { name: "Code" });
    this.text = this.panel.getByRole("region");
    this.format = this.panel.getByLabel("Format");
  }

  async show(): Promise<void> {
    await this.tab.click();
  }

  line(text: string | RegExp): Locator {
    return this.text.locator("[data-line]").filter({ hasText: text });
  }
}
