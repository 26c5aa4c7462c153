import type { Locator, Page } from "@playwright/test";
import type { NodeKind } from "../../lib/catalog";
import type { RelationId } from "../../lib/catalog/relations";
import { named } from "./names";

/** The drawing board: cards, lines, and the gestures of the pointer. */
export class Canvas {
  readonly region: Locator;
  /** What the canvas says beside the pointer while something is dragged. */
  readonly says: Locator;
  readonly nodes: Locator;
  readonly edges: Locator;
  /** The starters over an empty canvas. */
  readonly start: Locator;

  constructor(private readonly page: Page) {
    this.region = page.getByRole("region", { name: "Canvas" });
    this.says = this.region.getByRole("status");
    this.nodes = this.region.locator("[data-node-id]");
    this.edges = this.region.locator("[data-edge-id]");
    this.start = this.region.getByRole("region", { name: "Start" });
  }

  node(name: string): Locator {
    return this.region.getByRole("group", { name: named(name) });
  }

  nodesOf(kind: NodeKind): Locator {
    return this.region.locator(`[data-node-id][data-kind="${kind}"]`);
  }

  edgesOf(relation: RelationId): Locator {
    return this.region.locator(`[data-edge-id][data-relation="${relation}"]`);
  }

  /** A connection by what it says: "Front door forwards to Web". */
  edge(says: string | RegExp): Locator {
    return this.edges.and(this.region.getByLabel(says));
  }

  /** Selects a connection by keyboard: lines are thin, and may lie under one another. */
  async selectEdge(says: string | RegExp): Promise<void> {
    await this.edge(says).focus();
    await this.page.keyboard.press("Enter");
  }

  /** Selects a card or a box by a click on its name. */
  async select(name: string): Promise<void> {
    await this.node(name).getByText(name, { exact: true }).first().click();
  }

  /** Starts dragging a connection from a card's right side; the button stays down. */
  async pull(from: Locator): Promise<void> {
    await from.hover();
    const port = from.locator('[data-port][data-side="right"]').first();
    await port.hover();
    await this.page.mouse.down();
  }

  /** Carries the connection being dragged over a card. */
  async over(to: Locator): Promise<void> {
    await to.hover({ force: true });
  }

  async drop(): Promise<void> {
    await this.page.mouse.up();
  }

  /** Drags a connection from one card to another. */
  async connect(from: Locator, to: Locator): Promise<void> {
    await this.pull(from);
    await this.over(to);
    await this.drop();
  }

  /** How far two cards stand apart, in widths of the first: the same at any zoom and in any part of the view. */
  async apart(one: Locator, other: Locator): Promise<{ x: number; y: number }> {
    // Both in one look: the view may be on its way.
    return one.evaluate(
      (first, second) => {
        const [a, b] = [first.getBoundingClientRect(), (second as Element).getBoundingClientRect()];
        return { x: (b.x - a.x) / a.width, y: (b.y - a.y) / a.width };
      },
      await other.elementHandle(),
    );
  }

  /** Zooms in until everything on cards and lines can be read. */
  async closer(): Promise<void> {
    const nearer = this.region.getByRole("button", { name: "Zoom in" });
    while ((await this.region.locator("[data-zoom=near]").count()) === 0) await nearer.click();
  }

  /** Whether the lines of a crowd, drawn on one canvas, are red and green somewhere. */
  async crowdColours(): Promise<{ red: boolean; green: boolean }> {
    return this.region.locator("canvas.crowd").evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement;
      const { data } = (element as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height) ?? {
        data: [],
      };
      const seen = { red: false, green: false };
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, blue = 0, alpha = 0] = data.slice(at, at + 4);
        if (alpha < 100) continue;
        if (red > green + 60 && red > blue + 60) seen.red = true;
        if (green > red + 40 && green > blue + 20) seen.green = true;
      }
      return seen;
    });
  }

  /** Brings everything into view. */
  async fit(): Promise<void> {
    await this.region.getByRole("button", { name: "Zoom to fit" }).click();
  }
}
