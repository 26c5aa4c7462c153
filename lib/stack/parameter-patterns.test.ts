import { describe, expect, it } from "vitest";
import { certificateArn, clusterArn, ipv4Range, targetArn } from "./parameter-patterns";

const takes = ({ allowedPattern = "" }, text: string): boolean => new RegExp(`^(?:${allowedPattern})$`).test(text);

describe("patterns of parameters", () => {
  it.each(["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-eusc"])(
    "take ARNs of partition %s",
    (partition) => {
      const id = "12345678-1234-1234-1234-123456789012";
      expect(takes(certificateArn, `arn:${partition}:acm:xx-west-1:123456789012:certificate/${id}`)).toBe(true);
      expect(takes(certificateArn, `arn:${partition}:iam::123456789012:server-certificate/path/name`)).toBe(true);
      expect(takes(clusterArn, `arn:${partition}:ecs:xx-west-1:123456789012:cluster/Main_1-a`)).toBe(true);
      expect(takes(targetArn, `arn:${partition}:scheduler:::aws-sdk:sqs:sendMessage`)).toBe(true);
      expect(takes(targetArn, `arn:${partition}:lambda:xx-west-1:123456789012:function:f`)).toBe(true);
    },
  );

  it.each([
    "",
    "my-certificate",
    "arn:aws:acm:us-east-1:1:certificate/x",
    "arn:aws:ecs:us-east-1:123456789012:cluster/x",
  ])("refuse %j as a certificate", (text) => expect(takes(certificateArn, text)).toBe(false));

  it("take IPv4 ranges only", () => {
    expect(takes(ipv4Range, "10.0.0.0/16")).toBe(true);
    for (const text of ["10.0.0.0", "fd00::/56", "10.0.0/16", "a10.0.0.0/16"])
      expect(takes(ipv4Range, text)).toBe(false);
  });
});
