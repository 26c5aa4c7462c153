import { describe, expect, it } from "vitest";
import { endpoints, type WebTemplate, webTemplate } from "../testing/web-template";
import { startsOfTemplate } from "./template";

/** The verdict, and what the line about images says. */
function said(change: WebTemplate): string {
  const start = startsOfTemplate(webTemplate(change)).find(({ place }) => place === "Web");
  const line = start?.checks.find(({ check }) => check === "image");
  return `${start?.verdict}${line?.verdict === "passes" ? "" : `: ${line?.why}`}`;
}

const all = endpoints("ecr.api", "ecr.dkr", "logs");
const policy = (statement: string) =>
  all.replace("VpcEndpointType: Gateway", `VpcEndpointType: Gateway, PolicyDocument: { Statement: [${statement}] }`);
const reading = (bucket: string) =>
  policy(`{ Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: !Sub 'arn:aws:s3:::${bucket}/*' }`);
const vpc = (settings: string) => [["EnableDnsSupport: true, EnableDnsHostnames: true", settings]] as const;
const image = "!Sub '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/app:1'";

describe("images over endpoints", () => {
  it.each<[string, string, WebTemplate, RegExp]>([
    [
      "all that it takes",
      "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
      { way: all },
      /^starts$/,
    ],
    [
      "private DNS that is off",
      "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
      { way: all.replace("PrivateDnsEnabled: true", "PrivateDnsEnabled: false") },
      /^fails: Doorecrapi does not answer under the usual name of ecr\.api, because its private DNS is off\. Set PrivateDnsEnabled to true\.$/,
    ],
    [
      "a VPC without DNS host names, as CloudFormation makes it",
      "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
      { way: all, change: vpc("EnableDnsSupport: true") },
      /^fails: Doorecrapi needs the DNS of Vpc, where EnableDnsHostnames is off/,
    ],
    [
      "a VPC whose DNS host names a parameter decides",
      "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
      { way: all, change: vpc("EnableDnsHostnames: !Ref Given") },
      /^unknowable: Whether Vpc has DNS host names/,
    ],
    [
      "a VPC without DNS",
      "https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html",
      { change: vpc("EnableDnsSupport: false") },
      /^fails: Vpc resolves no names, so nothing in it finds the image of app/,
    ],
    [
      "a VPC with a DNS of its own",
      "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_DHCP_Options.html",
      {
        change: vpc("EnableDnsSupport: false"),
        more: "  Dns: { Type: AWS::EC2::VPCDHCPOptionsAssociation, Properties: { VpcId: !Ref Vpc, DhcpOptionsId: !Ref Given } }",
      },
      /^starts$/,
    ],
    [
      "a policy for the bucket of the layers",
      "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms",
      { way: reading("prod-${AWS::Region}-starport-layer-bucket") },
      /^starts$/,
    ],
    [
      "a policy for all buckets",
      "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms",
      { way: policy("{ Effect: Allow, Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::*' }") },
      /^starts$/,
    ],
    [
      "a policy for another bucket",
      "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms",
      { way: reading("ours") },
      /^fails: The policy of Store does not let the image of app \(Amazon ECR\) through/,
    ],
    [
      "a policy that a condition narrows",
      "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
      {
        way: policy(
          "{ Effect: Allow, Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': x } } }",
        ),
      },
      /^unknowable: Store has a policy of its own/,
    ],
    [
      "an interface endpoint in the place of the gateway of S3",
      "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-setting-up-s3-gateway",
      {
        way: all.replace(
          "VpcEndpointType: Gateway, RouteTableIds: [!Ref PrivateTable]",
          "VpcEndpointType: Interface, SubnetIds: [!Ref Private], SecurityGroupIds: [!Ref Doors], PrivateDnsEnabled: true",
        ),
      },
      /^unknowable: AWS asks for a gateway endpoint of s3/,
    ],
    [
      "endpoints without a group, which the default group of the VPC closes",
      "https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html",
      { way: all.replace(/SecurityGroupIds: \[!Ref Doors\], /g, "") },
      /^fails: .*does not let tcp\/443 in from Web/,
    ],
    [
      "an image of a Region that is written out",
      "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
      { way: all, change: [[image, "!Sub '${AWS::AccountId}.dkr.ecr.us-west-2.amazonaws.com/app:1'"]] },
      /^unknowable: Whether Doorecrapi leads to the image of app \(Amazon ECR in us-west-2\) depends on where the stack is/,
    ],
    [
      "the same over NAT",
      "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
      { change: [[image, "!Sub '${AWS::AccountId}.dkr.ecr.us-west-2.amazonaws.com/app:1'"]] },
      /^starts$/,
    ],
    [
      "the same with endpoints of that Region",
      "https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",
      {
        way: all.replaceAll("${AWS::Region}", "us-west-2"),
        change: [[image, "!Sub '${AWS::AccountId}.dkr.ecr.us-west-2.amazonaws.com/app:1'"]],
      },
      /^starts$/,
    ],
  ])("%s (%s)", (_what, _docs, change, says) => {
    expect(said(change)).toMatch(says);
  });
});
