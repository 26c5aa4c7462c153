import { isPng } from "../../core/png";

/** Largest picture that is read, in bytes. */
export const MAX_PICTURE = 32_000_000;

/** True where bytes begin like a PNG, or with the markup that SVG is; JSON begins like neither. */
export function isPicture(bytes: Uint8Array): boolean {
  if (isPng(bytes)) return true;
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while ([0x09, 0x0a, 0x0d, 0x20].includes(bytes[at] ?? 0)) at += 1;
  return bytes[at] === 0x3c;
}
