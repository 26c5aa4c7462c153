/**
 * The container of a PNG: a signature, then chunks, each with length, type, data and checksum.
 * https://www.w3.org/TR/png-3/#5DataRep
 */
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, at) => bytes[at] === byte);

export interface Chunk {
  type: string;
  data: Uint8Array;
  /** Where it starts in the file, and where the next one does. */
  start: number;
  end: number;
  /** False where the checksum says that the data was changed. */
  intact: boolean;
}

/** All chunks up to the end mark; undefined where the file breaks off or is no PNG. */
export function chunksOf(bytes: Uint8Array): Chunk[] | undefined {
  if (!isPng(bytes)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) return undefined;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const intact = view.getUint32(end - 4) === crc32(bytes.subarray(at + 4, end - 4));
    chunks.push({ type, data: bytes.subarray(at + 8, end - 4), start: at, end, intact });
    if (type === "IEND") return chunks;
    at = end;
  }
  return undefined;
}

/** One chunk as bytes. */
export function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(ascii(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** The data of an international text chunk (iTXt) whose text is deflated: keyword, flags, no language. */
export function textChunk(keyword: string, packed: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = ascii(`${keyword}\0\u0001\0\0\0`);
  const data = new Uint8Array(head.length + packed.length);
  data.set(head);
  data.set(packed, head.length);
  return chunk("iTXt", data);
}

/** The deflated text of such a chunk; undefined for all others. */
export function packedText({ type, data }: Chunk, keyword: string): Uint8Array | undefined {
  const head = ascii(`${keyword}\0\u0001\0\0\0`);
  if (type !== "iTXt" || data.length < head.length) return undefined;
  return head.every((byte, at) => data[at] === byte) ? data.subarray(head.length) : undefined;
}

let table: Uint32Array | undefined;

/** The checksum of PNG and zip. https://www.w3.org/TR/png-3/#D-CRCAppendix */
export function crc32(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at += 1) {
    crc = (table[(crc ^ (bytes[at] as number)) & 0xff] as number) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
