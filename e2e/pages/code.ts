import type { Locator, Page } from "@playwright/test";

/** What the design comes out as, live. */
export class Code {
  readonly tab: Locator;
  readonly panel: Locator;
  readonly text: Locator;
  readonly format: Locator;
  readonly find: Locator;
  /** "3 of 17". */
  readonly found: Locator;
  readonly files: Locator;
  /** Where the lines of the selection are, with the ways between them. */
  readonly selected: Locator;
  readonly changes: Locator;
  /** The comparison, while it is shown. */
  readonly comparison: Locator;

  constructor(private readonly page: Page) {
    const dock = page.getByRole("region", { name: "Bottom panel" });
    this.tab = dock.getByRole("tab", { name: "Code" });
    this.panel = dock.getByRole("tabpanel", { name: "Code" });
    this.text = this.panel.getByRole("region", { name: /^Code: / });
    this.format = this.panel.getByLabel("Format", { exact: true });
    this.find = this.panel.getByRole("textbox", { name: "Find" });
    this.found = this.panel.getByRole("search").getByRole("status");
    this.files = this.panel.getByRole("tree", { name: "Files" });
    this.selected = this.panel.getByRole("region", { name: "Lines of the selection" });
    this.changes = this.panel.getByRole("button", { name: /^Changes/ });
    this.comparison = this.panel.getByRole("region", { name: "Changes", exact: true });
  }

  async show(): Promise<void> {
    await this.tab.click();
  }

  /** Opens the find bar as a person does who reads the code. */
  async search(text: string): Promise<void> {
    await this.text.focus();
    await this.page.keyboard.press("Control+f");
    await this.find.fill(text);
  }

  /** A line near the part that is on the screen. */
  line(text: string | RegExp): Locator {
    return this.text.locator("[data-row]").filter({ hasText: text });
  }

  /** Lines that stand out because they come from the selection. */
  marked(text: string | RegExp): Locator {
    return this.text.locator("[data-marked]").filter({ hasText: text });
  }

  file(name: string): Locator {
    return this.files.getByRole("treeitem", { name });
  }

  fold(name: string): Locator {
    return this.text.getByRole("button", { name: new RegExp(`^(Unf|F)old ${name}`) });
  }

  button(name: string): Locator {
    return this.panel.getByRole("button", { name, exact: true });
  }
}
