/** Deflates bytes, with a checksum (zlib). */
export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const packed = await collect(stream(bytes).pipeThrough(new CompressionStream("deflate")), Number.POSITIVE_INFINITY);
  return packed as Uint8Array;
}

/** Unfolds what {@link deflate} packed; null when it holds more than `limit` bytes. Rejects where it is damaged. */
export const inflate = (bytes: Uint8Array, limit: number): Promise<Uint8Array | null> =>
  collect(stream(bytes).pipeThrough(new DecompressionStream("deflate")), limit);

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

export function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** No bytes at all where the text is not base64url. */
export function fromBase64Url(text: string): Uint8Array {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
