import { strToU8, zlibSync } from "fflate";
import { fromBase64Url, toBase64Url } from "../../core/packing";
import { chunksOf, textChunk } from "../../core/png";
import type { Document } from "../../document/document";
import { printDocument } from "../../document/parse";

/** Keyword of the PNG chunk. */
export const KEYWORD = "bayplan";
/** Version of the way a picture carries a design: its JSON, deflated with a checksum (zlib); in SVG as base64url. */
export const ENCODING = "1";

const OPENING = "<bayplan:design";
const CLOSING = "</bayplan:design>";
const WIDTH = 120;

const packed = new WeakMap<Document, readonly string[]>();

/** The lines of an SVG that hold the whole design, so that the picture opens again. */
export function carried(document: Document): readonly string[] {
  let lines = packed.get(document);
  if (!lines) {
    lines = pack(document);
    packed.set(document, lines);
  }
  return lines;
}

function pack(document: Document): readonly string[] {
  // Keys sorted as in the design file, and deflated by our own code: the same design gives the same bytes everywhere.
  const text = JSON.stringify(JSON.parse(printDocument(document)));
  const payload = toBase64Url(zlibSync(strToU8(text)));
  return [
    "<metadata>",
    `${OPENING} xmlns:bayplan="urn:bayplan:design" encoding="${ENCODING}">`,
    ...(payload.match(new RegExp(`.{1,${WIDTH}}`, "g")) ?? []),
    CLOSING,
    "</metadata>",
  ];
}

/** What a picture carries: the encoding's version and the packed design as text; null where the end of it is missing. */
export function payloadIn(svg: string): { encoding: string; payload: string } | null | undefined {
  const start = svg.indexOf(OPENING);
  if (start < 0) return undefined;
  const tagEnd = svg.indexOf(">", start);
  const end = svg.indexOf(CLOSING, start);
  if (tagEnd < 0 || end < tagEnd) return null;
  const encoding = /\bencoding=["']([^"'<>]{1,20})["']/.exec(svg.slice(start, Math.min(tagEnd, start + 400)))?.[1];
  return { encoding: encoding ?? "", payload: svg.slice(tagEnd + 1, end).replace(/\s+/g, "") };
}

/** The PNG made of an SVG, with the design that the SVG carries; as it is where it carries none. */
export function withDesignOf(svg: string, png: Uint8Array): Uint8Array<ArrayBuffer> {
  const found = payloadIn(svg);
  const chunks = chunksOf(png);
  const last = chunks?.at(-1);
  if (!found || !last) return new Uint8Array(png);
  const text = textChunk(KEYWORD, fromBase64Url(found.payload));
  const bytes = new Uint8Array(last.end + text.length);
  bytes.set(png.subarray(0, last.start));
  bytes.set(text, last.start);
  bytes.set(png.subarray(last.start, last.end), last.start + text.length);
  return bytes;
}
