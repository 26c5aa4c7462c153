import type { Locator, Page } from "@playwright/test";

/** What a packet meets: the mode of the canvas, and the panel below it. */
export class Flows {
  /** The switch over the canvas. */
  readonly mode: Locator;
  readonly tab: Locator;
  readonly panel: Locator;
  readonly openings: Locator;
  /** The security groups with their rules. */
  readonly groups: Locator;
  /** Over the canvas: how much is blocked, and the ways there. */
  readonly blocked: Locator;
  readonly nextBlocked: Locator;

  readonly from: Locator;
  readonly to: Locator;
  readonly clearTrace: Locator;
  /** Whether each task will start. */
  readonly starts: Locator;

  constructor(page: Page) {
    const dock = page.getByRole("region", { name: "Bottom panel" });
    this.mode = page.getByRole("group", { name: "Canvas mode" }).getByRole("radio", { name: "Flows" });
    this.tab = dock.getByRole("tab", { name: /^Flows/ });
    this.panel = dock.getByRole("tabpanel", { name: /^Flows/ });
    this.blocked = page.getByRole("group", { name: "What is blocked" });
    this.nextBlocked = this.blocked.getByRole("button", { name: "Go to the next blocked place" });
    this.openings = this.panel.getByRole("region", { name: "Openings that serve no connection" });
    const ends = this.panel.getByRole("group", { name: "Trace", exact: true });
    this.from = ends.getByLabel("Trace from", { exact: true });
    this.to = ends.getByLabel("Trace to", { exact: true });
    this.clearTrace = ends.getByRole("button", { name: "Clear the trace" });
    this.starts = this.panel.getByRole("region", { name: "Tasks" });
    this.groups = this.panel.getByRole("table", { name: "Security groups and their rules" });
  }

  async show(): Promise<void> {
    await this.tab.click();
  }

  /** One of the views of the panel. */
  async view(name: "Connections" | "Security groups" | "Start-up" | "Permissions"): Promise<void> {
    await this.panel.getByRole("radio", { name: new RegExp(`^${name}`) }).check();
  }

  /** A connection as a row: "Front door → Web". */
  connection(name: string): Locator {
    const toggle = this.panel.page().getByRole("button", { name: `Hops of ${name}`, exact: true });
    return this.panel.getByRole("region", { name: "Traffic" }).getByRole("listitem").filter({ has: toggle });
  }

  async unfold(name: string): Promise<void> {
    const toggle = this.connection(name).getByRole("button", { name: `Hops of ${name}`, exact: true });
    if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
  }

  /** The hops of a connection, or those that its words tell apart. */
  hops(connection: string, says?: string | RegExp): Locator {
    const hops = this.connection(connection).getByRole("listitem");
    return says === undefined ? hops : hops.filter({ hasText: says });
  }

  /** Rows of the table of security groups. */
  rules(says: string | RegExp): Locator {
    return this.groups.getByRole("row").filter({ hasText: says });
  }

  /** The trace between two nodes, while it is shown. */
  trace(from: string, to: string): Locator {
    return this.panel.getByRole("region", { name: `Trace from ${from} to ${to}` });
  }

  /** A connection or a node with what it needs to be allowed. */
  permissions(name: string): Locator {
    const toggle = this.panel.page().getByRole("button", { name: `Permissions of ${name}`, exact: true });
    return this.panel
      .getByRole("region", { name: "What the drawing needs" })
      .getByRole("listitem")
      .filter({ has: toggle });
  }

  /** A task in a place where it runs: "Web task in Web". */
  task(name: string): Locator {
    const toggle = this.panel.page().getByRole("button", { name: `Checks of ${name}`, exact: true });
    return this.starts.getByRole("listitem").filter({ has: toggle });
  }
}
