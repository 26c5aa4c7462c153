import { deflate, fromBase64Url, inflate, toBase64Url } from "../core/packing";
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
  return `${KEY}=${ENCODING}.${toBase64Url(await deflate(bytes))}`;
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
    const unpacked = await inflate(bytes, MAX_BYTES);
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
