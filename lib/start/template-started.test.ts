import { describe, expect, it } from "vitest";
import { webTemplate } from "../testing/web-template";
import { startsOfTemplate } from "./template";

const run = "{ Effect: Allow, Action: 'ecs:RunTask', Resource: !Ref Task }";
const pass = "{ Effect: Allow, Action: 'iam:PassRole', Resource: !GetAtt Exec.Arn }";

interface Started {
  parameters?: string;
  trusts?: string;
  may?: string;
  schedule?: boolean;
}

/** The verdict on tasks that a rule or a schedule starts, and what its role lacks. */
function said({
  parameters = "LaunchType: FARGATE, NetworkConfiguration: { NETWORK: { Subnets: [!Ref Private], SecurityGroups: [!Ref TaskGroup] } }",
  schedule = false,
  trusts = schedule ? "scheduler.amazonaws.com" : "events.amazonaws.com",
  may = `${run}, ${pass}`,
}: Started): string {
  const network = schedule ? "AwsvpcConfiguration" : "AwsVpcConfiguration";
  const target = `Arn: !GetAtt Cluster.Arn, RoleArn: !GetAtt Starter.Arn, EcsParameters: { TaskDefinitionArn: !Ref Task, ${parameters.replace("NETWORK", network)} }`;
  const more = `
  Starter: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', Principal: { Service: ${trusts} } }] }, Policies: [{ PolicyName: x, PolicyDocument: { Statement: [${may}] } }] } }
  Nightly: ${
    schedule
      ? `{ Type: AWS::Scheduler::Schedule, Properties: { ScheduleExpression: rate(1 hour), FlexibleTimeWindow: { Mode: 'OFF' }, Target: { ${target} } } }`
      : `{ Type: AWS::Events::Rule, Properties: { ScheduleExpression: rate(1 hour), Targets: [{ Id: t, ${target} }] } }`
  }`;
  const starts = startsOfTemplate(webTemplate({ more }));
  // The service beside it is another matter.
  expect(starts.find(({ place }) => place === "Web")?.verdict).toBe("starts");
  const start = starts.find(({ place }) => place === "Nightly");
  const against = start?.checks.filter(({ verdict }) => verdict !== "passes") ?? [];
  return `${start?.verdict}${against.map(({ check, why }) => ` [${check}] ${why}`).join("")}`;
}

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html
describe("tasks that a rule or a schedule starts", () => {
  it.each<[string, Started, RegExp]>([
    ["a rule", {}, /^starts$/],
    ["a schedule", { schedule: true }, /^starts$/],
    [
      "a role that may not pass on the execution role",
      { may: run },
      /^fails \[role\] No statement lets Starter do iam:PassRole/,
    ],
    ["a role that may not run tasks", { may: pass }, /^fails \[role\] No statement lets Starter do ecs:RunTask/],
    [
      "a role that trusts another service",
      { trusts: "ecs-tasks.amazonaws.com" },
      /^fails \[role\] No statement lets events\.amazonaws\.com do sts:AssumeRole/,
    ],
    [
      "a schedule whose role trusts rules",
      { schedule: true, trusts: "events.amazonaws.com" },
      /^fails \[role\] No statement lets scheduler\.amazonaws\.com do sts:AssumeRole/,
    ],
    [
      "no network",
      { parameters: "LaunchType: FARGATE" },
      /^fails \[network\] The tasks of Nightly need an interface of their own, and it names no subnets/,
    ],
    [
      "no launch type",
      { parameters: "NetworkConfiguration: { NETWORK: { Subnets: [!Ref Private] } }" },
      /^fails \[definition\] Nightly runs Task on EC2, as it says no launch type/,
    ],
  ])("%s", (_what, change, says) => {
    expect(said(change)).toMatch(says);
  });
});
