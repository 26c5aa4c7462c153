import * as fc from "fast-check";
import { zlibSync } from "fflate";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { toPng } from "../../cli/png";
import { toBase64Url } from "../../core/packing";
import { chunk, chunksOf, textChunk } from "../../core/png";
import type { Document } from "../../document/document";
import { printDocument } from "../../document/parse";
import { starters } from "../../document/starters";
import { arbitraryDesign } from "../../testing/arbitrary-design";
import { svgOf } from "../../testing/pictured";
import { readPicture } from ".";
import { isPicture, MAX_PICTURE } from "./recognise";

const shop = starters[0]?.document as Document;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const silent = { err: () => {} };
const said = async (bytes: Uint8Array): Promise<string> => {
  const read = await readPicture(bytes);
  return read.ok ? "opened" : read.problems.map(({ message }) => message).join(" ");
};
const concat = (...parts: Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

const svg = svgOf(shop).text;
const png = await toPng({ path: "diagram.svg", text: svg, lines: [] }, silent);

describe("a picture opens again", () => {
  const designs = [
    ...starters.map(({ id, document }) => [id, document] as const),
    ...fc.sample(arbitraryDesign, { numRuns: 20, seed: 8 }).map((document, at) => [`random ${at}`, document] as const),
  ];
  it.each(designs)("as the same document, from SVG: %s", async (_, document) => {
    for (const theme of ["light", "dark"] as const) {
      const read = await readPicture(bytesOf(svgOf(document, { theme }).text));
      expect(read.ok && printDocument(read.value)).toBe(printDocument(document));
    }
  });

  it.each(designs.slice(0, 6))("as the same document, from PNG: %s", async (_, document) => {
    const drawn = await toPng({ path: "diagram.svg", text: svgOf(document).text, lines: [] }, silent);
    expect(chunksOf(drawn)?.every(({ intact }) => intact)).toBe(true);
    expect((await sharp(drawn).metadata()).format).toBe("png");
    const read = await readPicture(drawn);
    expect(read.ok && printDocument(read.value)).toBe(printDocument(document));
  });

  it("with all its environments, also from a picture of one", async () => {
    const withTwo = {
      ...shop,
      environments: { dev: { props: {}, usage: {} }, prod: { props: {}, usage: {} } },
    } as unknown as Document;
    const whole = await readPicture(bytesOf(svgOf(withTwo).text));
    expect(whole.ok && Object.keys(whole.value.environments)).toEqual(["dev", "prod"]);
    const one = await readPicture(bytesOf(svgOf(withTwo, {}, { environment: "prod" }).text));
    expect(one.ok && printDocument(one.value)).toBe(printDocument(whole.ok ? whole.value : withTwo));
  });

  it("after an editor has changed the line ends and the quotes", async () => {
    const changed = svg.replaceAll("\n", "\r\n").replace('encoding="1"', "encoding='1'");
    expect(await said(concat(Uint8Array.of(0xef, 0xbb, 0xbf), bytesOf(` \n${changed}`)))).toBe("opened");
  });
});

describe("a picture that does not open says why", () => {
  it("is told from a design file by its first bytes", () => {
    expect([svg, "\uFEFF \n<svg/>", "<?xml version='1.0'?>"].map((text) => isPicture(bytesOf(text)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(isPicture(png)).toBe(true);
    expect(["", "{}", "[1]", " x", "\u0089PN"].map((text) => isPicture(bytesOf(text)))).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it("where it carries no design", async () => {
    const bare = svgOf(shop, { design: false }).text;
    expect(bare).not.toContain("bayplan:design");
    expect(await said(bytesOf(bare))).toMatch(/carries no design/);
    const drawn = await toPng({ path: "diagram.svg", text: bare, lines: [] }, silent);
    expect(await said(drawn)).toMatch(/carries no design/);
    expect(await said(bytesOf("<html></html>"))).toMatch(/markup, but no SVG/);
  });

  it("where it breaks off, wherever that is", async () => {
    for (const part of [0.02, 0.3, 0.6, 0.9, 0.999]) {
      expect(await said(bytesOf(svg.slice(0, svg.length * part)))).toMatch(/breaks off/);
      expect(await said(png.slice(0, png.length * part))).toMatch(/breaks off/);
    }
    expect(await said(png.slice(0, 8))).toMatch(/breaks off/);
  });

  it("where the design was damaged", async () => {
    const at = svg.indexOf('encoding="1">') + 200;
    const flipped = `${svg.slice(0, at)}${svg[at] === "A" ? "B" : "A"}${svg.slice(at + 1)}`;
    expect(await said(bytesOf(flipped))).toMatch(/damaged/);
    expect(await said(bytesOf(`${svg.slice(0, at)}&x;${svg.slice(at)}`))).toMatch(/damaged/);
    const own = chunksOf(png)?.find(({ type }) => type === "iTXt");
    const hurt = png.slice();
    hurt[(own?.start ?? 0) + 60] = (hurt[(own?.start ?? 0) + 60] as number) ^ 1;
    expect(await said(hurt)).toMatch(/damaged/);
    expect(await said(bytesOf(svg.replace('encoding="1"', 'encoding="9"')))).toMatch(/newer Bayplan/);
  });

  const wrapped = (payload: Uint8Array): Uint8Array =>
    bytesOf(`<svg><metadata><bayplan:design encoding="1">${toBase64Url(payload)}</bayplan:design></metadata></svg>`);

  it("where what unfolds is no design, or far more than one", async () => {
    expect(await said(wrapped(zlibSync(bytesOf("[1]"))))).toMatch(/JSON object/);
    expect(await said(wrapped(zlibSync(Uint8Array.of(0xff, 0xfe))))).toMatch(/damaged/);
    const bomb = zlibSync(new Uint8Array(30_000_000));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await said(wrapped(bomb))).toMatch(/far more than any design/);
    const end = chunksOf(png)?.at(-1)?.start ?? 0;
    const withBomb = concat(
      png.slice(0, 33),
      textChunk("bayplan", bomb),
      chunk("IEND", new Uint8Array()),
      png.slice(end),
    );
    expect(await said(withBomb)).toMatch(/far more than any design/);
  });

  it("where it is larger than any, without looking into it", async () => {
    const huge = new Uint8Array(100_000_000);
    huge.set(bytesOf("<svg>"));
    expect(await said(huge)).toMatch(/100 MB/);
    expect(MAX_PICTURE).toBeLessThan(100_000_000);
  });

  it("where a chunk claims a length beyond the end, or chunks never end", async () => {
    const lying = png.slice();
    new DataView(lying.buffer).setUint32(8, 0xffffffff);
    expect(await said(lying)).toMatch(/breaks off/);
    expect(await said(concat(png.slice(0, 8), chunk("IHDR", new Uint8Array(13))))).toMatch(/breaks off/);
  });

  it("never throws on noise", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (noise, asPng) => {
        const bytes = concat(asPng ? png.slice(0, 8) : bytesOf("<svg><bayplan:design encoding='1'>"), noise);
        expect(await said(bytes)).not.toBe("opened");
      }),
      { seed: 9, numRuns: 200 },
    );
  });
});
