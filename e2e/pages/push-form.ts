import type { Locator, Page } from "@playwright/test";

/** The export dialog's fields for a branch and a request on GitHub or GitLab. */
export class PushForm {
  readonly repository: Locator;
  readonly token: Locator;
  readonly branch: Locator;
  readonly base: Locator;
  readonly folder: Locator;
  readonly title: Locator;
  readonly send: Locator;
  readonly cancel: Locator;
  readonly forget: Locator;
  /** How far it is, and what came of it. */
  readonly status: Locator;
  readonly problem: Locator;

  constructor(private readonly page: Page) {
    const dialog = page.getByRole("dialog", { name: "Export" });
    this.repository = dialog.getByLabel("Repository", { exact: true }).and(dialog.getByRole("textbox"));
    this.token = dialog.getByLabel("Token", { exact: true });
    this.branch = dialog.getByLabel("New branch");
    this.base = dialog.getByLabel("Into branch");
    this.folder = dialog.getByRole("textbox", { name: "Folder" });
    this.title = dialog.getByLabel("Title");
    this.send = dialog.getByRole("button", { name: /^Open a (pull|merge) request/ });
    this.cancel = dialog.getByRole("button", { name: "Cancel" });
    this.forget = dialog.getByRole("button", { name: "Forget the token" });
    this.status = dialog.getByRole("status");
    this.problem = dialog.getByRole("alert");
  }

  async choose(host: "GitHub" | "GitLab"): Promise<void> {
    const way = this.page.getByRole("radio", { name: host, exact: true });
    await this.page.getByRole("dialog", { name: "Export" }).locator("label").filter({ has: way }).click();
    await this.repository.waitFor();
  }
}
