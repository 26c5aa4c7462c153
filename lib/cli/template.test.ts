import { describe, expect, it } from "vitest";
import { main } from "./main";

/** Runs the command line on one file, t.yaml. */
async function bayplan(file: string, ...argv: string[]) {
  let [out, err] = ["", ""];
  const io = {
    stdin: async () => "",
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    readFile: async () => file,
    readBytes: async () => new TextEncoder().encode(file),
    writeFile: async () => {},
  };
  return { code: await main(argv, io), out, err };
}

const template = (rule: string): string => `
AWSTemplateFormatVersion: 2010-09-09
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24 } }
  TaskGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc } }
  DbGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc, SecurityGroupIngress: [${rule}] } }
  Subnets: { Type: AWS::RDS::DBSubnetGroup, Properties: { DBSubnetGroupDescription: x, SubnetIds: [!Ref Subnet] } }
  Db: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, DBSubnetGroupName: !Ref Subnets, VPCSecurityGroups: [!Ref DbGroup] } }
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      ContainerDefinitions: [{ Name: app, Image: nginx, Environment: [{ Name: DB, Value: !GetAtt Db.Endpoint.Address }] }]
  Web:
    Type: AWS::ECS::Service
    Properties:
      LaunchType: FARGATE
      TaskDefinition: !Ref Task
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Subnet], SecurityGroups: [!Ref TaskGroup] } }
`;
const good = template("{ IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref TaskGroup }");
const world = template("{ IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0 }");

describe("a CloudFormation template in place of a design", () => {
  it.each([
    [good, 0, "open"],
    [world, 1, "blocked"],
    [template("!ImportValue Rule"), 3, "unknowable"],
  ])("is traced between logical ids", async (file, code, verdict) => {
    const ran = await bayplan(file, "trace", "t.yaml", "--from", "Web", "--to", "Db", "--format", "json");
    const data = JSON.parse(ran.out);
    expect([ran.code, ran.err, data.verdict]).toEqual([code, "", verdict]);
    expect(data.hops.every((hop: object) => Object.keys(hop).join() === "at,resource,port,verdict,why")).toBe(true);
    expect(data.hops.at(-1)).toMatchObject({ resource: "DbGroup", port: "tcp/5432", verdict });
  });

  it("lists what it connects, and openings that nothing needs", async () => {
    const { code, out } = await bayplan(world, "flows", "t.yaml");
    const data = JSON.parse(out);
    expect(code).toBe(1);
    expect(data.edges.map(({ edge, verdict }: { edge: string; verdict: string }) => `${edge} ${verdict}`)).toEqual([
      "Task → Db blocked",
    ]);
    expect(data.unserved).toEqual([
      { resource: "DbGroup", why: expect.stringMatching(/^DbGroup lets tcp\/22 in from 0\.0\.0\.0\/0, and nothing/) },
    ]);
    expect((await bayplan(good, "flows", "t.yaml", "--format", "text")).out).toMatch(/^open Task → Db\n {2}open/);
  });

  it.each([
    [
      "a faulty one",
      `${good}  Web: []\n`,
      [],
      /^t\.yaml is not a template that can be used\.\nt\.yaml:\d+: The resource Web has no Type/,
    ],
    [
      "a macro",
      `Transform: Own\n${good}`,
      [],
      /^What t\.yaml creates, it does not say itself\.\nt\.yaml:1: The macro Own rewrites/,
    ],
    ["an environment", good, ["--environment", "prod"], /which has no environment “prod”/],
    ["an unknown id", good, ["--to", "Gone"], /has no resource “Gone”\. It has Db, DbGroup/],
  ])("refuses %s with a sentence", async (_what, file, more, says) => {
    const { code, out, err } = await bayplan(file, "trace", "t.yaml", "--from", "Web", "--to", "Db", ...more);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(says);
  });

  it("is asked for its grants", async () => {
    const secret = good.replace("Image: nginx,", "Image: nginx, Secrets: [{ Name: KEY, ValueFrom: /app/key }],");
    const { code, out, err } = await bayplan(secret, "grants", "t.yaml", "--format", "json");
    expect([code, err]).toEqual([1, ""]);
    expect(JSON.parse(out)).toMatchObject({
      edges: [],
      nodes: [
        { node: "Task", verdict: "denied", permissions: [{ who: "Task (no role)", actions: ["ssm:GetParameters"] }] },
      ],
      unused: [],
    });
    expect((await bayplan(good, "grants", "t.yaml")).code).toBe(0);
  });
});
