/**
 * The name that Git gives a file's content: SHA-1 or SHA-256 over a header and the bytes.
 * https://git-scm.com/book/en/v2/Git-Internals-Git-Objects
 */
export async function blobId(bytes: Uint8Array, algorithm: "SHA-1" | "SHA-256" = "SHA-1"): Promise<string> {
  const head = new TextEncoder().encode(`blob ${bytes.length}\0`);
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  const digest = new Uint8Array(await crypto.subtle.digest(algorithm, whole));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Ids of 64 hexadecimal digits are SHA-256, which a repository can be made with. */
export const algorithmOf = (id: string): "SHA-1" | "SHA-256" => (id.length === 64 ? "SHA-256" : "SHA-1");

const CHUNK = 0x8000;

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, Math.min(at + CHUNK, bytes.length)));
  return btoa(text);
}

/** Undefined for what is no Base64. */
export function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text.replaceAll(/\s/g, "")), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Bytes as text when they are UTF-8 that comes back the same, else undefined. */
export function asText(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
