import { test as base, expect } from "@playwright/test";
import { Designer } from "./pages/designer";

interface Fixtures {
  /** The designer on a fresh browser context, with a page object for each panel. */
  designer: Designer;
  /** What the page complained about; every test ends with this being empty. */
  complaints: string[];
}

export const test = base.extend<Fixtures>({
  // Views that glide are views that a test would have to wait for.
  contextOptions: async ({ contextOptions }, use) => use({ ...contextOptions, reducedMotion: "reduce" }),
  actionTimeout: 15_000,
  complaints: [
    async ({ context }, use) => {
      const complaints: string[] = [];
      context.on("weberror", (error) => complaints.push(error.error().message));
      context.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      await use(complaints);
      expect(complaints, "errors in the browser's console").toEqual([]);
    },
    { auto: true },
  ],
  designer: async ({ page }, use) => use(new Designer(page)),
});

export { expect };
