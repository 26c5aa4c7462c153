import { writeFile } from "node:fs/promises";
import { expect, type Locator, type Page, test } from "@playwright/test";
import type { Document } from "../../lib/document/document";
import { printDocument } from "../../lib/document/parse";
import { Canvas } from "./canvas";
import { Code } from "./code";
import { Cost } from "./cost";
import { ExportDialog } from "./export-dialog";
import { Flows } from "./flows";
import { Inspector } from "./inspector";
import { Outline } from "./outline";
import { Palette } from "./palette";
import { Problems } from "./problems";
import { ShareDialog } from "./share-dialog";

/** The whole screen: the bar here, each panel as a page object of its own. */
export class Designer {
  readonly canvas: Canvas;
  readonly palette: Palette;
  readonly outline: Outline;
  readonly inspector: Inspector;
  readonly problems: Problems;
  readonly flows: Flows;
  readonly cost: Cost;
  readonly code: Code;
  readonly exporting: ExportDialog;
  readonly sharing: ShareDialog;

  readonly name: Locator;
  readonly saved: Locator;
  readonly undo: Locator;
  readonly redo: Locator;
  /** "Check: 2 warnings". */
  readonly check: Locator;
  /** "Cost: $184/mo". */
  readonly total: Locator;
  readonly share: Locator;
  readonly export: Locator;
  readonly theme: Locator;
  /** What was last read to screen readers. */
  readonly announced: Locator;
  /** The message over the canvas, with everything it lists. */
  readonly notices: Locator;
  /** The banner over a drawing that came with a link. */
  readonly sharedBanner: Locator;

  constructor(readonly page: Page) {
    this.canvas = new Canvas(page);
    this.palette = new Palette(page, this.canvas);
    this.outline = new Outline(page);
    this.inspector = new Inspector(page);
    this.problems = new Problems(page);
    this.flows = new Flows(page);
    this.cost = new Cost(page);
    this.code = new Code(page);
    this.exporting = new ExportDialog(page);
    this.sharing = new ShareDialog(page);

    const bar = page.getByRole("banner");
    this.name = bar.getByRole("textbox", { name: "Design name" });
    this.saved = bar.getByRole("status", { name: /^Saved state/ });
    this.undo = bar.getByRole("button", { name: "Undo", exact: true });
    this.redo = bar.getByRole("button", { name: "Redo", exact: true });
    this.check = bar.getByRole("button", { name: /^Check: / });
    this.total = bar.getByRole("button", { name: /^Cost: / });
    this.share = bar.getByRole("button", { name: "Share" });
    this.export = bar.getByRole("button", { name: "Export" });
    this.theme = bar.getByRole("button", { name: "Switch between light and dark" });
    this.announced = page.getByRole("status", { name: "Announcements" });
    this.notices = page.getByRole("button", { name: "Close message" }).locator("..");
    this.sharedBanner = page.getByRole("region", { name: "Shared link" });
  }

  /** Opens the page; with a fragment, a shared link. */
  async open(fragment?: string): Promise<void> {
    await this.page.goto(fragment === undefined ? "/" : `/#${fragment}`);
    await expect(this.saved).not.toHaveText("Opening…");
  }

  /** Waits until the last change is in the browser's store. */
  async kept(): Promise<void> {
    await expect(this.saved).toHaveText("Saved in this browser");
  }

  async menu(entry: string): Promise<void> {
    await this.page.getByRole("button", { name: "Menu", exact: true }).click();
    await this.page.getByRole("menuitem", { name: entry }).click();
  }

  /** An empty canvas with nothing over it. */
  async startBlank(): Promise<void> {
    await this.open();
    await this.menu("New design");
    await this.canvas.start.getByRole("button", { name: "Start blank" }).click();
  }

  /** Opens a file through the menu, whatever it holds. */
  async openFile(name: string, content: string): Promise<void> {
    const path = test.info().outputPath(name);
    await writeFile(path, content);
    const [chooser] = await Promise.all([this.page.waitForEvent("filechooser"), this.menu("Open a design file")]);
    await chooser.setFiles(path);
  }

  /** Opens the page and on it a design, to be changed. */
  async openDesign(document: Document): Promise<void> {
    await this.open();
    await this.openFile("design.bayplan.json", printDocument(document));
    await expect(this.name).toHaveValue(document.name);
    await expect(this.canvas.nodes).toHaveCount(Object.keys(document.nodes).length);
  }

  /** A message over the canvas. */
  notice(text: string | RegExp): Locator {
    return this.canvas.region.getByText(text);
  }

  /** The monthly total in dollars as the bar shows it; waits until it is known. */
  async monthly(): Promise<number> {
    await expect(this.total).toHaveText(/\$\d/);
    return Number(((await this.total.textContent()) ?? "").replace(/[^0-9.]/g, ""));
  }
}
