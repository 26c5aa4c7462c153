import type { Locator, Page } from "@playwright/test";

/** The drawing as a tree. */
export class Outline {
  readonly tab: Locator;
  readonly tree: Locator;
  readonly items: Locator;

  constructor(page: Page) {
    const panel = page.getByRole("navigation", { name: "Add and outline" });
    this.tab = panel.getByRole("tab", { name: "Outline" });
    this.tree = panel.getByRole("tree", { name: "Outline" });
    this.items = this.tree.getByRole("treeitem");
  }

  item(name: string | RegExp): Locator {
    return this.tree.getByRole("treeitem", { name, exact: true });
  }

  async show(): Promise<void> {
    await this.tab.click();
  }
}
