/**
 * The blocks that `Fn::Cidr` gives: `count` of them, each with `bits` bits of addresses, from the start of `block`.
 * Undefined where the block has no room for so many or is none.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-cidr.html
 */
export function cidrBlocks(block: string, count: number, bits: number | undefined): string[] | undefined {
  const match = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(block);
  if (!match || !Number.isInteger(count) || count < 1 || count > 256) return undefined;
  const [, address, length] = match as unknown as [string, string, string];
  const six = address.includes(":");
  const width = six ? 128 : 32;
  const start = six ? fromIpv6(address) : fromIpv4(address);
  const own = bits ?? (six ? 64 : undefined);
  const prefix = own === undefined ? -1 : width - own;
  if (start === undefined || prefix < Number(length) || prefix > width) return undefined;
  const size = 1n << BigInt(width - prefix);
  const room = 1n << BigInt(prefix - Number(length));
  if (room < BigInt(count)) return undefined;
  const first = start - (start % (1n << BigInt(width - Number(length))));
  const text = six ? toIpv6 : toIpv4;
  return Array.from({ length: count }, (_, index) => `${text(first + size * BigInt(index))}/${prefix}`);
}

function fromIpv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function fromIpv6(text: string): bigint | undefined {
  const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const [head = [], tail] = halves;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (halves.length > 2 || (tail ? missing < 1 : missing !== 0)) return undefined;
  const groups = [...head, ...Array<string>(tail ? missing : 0).fill("0"), ...(tail ?? [])];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

const toIpv4 = (address: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join(".");

const toIpv6 = (address: bigint): string =>
  Array.from({ length: 8 }, (_, index) => ((address >> BigInt(112 - 16 * index)) & 65535n).toString(16)).join(":");
