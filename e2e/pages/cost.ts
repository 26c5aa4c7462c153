import { expect, type Locator, type Page } from "@playwright/test";

/** The monthly bill, line by line. */
export class Cost {
  /** The switch over the canvas. */
  readonly mode: Locator;
  readonly tab: Locator;
  readonly panel: Locator;

  /** The panel while it has not yet followed the last edit. */
  private readonly behind: Locator;

  constructor(page: Page) {
    const dock = page.getByRole("region", { name: "Bottom panel" });
    this.behind = dock.locator("[aria-busy=true]");
    this.mode = page.getByRole("group", { name: "Canvas mode" }).getByRole("radio", { name: "Cost" });
    this.tab = dock.getByRole("tab", { name: /^Cost/ });
    this.panel = dock.getByRole("tabpanel", { name: /^Cost/ });
  }

  async show(): Promise<void> {
    await this.tab.click();
  }

  /** "Parts", "Lines", "Environments". */
  async view(name: string): Promise<void> {
    await this.panel.getByRole("radio", { name, exact: true }).check({ force: true });
  }

  /** The cells of one column of a table, without its head. */
  async column(table: string, head: RegExp): Promise<string[]> {
    const found = this.panel.getByRole("table", { name: table });
    await expect(found).toBeVisible();
    await expect(this.behind).toHaveCount(0);
    const heads = await found.getByRole("columnheader").allInnerTexts();
    const at = heads.findIndex((text) => head.test(text));
    const texts: string[] = [];
    for (const row of (await found.getByRole("row").all()).slice(1))
      texts.push(((await row.getByRole("cell").or(row.getByRole("rowheader")).allInnerTexts())[at] ?? "").trim());
    return texts;
  }

  /** Amounts a month of the lines of one payer, by item. */
  async amounts(payer: string): Promise<Record<string, number>> {
    const group = this.panel
      .getByRole("rowgroup")
      .filter({ has: this.panel.page().getByRole("button", { name: payer, exact: true }) });
    await expect(group).toBeVisible();
    await expect(this.behind).toHaveCount(0);
    const amounts: Record<string, number> = {};
    for (const row of (await group.getByRole("row").all()).slice(1)) {
      const [item = "", , , amount = ""] = await row.getByRole("cell").allInnerTexts();
      // Below the item stands how its quantity came about.
      amounts[item.split("\n")[0] ?? ""] = Number(amount.replace(/[$,]/g, ""));
    }
    return amounts;
  }
}
