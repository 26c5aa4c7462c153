import { toPng } from "../lib/cli/png";
import { printDocument } from "../lib/document/parse";
import { starters } from "../lib/document/starters";
import { draw } from "../lib/testing/draw";
import { svgOf } from "../lib/testing/pictured";
import { expect, test } from "./fixtures";
import type { Designer } from "./pages/designer";

const shop = starters[0]?.document ?? draw(() => {});
const svg = svgOf(shop).text;

/** The file that the open design is saved as. */
async function savedText(designer: Designer): Promise<string> {
  const [download] = await Promise.all([designer.page.waitForEvent("download"), designer.menu("Save the design file")]);
  const stream = await download.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

for (const kind of ["svg", "png"] as const) {
  test(`a design comes back whole from its ${kind.toUpperCase()}, chosen as a file`, async ({ designer, page }) => {
    const content = kind === "svg" ? svg : await toPng({ path: "", text: svg, lines: [] }, { err: () => {} });
    await designer.startBlank();
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), designer.menu("Open a design file")]);
    await chooser.setFiles({ name: `shop.${kind}`, mimeType: `image/${kind}`, buffer: Buffer.from(content) });

    await expect(designer.name).toHaveValue(shop.name);
    await expect(designer.canvas.nodes).toHaveCount(Object.keys(shop.nodes).length);
    expect(await savedText(designer)).toBe(printDocument(shop));
  });
}

test("a picture dropped on the page opens; one without a design is explained and changes nothing", async ({
  designer,
  page,
}) => {
  const drop = async (name: string, content: string): Promise<void> => {
    const data = await page.evaluateHandle(
      ([file, body]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([body as string], file as string, { type: "image/svg+xml" }));
        return transfer;
      },
      [name, content],
    );
    for (const type of ["dragenter", "dragover", "drop"]) {
      await designer.canvas.region.dispatchEvent(type, { dataTransfer: data });
    }
  };
  await designer.startBlank();
  await drop("shop.svg", svg);
  await expect(designer.name).toHaveValue(shop.name);
  await expect(designer.canvas.nodes).toHaveCount(Object.keys(shop.nodes).length);

  for (const [name, content, says] of [
    ["bare.svg", svgOf(shop, { design: false }).text, /carries no design/],
    ["half.svg", svg.slice(0, svg.length / 2), /breaks off/],
  ] as const) {
    await drop(name, content);
    await expect(designer.notice(`“${name}” was not opened.`)).toBeVisible();
    await expect(designer.notices).toContainText(says);
    await expect(designer.name).toHaveValue(shop.name);
  }
});

test("the export dialog gives the command line's SVG to the byte, and a PNG that opens again", async ({
  designer,
  page,
}) => {
  const { exporting } = designer;
  await designer.openDesign(shop);
  await designer.export.click();
  await exporting.choose("SVG");
  const picture = await exporting.take();
  expect(picture.name).toBe("diagram.svg");
  expect(picture.bytes.toString("utf8")).toBe(svg);

  await exporting.choose("PNG");
  await expect(exporting.dialog).toContainText("Whoever has it can read the whole design");
  const drawn = await exporting.take();
  expect(drawn.name).toBe("diagram.png");
  await page.keyboard.press("Escape");

  await designer.menu("New design");
  await expect(designer.canvas.nodes).toHaveCount(0);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), designer.menu("Open a design file")]);
  await chooser.setFiles({ name: drawn.name, mimeType: "image/png", buffer: drawn.bytes });
  await expect(designer.name).toHaveValue(shop.name);
  expect(await savedText(designer)).toBe(printDocument(shop));
  expect(drawn.bytes.length).toBeGreaterThan(100_000);
});
