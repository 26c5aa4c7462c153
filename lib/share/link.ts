import { fail, ok, type Result } from "../core/result";
import type { Document } from "../document/document";
import { parseDocument } from "../document/parse";

/** Key of the fragment: `#design=1.<base64url>`. The number is the encoding's version, not the document's. */
const KEY = "design";
const ENCODING = "1";

/** Longest link that mail, chat and issue trackers carry without cutting it, in characters. */
export const MAX_LINK = 8_000;

/** Largest design a link may unfold to, in bytes: far above what fits a link, far below what stalls a browser. */
const MAX_BYTES = 8_000_000;

/**
 * The fragment (without "#") that holds a whole design: JSON, deflated with a checksum (zlib), base64url. Browsers never
 * send fragments, so no server sees the design.
 */
export async function encodeLink(document: Document): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const packed = await collect(stream(bytes).pipeThrough(new CompressionStream("deflate")), Number.POSITIVE_INFINITY);
  return `${KEY}=${ENCODING}.${toBase64Url(packed as Uint8Array)}`;
}

/** True when a fragment claims to hold a design. */
export const isDesignLink = (fragment: string): boolean => new RegExp(`^#?${KEY}=`).test(fragment);

/** Reads a fragment back, or says in a sentence what is wrong with the link. */
export async function decodeLink(fragment: string): Promise<Result<Document>> {
  const match = new RegExp(`^#?${KEY}=([0-9]+)\\.([A-Za-z0-9_-]*)$`).exec(fragment.trim());
  if (!match) {
    return fail({
      path: "",
      message:
        "This link is damaged: it has characters that no Bayplan link has. Ask for the link again, or for the design file.",
    });
  }
  if (match[1] !== ENCODING) {
    return fail({
      path: "",
      message: "This link was made by a newer Bayplan. Open it there, or ask for the design file.",
    });
  }
  const bytes = fromBase64Url(match[2] as string);
  let text: string;
  try {
    const unpacked = await collect(stream(bytes).pipeThrough(new DecompressionStream("deflate")), MAX_BYTES);
    if (unpacked === null)
      return fail({ path: "", message: "This link unfolds to far more than any design holds, so it was not opened." });
    text = new TextDecoder("utf-8", { fatal: true }).decode(unpacked);
  } catch {
    return fail({
      path: "",
      message:
        "This link is damaged: a part of it is missing or was changed on the way. Ask for the link again, or for the design file.",
    });
  }
  const parsed = parseDocument(text);
  return parsed.ok ? ok(parsed.value) : parsed;
}

const stream = (bytes: Uint8Array): ReadableStream<BufferSource> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(bytes as Uint8Array<ArrayBuffer>);
      controller.close();
    },
  });

/** All bytes of a stream; null when there are more than `limit`. */
async function collect(source: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array | null> {
  const reader = source.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
