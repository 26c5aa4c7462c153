import { fromBase64Url, inflate } from "../../core/packing";
import { chunksOf, isPng, packedText } from "../../core/png";
import { fail, type Result } from "../../core/result";
import type { Document } from "../../document/document";
import { MAX_TEXT, parseDocument } from "../../document/parse";
import { ENCODING, KEYWORD, payloadIn } from "../../export/diagram/carried";
import { MAX_PICTURE } from "./recognise";

const no = (message: string) => fail({ path: "", message });
const again = "Open the picture as Bayplan exported it, or ask for the design file.";

/**
 * The design that a picture carries. The picture is searched, never drawn or parsed as markup: nothing in it runs and no
 * entity unfolds. What is found goes through the same door as a design file.
 */
export async function readPicture(bytes: Uint8Array): Promise<Result<Document>> {
  if (bytes.length > MAX_PICTURE) {
    return no(
      `The picture has ${Math.round(bytes.length / 1e6)} MB; one with a design has at most ${MAX_PICTURE / 1e6} MB.`,
    );
  }
  const packed = isPng(bytes) ? inPng(bytes) : inSvg(bytes);
  return packed.ok ? unfold(packed.value) : packed;
}

function inPng(bytes: Uint8Array): Result<Uint8Array> {
  const chunks = chunksOf(bytes);
  if (!chunks) return no("The picture breaks off: a part of the PNG is missing. Get it again.");
  for (const chunk of chunks) {
    const packed = packedText(chunk, KEYWORD);
    if (!packed) continue;
    if (!chunk.intact) return damaged();
    return { ok: true, value: packed };
  }
  return none();
}

function inSvg(bytes: Uint8Array): Result<Uint8Array> {
  const text = new TextDecoder().decode(bytes);
  if (!/<svg[\s>]/.test(text)) {
    return no("The file is markup, but no SVG picture. A design comes as JSON, SVG or PNG.");
  }
  const found = payloadIn(text);
  const whole = text.trimEnd().endsWith("</svg>");
  if (found === null || (found === undefined && !whole)) {
    return no("The picture breaks off: a part of the SVG is missing. Get it again.");
  }
  if (!found) return none();
  if (found.encoding !== ENCODING) {
    return no("The design in this picture was packed by a newer Bayplan. Open it there.");
  }
  const packed = /^[A-Za-z0-9_-]+$/.test(found.payload) ? fromBase64Url(found.payload) : new Uint8Array();
  return packed.length === 0 ? damaged() : { ok: true, value: packed };
}

const none = (): Result<never> =>
  no(
    `This picture carries no design: it was not made by Bayplan, was exported without its design, or lost it in another program. ${again}`,
  );

const damaged = (): Result<never> => no(`The design in this picture is damaged. ${again}`);

async function unfold(packed: Uint8Array): Promise<Result<Document>> {
  let text: string;
  try {
    const unpacked = await inflate(packed, MAX_TEXT);
    if (unpacked === null) {
      return no("The design in this picture unfolds to far more than any design holds, so it was not opened.");
    }
    text = new TextDecoder("utf-8", { fatal: true }).decode(unpacked);
  } catch {
    return damaged();
  }
  return parseDocument(text);
}
