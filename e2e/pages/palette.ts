import type { Locator, Page } from "@playwright/test";
import type { Canvas } from "./canvas";

/** The list of what can be added. */
export class Palette {
  readonly tab: Locator;
  readonly search: Locator;
  readonly list: Locator;

  constructor(
    page: Page,
    private readonly canvas: Canvas,
  ) {
    const panel = page.getByRole("navigation", { name: "Add and outline" });
    this.tab = panel.getByRole("tab", { name: "Add" });
    this.search = panel.getByRole("combobox", { name: "Search what to add" });
    this.list = panel.getByRole("listbox", { name: "What can be added" });
  }

  entry(label: string): Locator {
    return this.list.getByRole("option", { name: `Add ${label}`, exact: true });
  }

  /** Drags a kind onto the canvas; the point is within the canvas, in pixels. */
  async drag(label: string, to: { x: number; y: number }): Promise<void> {
    await this.entry(label).dragTo(this.canvas.region, { targetPosition: to });
  }

  /** Drags a kind into a box: below what stands in it, at its left. */
  async dragInto(label: string, box: Locator): Promise<void> {
    const [inner, outer] = [await box.boundingBox(), await this.canvas.region.boundingBox()];
    if (!inner || !outer) throw new Error("The box is not on the screen.");
    await this.drag(label, { x: inner.x - outer.x + 100, y: inner.y - outer.y + inner.height - 60 });
  }
}
