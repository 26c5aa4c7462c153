import { describe, expect, it } from "vitest";
import { interfacesOf } from "./instance-interfaces";
import { instanceTypeNames } from "./instance-types";

describe("network interfaces of instances", () => {
  it("knows every type of the table", () => {
    expect(instanceTypeNames.filter((type) => interfacesOf(type) === undefined)).toEqual([]);
  });

  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html
  it.each([
    ["t3.medium", 3, false],
    ["t3a.small", 2, false],
    ["t4g.xlarge", 4, false],
    ["m5.large", 3, true],
    ["c6g.medium", 2, true],
    ["r7g.4xlarge", 8, true],
  ] as const)("%s has %i", (type, interfaces, trunking) => {
    expect(interfacesOf(type)).toEqual({ interfaces, trunking });
  });

  it("does not guess", () => {
    expect(interfacesOf("t9.huge")).toBeUndefined();
    expect(interfacesOf("m5")).toBeUndefined();
  });
});
