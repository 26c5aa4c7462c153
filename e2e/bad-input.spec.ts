import { starters } from "../lib/document/starters";
import { draw } from "../lib/testing/draw";
import { expect, test } from "./fixtures";
import type { Designer } from "./pages/designer";

const queue = draw(({ document, add }) => {
  const id = add("sqsQueue", {}, { name: "Orders" });
  document.layout[id] = { x: 0, y: 0 };
});
const text = JSON.stringify(queue);
const changed = (change: Record<string, unknown>): string => JSON.stringify({ ...queue, ...change });

/** What a file holds, and the sentence and path a person must read. */
const files: readonly [what: string, content: string, says: RegExp, path?: string][] = [
  ["truncated JSON", text.slice(0, text.length - 20), /not.*JSON/i],
  ["a newer version", changed({ version: 99 }), /version 99.*newer Bayplan/, "/version"],
  ["an unknown kind", changed({ nodes: { n1: { ...queue.nodes.n1, kind: "mainframe" } } }), /kind/i, "/nodes/n1/kind"],
  [
    "an edge to nowhere",
    changed({ edges: { e1: { from: "n1", to: "n9", relation: "deadLetter", props: {} } } }),
    /n9/,
    "/edges/e1/to",
  ],
  [
    "a box inside itself",
    JSON.stringify({
      ...queue,
      nodes: { ...queue.nodes, n2: { kind: "cluster", name: "C", logicalId: "C", parent: "n2", props: {} } },
    }),
    /inside itself/,
    "/nodes/n2/parent",
  ],
  ["a negative size", changed({ layout: { n1: { x: 0, y: 0, w: -5, h: -5 } } }), /./, "/layout/n1/w"],
  ["something that is no design", "[1, 2, 3]", /JSON object/],
  ["5 MB of noise", "x9%{".repeat(1_310_720), /not/i],
  ["5 MB of brackets", "[".repeat(5_242_880), /nests|deeper/],
  ["nothing at all", "", /JSON|empty/i],
];

test("a design that says nowhere where its parts stand is arranged, and while that lasts it says so", async ({
  designer,
  page,
}) => {
  await designer.open();
  await designer.kept();
  let go: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    go = resolve;
  });
  // What arranges comes on its first use.
  await page.route("**/_next/static/**", async (route) => {
    await held;
    await route.continue();
  });
  const design = draw(({ add }) => {
    add("sqsQueue", {}, { name: "Orders" });
    add("snsTopic", {}, { name: "Alerts" });
  });
  await designer.openFile("unplaced.bayplan.json", JSON.stringify(design));
  await expect(designer.notice("Arranging the drawing…")).toBeVisible();
  go();
  await expect(designer.canvas.node("Orders")).toBeVisible();
  await expect(designer.notice("Arranging the drawing…")).toHaveCount(0);
});

async function asBefore(designer: Designer): Promise<void> {
  await expect(designer.name).toHaveValue("Example");
  await expect(designer.canvas.nodes).toHaveCount(1);
  await expect(designer.canvas.node("Orders")).toBeVisible();
}

test("files that are no design are refused, each in a sentence, and the open design stays", async ({ designer }) => {
  await designer.openDesign(queue);
  for (const [what, content, says, path] of files) {
    await test.step(what, async () => {
      const name = `${what}.json`;
      await designer.openFile(name, content);

      await expect(designer.notice(`“${name}” was not opened.`)).toBeVisible();
      const notice = designer.notices;
      await expect(notice).toContainText(says);
      if (path !== undefined) await expect(notice).toContainText(path);
      await asBefore(designer);
      await designer.kept();
    });
  }
});

test("the field behind an open file dialog outlives a collection of garbage", async ({ designer, page }) => {
  await designer.open();
  const field = await page.evaluateHandle(() => {
    const asked: { field?: WeakRef<HTMLInputElement> } = {};
    HTMLInputElement.prototype.click = function () {
      asked.field = new WeakRef(this);
    };
    return asked;
  });
  await designer.menu("Open a design file");
  const browser = await page.context().newCDPSession(page);
  await browser.send("HeapProfiler.collectGarbage");
  expect(await field.evaluate((asked) => asked.field?.deref()?.type)).toBe("file");
});

test("a file dropped on the page opens, and a bad one changes nothing", async ({ designer, page }) => {
  const drop = async (name: string, content: string): Promise<void> => {
    const data = await page.evaluateHandle(
      ([file, body]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([body as string], file as string, { type: "application/json" }));
        return transfer;
      },
      [name, content],
    );
    for (const type of ["dragenter", "dragover", "drop"]) {
      await designer.canvas.region.dispatchEvent(type, { dataTransfer: data });
    }
  };
  await designer.open();
  await drop("queue.bayplan.json", text);
  await asBefore(designer);

  await drop("half.json", text.slice(0, 100));
  await expect(designer.notice("“half.json” was not opened.")).toBeVisible();
  await asBefore(designer);
});

test("names with markup, quotes, emoji and 300 characters are shown as text and run nothing", async ({
  designer,
  page,
}) => {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const markup = `<script>alert(1)</script><img src=x onerror=alert(2)>`;
  const quotes = `Eve's "best" \\ & 🦊 {{7*7}} \${x}`;
  const long = "long ".repeat(51).trim();
  const design = draw(({ document, add }) => {
    for (const [at, name] of [markup, quotes, long].entries()) {
      const id = add("sqsQueue", {}, { name });
      document.layout[id] = { x: at * 300, y: 0 };
    }
  });
  const { canvas, outline, inspector, code } = designer;
  await designer.openDesign(design);
  for (const name of [markup, quotes, long]) await expect(canvas.node(name)).toBeVisible();
  await canvas.select(markup);
  await expect(inspector.name).toHaveValue(markup);
  await outline.show();
  await expect(outline.item(`${quotes}, SQS queue`)).toBeVisible();
  await code.show();
  await expect(code.text).toContainText("AWS::SQS::Queue");

  // More than a name may hold: refused or cut, in words, and the page goes on.
  await inspector.name.fill("x".repeat(300));
  await inspector.name.press("Enter");
  await expect.poll(async () => (await inspector.name.inputValue()).length).toBeLessThanOrEqual(255);
  expect(dialogs).toEqual([]);
});

test("a file with a name of 300 characters is refused with its path", async ({ designer }) => {
  await designer.openDesign(queue);
  await designer.openFile("long.json", changed({ nodes: { n1: { ...queue.nodes.n1, name: "x".repeat(300) } } }));

  await expect(designer.notices).toContainText("/nodes/n1/name");
  await asBefore(designer);
});

test("the starter on the screen survives a bad file too", async ({ designer }) => {
  await designer.open();
  await designer.openFile("strange.json", "{");

  await expect(designer.notices).toContainText("was not opened");
  await expect(designer.canvas.nodes).toHaveCount(Object.keys(starters[0]?.document.nodes ?? {}).length);
});
