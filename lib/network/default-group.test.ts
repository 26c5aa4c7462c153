import { describe, expect, it } from "vitest";
import { byTask, database, group, onInstances, stackOf, tcp } from "../testing/network-template";
import { reach } from "./reachability";
import { templateFlows } from "./templates";

const theDefault = "!GetAtt Vpc.DefaultSecurityGroup";
const tasksInIt = ["SecurityGroups: [!Ref TaskGroup]", `SecurityGroups: [${theDefault}]`] as const;
const fromIt = group("DbGroup", tcp(5432, `SourceSecurityGroupId: ${theDefault}`)) + database();

// https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
describe("the group that EC2 makes along with a VPC", () => {
  it.each([
    ["lets its members in", database(theDefault), tasksInIt, "open"],
    ["lets in nobody else", database(theDefault), undefined, "blocked"],
    ["is what a database without groups has", database(""), undefined, "blocked"],
    ["is what tasks without groups have", database(""), ["SecurityGroups: [!Ref TaskGroup]", ""], "open"],
    [
      "lets in whom a rule of the template adds",
      `${database(theDefault)}
  In: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: ${theDefault}, ${tcp(5432, byTask)} } }`,
      undefined,
      "open",
    ],
    ["is let in where a rule names it", fromIt, tasksInIt, "open"],
    ["and nobody else is, then", fromIt, undefined, "blocked"],
  ] as const)("%s", (_what, resources, change, verdict) => {
    const found = reach(stackOf(resources, "", change as readonly [string, string] | undefined), "Web", "Db");
    expect([found.verdict, found.hops.map(({ verdict: one }) => one)]).toEqual([
      verdict,
      expect.not.arrayContaining(["unknowable"]),
    ]);
  });

  it("is named as what it is, by the VPC that it comes with, and none of its own rules is an opening", () => {
    const stack = stackOf(database(theDefault));
    expect(reach(stack, "Web", "Db").hops.at(-1)).toMatchObject({
      resource: "Vpc",
      why: "No rule of the default group of Vpc lets tcp/5432 in from TaskGroup.",
    });
    expect(templateFlows(stack).unserved).toEqual([]);
  });
});

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html
describe("a rule that speaks of a group by its name", () => {
  const by = (name: string) => group("DbGroup", tcp(5432, `SourceSecurityGroupName: ${name}`)) + database();
  it("is read where the template gives that name", () => {
    const tasks = ["TaskGroup: { Type: AWS::EC2::SecurityGroup, Properties: {"] as const;
    const called = [tasks[0], `${tasks[0]} GroupName: tasks,`] as const;
    expect(reach(stackOf(by("!Ref TaskGroup")), "Web", "Db").verdict).toBe("open");
    expect(reach(stackOf(by("!Ref DbGroup")), "Web", "Db").verdict).toBe("blocked");
    expect(reach(stackOf(by("tasks"), "", called), "Web", "Db").verdict).toBe("open");
    expect(reach(stackOf(by("others"), "", called), "Web", "Db").verdict).toBe("unknowable");
  });
});

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#network_mode
describe("tasks that stand in no network of the template", () => {
  const open = group("DbGroup", tcp(5432, "CidrIp: 0.0.0.0/0")) + database();
  const host = `
  In: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: !Ref HostGroup, IpProtocol: '-1', CidrIp: 0.0.0.0/0 } }`;

  it("of mode none send nothing and get nothing", () => {
    const stack = stackOf(open + onInstances("none") + host);
    for (const [from, to] of [
      ["Old", "Db"],
      ["Web", "Old"],
      ["Old", "internet"],
    ] as const) {
      const { verdict, hops } = reach(stack, from, to);
      expect([verdict, hops.map(({ why }) => why)]).toEqual([
        "blocked",
        ["The tasks of Old have no network (mode none), so no packet reaches or leaves them."],
      ]);
    }
    expect(reach(stackOf(open + onInstances("bridge")), "Old", "Db").verdict).toBe("open");
  });

  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-anywhere.html
  it("of launch type EXTERNAL run on machines that the template does not have", () => {
    const { verdict, hops } = reach(stackOf(open + onInstances("bridge", "EXTERNAL")), "Old", "Db");
    expect([verdict, hops.at(-1)?.why]).toEqual(["unknowable", expect.stringMatching(/outside AWS/)]);
  });

  it("are found by the family of their definition, too", () => {
    const stack = stackOf(open + onInstances("bridge").replace("TaskDefinition: !Ref OldTask", "TaskDefinition: old"));
    expect(reach(stack, "Old", "Db").verdict).toBe("open");
  });
});
