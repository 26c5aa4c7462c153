import type { Locator, Page } from "@playwright/test";

/** The panel on the right: what is selected, or the design. */
export class Inspector {
  readonly panel: Locator;
  readonly name: Locator;
  readonly connectTo: Locator;

  constructor(page: Page) {
    this.panel = page.getByRole("region", { name: "Inspector" });
    // In the header, before any field of that label.
    this.name = this.panel.getByLabel("Name", { exact: true }).first();
    this.connectTo = this.panel.getByRole("combobox", { name: "Connect to" });
  }

  tab(label: "Settings" | "Connections" | "Flow" | "Findings" | "Cost" | "JSON"): Locator {
    return this.panel.getByRole("tab", { name: new RegExp(`^${label}`) });
  }

  field(label: string): Locator {
    return this.panel.getByLabel(label, { exact: true });
  }

  /** Types a value and leaves the field, which is what commits it. */
  async set(label: string, value: string): Promise<void> {
    await this.field(label).fill(value);
    await this.field(label).press("Enter");
  }
}
