import type { Locator, Page } from "@playwright/test";

/** The environments of a design: the switch in the bar, and the table in which they are compared and managed. */
export class Environments {
  readonly button: Locator;
  readonly dialog: Locator;
  readonly table: Locator;
  readonly name: Locator;
  readonly problem: Locator;

  constructor(private readonly page: Page) {
    this.button = page.getByRole("banner").getByRole("button", { name: /^Environment: / });
    this.dialog = page.getByRole("dialog", { name: "Environments" });
    this.table = this.dialog.getByRole("table", { name: "Environments compared" });
    this.name = this.dialog.getByRole("textbox", { name: "Name of the new environment" });
    this.problem = this.dialog.getByRole("alert");
  }

  /** Shows everything in an environment, or in Base. */
  async choose(name: string): Promise<void> {
    await this.button.click();
    await this.page.getByRole("menuitemcheckbox", { name: new RegExp(`^${name}`) }).click();
  }

  async manage(): Promise<void> {
    await this.button.click();
    await this.page.getByRole("menuitem", { name: /environments…|manage…/ }).click();
  }

  async add(name: string, like = "Base"): Promise<void> {
    await this.name.fill(name);
    await this.dialog.getByLabel("like", { exact: true }).selectOption(like);
    await this.dialog.getByRole("button", { name: "Add environment" }).click();
  }

  async act(name: string, action: "Rename" | "Duplicate" | "Delete"): Promise<void> {
    await this.dialog.getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
    await this.page.getByRole("menuitem", { name: action }).click();
  }

  async close(): Promise<void> {
    await this.dialog.getByRole("button", { name: "Close" }).last().click();
  }

  /** Names over the columns, Base first. */
  heads(): Locator {
    return this.table.getByRole("columnheader").getByRole("button", { pressed: undefined }).filter({ hasText: /./ });
  }

  /** The cells of a row, from Base on. */
  cells(row: string | RegExp): Locator {
    return this.table
      .getByRole("row")
      .filter({ has: this.page.getByRole("rowheader", { name: row }) })
      .getByRole("cell");
  }
}
