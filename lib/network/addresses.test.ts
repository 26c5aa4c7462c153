import { describe, expect, it } from "vitest";
import { type AddressRange, contains, covered, isEverywhere, parseCidr } from "./addresses";

const range = (cidr: string): AddressRange => {
  const parsed = parseCidr(cidr);
  if (!parsed) throw new Error(`${cidr} is no CIDR`);
  return parsed;
};
const opening = (cidr: string | undefined, from: number, to = from) => ({
  addresses: cidr === undefined ? undefined : range(cidr),
  ports: { from, to },
});

describe("parseCidr", () => {
  it("reads IPv4 and IPv6 ranges and single addresses", () => {
    expect(range("10.0.0.0/16")).toMatchObject({ version: 4, from: 167772160n, to: 167837695n });
    expect(range("192.0.2.7")).toMatchObject({ from: 3221225991n, to: 3221225991n });
    expect(range("2001:db8::/32")).toMatchObject({ version: 6, from: 0x20010db8n << 96n });
    expect(isEverywhere(range("0.0.0.0/0"))).toBe(true);
    expect(isEverywhere(range("::/0"))).toBe(true);
  });

  it("ignores host bits, as EC2 does", () => {
    expect(range("10.0.5.9/16")).toMatchObject({ from: range("10.0.0.0/16").from });
  });

  it.each(["", "10.0.0/8", "10.0.0.256/8", "10.0.0.0/33", "::1::", "sg-0abc", "1:2:3", "10.0.0.0/16/2", "0.0.0.0/x"])(
    "refuses %s",
    (text) => expect(parseCidr(text)).toBeUndefined(),
  );

  it("keeps families apart", () => {
    expect(contains(range("::/0"), range("10.0.0.0/8"))).toBe(false);
    expect(contains(range("10.0.0.0/8"), range("10.1.0.0/16"))).toBe(true);
    expect(contains(range("10.1.0.0/16"), range("10.0.0.0/8"))).toBe(false);
  });
});

describe("covered", () => {
  const http = { from: 80, to: 80 };
  it("takes one opening that holds all of it", () => {
    expect(covered(range("10.0.1.0/24"), http, [opening("10.0.0.0/16", 0, 65535)])).toBe(true);
  });
  it("adds up address ranges", () => {
    const halves = [opening("0.0.0.0/1", 80), opening("128.0.0.0/1", 80)];
    expect(covered(range("0.0.0.0/0"), http, halves)).toBe(true);
    expect(covered(range("0.0.0.0/0"), http, halves.slice(1))).toBe(false);
  });
  it("adds up ports", () => {
    const need = { from: 32768, to: 65535 };
    const parts = [opening(undefined, 50000, 65535), opening(undefined, 32768, 49999)];
    expect(covered(range("10.0.0.0/24"), need, parts)).toBe(true);
    expect(covered(undefined, need, parts)).toBe(true);
    expect(covered(undefined, need, [opening(undefined, 32769, 65535)])).toBe(false);
    expect(covered(undefined, need, [opening(undefined, 32768, 40000), opening(undefined, 40002, 65535)])).toBe(false);
  });
  it("wants every port for every address", () => {
    const need = { from: 1, to: 2 };
    const crossed = [opening("10.0.0.0/25", 1), opening("10.0.0.128/25", 2)];
    expect(covered(range("10.0.0.0/24"), need, crossed)).toBe(false);
    expect(covered(range("10.0.0.0/24"), need, [...crossed, opening("10.0.0.0/24", 1, 2)])).toBe(true);
  });
});
