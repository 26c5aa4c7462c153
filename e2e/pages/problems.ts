import type { Locator, Page } from "@playwright/test";

/** What is wrong, by the node it is about. */
export class Problems {
  readonly tab: Locator;
  readonly panel: Locator;
  readonly items: Locator;

  constructor(page: Page) {
    const dock = page.getByRole("region", { name: "Bottom panel" });
    this.tab = dock.getByRole("tab", { name: /^Problems/ });
    this.panel = dock.getByRole("tabpanel", { name: /^Problems/ });
    this.items = this.panel.getByRole("listitem");
  }

  async show(): Promise<void> {
    await this.tab.click();
  }

  /** Findings of a rule, told apart by its id in the link to its documentation. */
  of(rule: string): Locator {
    return this.items.filter({ has: this.panel.page().getByRole("link", { name: rule }) });
  }

  fix(finding: Locator): Locator {
    return finding.getByRole("button", { name: /^Fix: / });
  }
}
