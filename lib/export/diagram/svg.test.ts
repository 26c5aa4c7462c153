import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Document } from "../../document/document";
import { apply } from "../../document/edits/apply";
import { starters } from "../../document/starters";
import { arbitraryDesign } from "../../testing/arbitrary-design";
import { draw } from "../../testing/draw";
import { mermaidOf, svgOf } from "../../testing/pictured";
import { fargateWeb } from "../../testing/presets";
import { xmlFaults } from "../../testing/xml-judge";
import icons from "./data/icons.json" with { type: "json" };
import { pixelsOf } from "./pixels";
import { mix, themes } from "./theme";
import { escapeXml } from "./xml";

const shop = starters[0]?.document as Document;
const random = fc.sample(arbitraryDesign, { numRuns: 20, seed: 6 });

const HOSTILE = [
  "]]></title><script>alert(1)</script>",
  "--> <!-- &amp; &#0; ' \" \\ `",
  "\u0000\u0008\uFFFE\uD800 ${x}\n</svg>",
  "🚢 注文 שלום \u202E",
  "x".repeat(255),
  "</bayplan:design><bayplan:design encoding='1'>",
];
const hostile = draw(({ document, add, connect }) => {
  document.name = HOSTILE.join(" ").slice(0, 255);
  const box = add("vpc", {}, { name: HOSTILE[1] as string });
  const queues = HOSTILE.map((name) => add("sqsQueue", {}, { name }));
  add("efs", {}, { name: HOSTILE[0] as string, parent: box });
  add("note", { text: HOSTILE.join(" ").repeat(20) }, { name: HOSTILE[4] as string });
  connect(queues[0] as string, "deadLetter", queues[1] as string);
});

describe("SVG", () => {
  it.each([
    ...starters.map(({ id, document }) => [id, document] as const),
    ["hostile", hostile] as const,
    ["nothing", draw(() => {})] as const,
    ...random.map((document, at) => [`random ${at}`, document] as const),
  ])("of %s is well-formed, names every node, draws every edge, says what each line shows", (_, document) => {
    for (const theme of ["light", "dark"] as const) {
      const { text, lines } = svgOf(document, { theme });
      expect(xmlFaults(text)).toEqual([]);
      const printed = text.split("\n");
      const titles = (id: string, key: "node" | "edge") =>
        lines.filter((line) => line[key] === id).map(({ line }) => printed[line] as string);
      for (const [id, { name }] of Object.entries(document.nodes)) {
        const own = titles(id, "node");
        expect(own[0]).toMatch(/^<g><title>/);
        expect(own[0]).toContain(`<title>${escapeXml(name)} (`);
        expect(own.length).toBeGreaterThan(3);
        expect(own.at(-1)).toBe("</g>");
      }
      for (const id of Object.keys(document.edges)) {
        const own = titles(id, "edge");
        expect(own[1]).toMatch(/^<path d="M[^"]+" fill="none" stroke="#/);
        expect(own[2]).toMatch(/^<path d="M[^"]+Z" fill="#/);
      }
    }
  });

  it("is drawn by a renderer that knows neither our fonts nor our style sheets", async () => {
    for (const document of [shop, hostile]) {
      const { text } = svgOf(document);
      const { data, info } = await sharp(Buffer.from(text)).raw().toBuffer({ resolveWithObject: true });
      const { scale, width } = pixelsOf(text);
      expect(info.width).toBeCloseTo(width / scale, 0);
      const colours = new Set<string>();
      for (let at = 0; at < data.length; at += info.channels * 7)
        colours.add(data.subarray(at, at + 3).toString("hex"));
      expect(colours).toContain("f6f6f8");
      expect(colours).toContain("ffffff");
      expect(colours.size).toBeGreaterThan(50);
    }
  });

  it("has the same bytes for the same design, in whatever order it was written", () => {
    const backwards = {
      ...shop,
      nodes: Object.fromEntries(Object.entries(shop.nodes).reverse()),
      edges: Object.fromEntries(Object.entries(shop.edges).reverse()),
      layout: Object.fromEntries(Object.entries(shop.layout).reverse()),
    };
    expect(svgOf(backwards).text).toBe(svgOf(shop).text);
  });

  it("changes when a card moves, and the chart does not", () => {
    const moved = apply(shop, { edit: "move", id: "n20", layout: { x: 40, y: 900 } });
    if (!moved.ok) throw new Error(moved.problems[0]?.message);
    expect(svgOf(moved.value.document).text).not.toBe(svgOf(shop).text);
    expect(mermaidOf(moved.value.document).text).toBe(mermaidOf(shop).text);
  });

  it("carries only the icons and letters it shows, AWS's icons as they are", () => {
    const { text } = svgOf(draw(({ add }) => void add("sqsQueue", {}, { name: "Abc" })));
    expect([...text.matchAll(/<symbol id="i-([^"]+)"/g)].map((match) => match[1])).toEqual(["sqs"]);
    expect(text).toContain(icons.sqs.body);
    const bold = [...text.matchAll(/<path id="b([0-9a-f]+)"/g)].map((match) =>
      String.fromCodePoint(Number.parseInt(match[1] as string, 16)),
    );
    expect(new Set(bold)).toEqual(new Set("AbcExample"));
    const sprite = readFileSync("public/icons/aws.svg", "utf8");
    for (const [name, { viewBox, body }] of Object.entries(icons)) {
      expect(sprite).toContain(`<symbol id="${name}" viewBox="${viewBox}">${body}</symbol>`);
    }
  });

  it("has the colours of the interface", () => {
    const css = readFileSync("app/globals.css", "utf8");
    const token = (name: string) => {
      const found = new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(css);
      return { light: found?.[1], dark: found?.[2] };
    };
    for (const name of ["light", "dark"] as const) {
      const { edge, ...plain } = themes[name];
      const wanted = {
        canvas: token("canvas"),
        surface: token("surface"),
        line: token("line"),
        lineStrong: token("line-strong"),
        ink: token("ink"),
        ink2: token("ink-2"),
        ink3: token("ink-3"),
        good: token("good"),
        label: token("edge-label"),
      };
      expect(plain).toEqual(Object.fromEntries(Object.entries(wanted).map(([key, value]) => [key, value[name]])));
      for (const [style, colour] of Object.entries(edge)) expect(colour).toBe(token(`edge-${style}`)[name]);
    }
    expect(mix("#ffffff", "#000000", 0.5)).toBe("#808080");
  });

  it("says errors that it was exported with as comments that nothing ends early", () => {
    const { text } = svgOf(shop, {}, { findings: [{ rule: "ECS-X-001", message: "ends --> here <b>-" }] });
    expect(text.split("\n")[1]).toBe("<!-- ERROR ECS-X-001: ends - -> here <b>-  -->");
    expect(xmlFaults(text)).toEqual([]);
  });

  it("stays small, and bounded when it becomes pixels", () => {
    const web = draw((draft) => void fargateWeb(draft));
    expect(svgOf(web).text.length).toBeLessThan(50_000);
    expect(svgOf(shop).text.length).toBeLessThan(100_000);
    expect(pixelsOf('<svg width="1000" height="500">')).toEqual({
      width: 2000,
      height: 1000,
      scale: 2,
      note: undefined,
    });
    const large = pixelsOf('<svg width="40000" height="20000">');
    expect(large.width).toBeLessThanOrEqual(16_000);
    expect(large.width * large.height).toBeLessThanOrEqual(40_000_000);
    expect(large.note).toMatch(/too large for a PNG in full detail/);
  });
});
