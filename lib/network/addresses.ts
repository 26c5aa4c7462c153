/** A run of addresses of one family, both ends included. */
export interface AddressRange {
  version: 4 | 6;
  from: bigint;
  to: bigint;
  /** As written. */
  text: string;
}

const BITS = { 4: 32, 6: 128 } as const;

/** Reads CIDR notation, or a single address; undefined for anything else. Host bits are ignored, as EC2 does. */
export function parseCidr(text: string): AddressRange | undefined {
  const match = /^([0-9A-Fa-f:.]+)(?:\/(\d{1,3}))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, address, length] = match as unknown as [string, string, string | undefined];
  const version = address.includes(":") ? 6 : 4;
  const number = version === 4 ? parseIpv4(address) : parseIpv6(address);
  const prefix = length === undefined ? BITS[version] : Number(length);
  if (number === undefined || prefix > BITS[version]) return undefined;
  const size = 1n << BigInt(BITS[version] - prefix);
  const from = number - (number % size);
  return { version, from, to: from + size - 1n, text };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2 || text.includes(".")) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array<string>(halves.length === 2 ? missing : 0).fill("0"), ...tail];
  if (groups.some((group) => !/^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined;
  return groups.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

/** True when every address of the second is one of the first. */
export const contains = (outer: AddressRange, inner: AddressRange): boolean =>
  outer.version === inner.version && outer.from <= inner.from && outer.to >= inner.to;

const withinNetworks = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "fc00::/7",
].flatMap((cidr) => parseCidr(cidr) ?? []);

/** True for addresses that the internet does not have. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export const isPrivateRange = (range: AddressRange): boolean => withinNetworks.some((one) => contains(one, range));

/** All addresses of a family. */
export const isEverywhere = (range: AddressRange): boolean =>
  range.from === 0n && range.to === (1n << BigInt(BITS[range.version])) - 1n;

export interface Ports {
  from: number;
  to: number;
}

/** What one rule lets through: ports, from or to some addresses; undefined means wherever the packet comes from. */
export interface Opening {
  ports: Ports;
  addresses: AddressRange | undefined;
}

/** True when the openings together let all ports through for all addresses, each port of each address by some opening. */
export function covered(addresses: AddressRange | undefined, ports: Ports, openings: readonly Opening[]): boolean {
  if (!addresses) {
    return coversPorts(
      ports,
      openings.flatMap((opening) => (opening.addresses ? [] : [opening.ports])),
    );
  }
  const whole = ({ addresses: range, ports: open }: Opening) =>
    open.from <= ports.from && open.to >= ports.to && (!range || contains(range, addresses));
  if (openings.some(whole)) return true;
  const useful = openings.filter((item) => !item.addresses || overlaps(item.addresses, addresses));
  const starts = new Set([addresses.from]);
  for (const { addresses: range } of useful) {
    if (!range) continue;
    if (range.from > addresses.from) starts.add(range.from);
    if (range.to < addresses.to) starts.add(range.to + 1n);
  }
  return [...starts].every((start) =>
    coversPorts(
      ports,
      useful.flatMap((item) =>
        !item.addresses || (item.addresses.from <= start && item.addresses.to >= start) ? [item.ports] : [],
      ),
    ),
  );
}

/** True when some address is in both. */
export const overlaps = (a: AddressRange, b: AddressRange): boolean =>
  a.version === b.version && a.from <= b.to && b.from <= a.to;

function coversPorts(need: Ports, open: readonly Ports[]): boolean {
  let next = need.from;
  for (const { from, to } of [...open].sort((a, b) => a.from - b.from)) {
    if (from > next) return false;
    if (to >= next) next = to + 1;
    if (next > need.to) return true;
  }
  return next > need.to;
}
