/**
 * One of the 2^bits equal parts of an IPv4 range, counted from zero: part 1 of 10.0.0.0/16 by 4 bits is 10.0.16.0/20.
 * Undefined where the range is not IPv4 CIDR notation or too small.
 */
export function subnetRange(cidr: string, bits: number, index: number): string | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  if (!match) return undefined;
  const numbers = match.slice(1).map(Number);
  const mask = numbers[4] as number;
  const octets = numbers.slice(0, 4);
  if (octets.some((octet) => octet > 255) || mask + bits > 32) return undefined;
  const address = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - mask);
  const start = address - (address % size) + index * (size / 2 ** bits);
  const text = [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".");
  return `${text}/${mask + bits}`;
}
