import { describe, expect, it } from "vitest";
import { draw } from "../testing/draw";
import { fargateWeb, type WebChanges } from "../testing/presets";
import { propertiesOf, stackFaults, stackOf } from "../testing/stack-faults";

const web = (change: WebChanges) => stackOf(draw((draft) => void fargateWeb(draft, change)));

interface Statement {
  Action: string | string[];
  Resource: unknown;
}
const statements = (stack: ReturnType<typeof web>, role: string): Statement[] =>
  (propertiesOf(stack, `${role}DefaultPolicy`)?.PolicyDocument as { Statement: Statement[] } | undefined)?.Statement ??
  [];

describe("execution role", () => {
  it("may pull exactly this repository and write to exactly this log group", () => {
    expect(statements(web({}), "WebTaskExecutionRole")).toEqual([
      { Action: "ecr:GetAuthorizationToken", Effect: "Allow", Resource: "*" },
      {
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
        Effect: "Allow",
        Resource: { "Fn::GetAtt": ["WebImage", "Arn"] },
      },
      {
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Effect: "Allow",
        Resource: { "Fn::GetAtt": ["WebTaskLogGroup", "Arn"] },
      },
    ]);
  });

  it("does not exist where nothing needs it: a public image that does not log", () => {
    const stack = stackOf(
      draw((draft) => {
        draft.add(
          "taskDefinition",
          { containerDefinitions: { c1: { name: "app", image: "nginx:1.27", logConfiguration: null } } },
          { name: "Job" },
        );
      }),
    );
    expect(stack.resources.JobExecutionRole).toBeUndefined();
    expect(propertiesOf(stack, "Job")?.ExecutionRoleArn).toBeUndefined();
  });

  it("may read what containers name by ARN or name", () => {
    const stack = web({
      container: {
        secrets: [
          { name: "A", valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf:password::" },
          { name: "B", valueFrom: "/app/key" },
          { name: "C", valueFrom: "arn:aws:ssm:eu-west-1:111122223333:parameter/other" },
        ],
        environmentFiles: [{ value: "arn:aws:s3:::config/app.env" }],
        image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app:1",
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": "/mine", "awslogs-region": "eu-west-1", "awslogs-create-group": "true" },
        },
      },
    });
    const resources = statements(stack, "WebTaskExecutionRole").map(({ Action, Resource }) => [
      [Action].flat()[0],
      Resource,
    ]);
    const here = (text: string) => ({ "Fn::Sub": `arn:\${AWS::Partition}:${text}` });
    const logGroup = here("logs:eu-west-1:${AWS::AccountId}:log-group:/mine:*");
    expect(resources).toEqual(
      expect.arrayContaining([
        ["secretsmanager:GetSecretValue", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"],
        ["ssm:GetParameters", here("ssm:${AWS::Region}:${AWS::AccountId}:parameter/app/key")],
        ["ssm:GetParameters", "arn:aws:ssm:eu-west-1:111122223333:parameter/other"],
        ["s3:GetObject", "arn:aws:s3:::config/app.env"],
        ["s3:GetBucketLocation", "arn:aws:s3:::config"],
        ["ecr:BatchCheckLayerAvailability", here("ecr:eu-west-1:111122223333:repository/team/app")],
        ["logs:CreateLogStream", logGroup],
        ["logs:CreateLogGroup", logGroup],
      ]),
    );
    expect(stack.resources.WebTaskLogGroup).toBeUndefined();
  });
});

describe("task role", () => {
  it("gets the four actions of ECS Exec, and no more", () => {
    expect(statements(web({ service: { enableExecuteCommand: true } }), "WebTaskTaskRole")).toEqual([
      {
        Action: [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        Effect: "Allow",
        Resource: "*",
      },
    ]);
  });

  it("none and existing: nothing is made, nothing is granted", () => {
    const none = web({ service: { enableExecuteCommand: true }, task: { taskRole: { mode: "none" } } });
    expect(none.resources.WebTaskTaskRole).toBeUndefined();
    expect(propertiesOf(none, "WebTask")?.TaskRoleArn).toBeUndefined();
    const arn = "arn:aws:iam::111122223333:role/mine";
    const existing = web({
      service: { enableExecuteCommand: true },
      task: { taskRole: { mode: "existing", arn }, executionRole: { mode: "existing", arn } },
    });
    expect(propertiesOf(existing, "WebTask")).toMatchObject({ TaskRoleArn: arn, ExecutionRoleArn: arn });
    expect(Object.values(existing.resources).some(({ type }) => type.startsWith("AWS::IAM::"))).toBe(false);
  });

  it("own: the person's trust, policies and statements, and no derived ones", () => {
    const stack = web({
      service: { enableExecuteCommand: true },
      task: {
        taskRole: {
          mode: "own",
          trusts: "ec2.amazonaws.com",
          managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
          statements: [{ actions: ["s3:GetObject"], resources: ["*"] }],
        },
      },
    });
    expect(propertiesOf(stack, "WebTaskTaskRole")).toMatchObject({
      AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: "ec2.amazonaws.com" } }] },
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
    });
    expect(statements(stack, "WebTaskTaskRole")).toEqual([{ Action: "s3:GetObject", Effect: "Allow", Resource: "*" }]);
    expect(stackFaults(stack)).toEqual([]);
  });

  it("the same permission for two reasons is one statement with both origins", () => {
    const document = draw((draft) => {
      const ids = fargateWeb(draft);
      const other = draft.add(
        "service",
        { launchType: "FARGATE", enableExecuteCommand: true },
        { parent: ids.cluster },
      );
      draft.connect(other, "run", ids.task);
      draft.document.nodes[ids.service] = {
        ...draft.document.nodes[ids.service],
        props: { launchType: "FARGATE", enableExecuteCommand: true },
      } as never;
    });
    const stack = stackOf(document);
    expect(statements(stack, "WebTaskTaskRole")).toHaveLength(1);
    expect(
      stack.resources.WebTaskTaskRoleDefaultPolicy?.origins["/properties/PolicyDocument/Statement/0"],
    ).toHaveLength(2);
  });

  it("services wait for the policies of both roles, which nothing refers to", () => {
    const { dependsOn } = web({ service: { enableExecuteCommand: true } }).resources.Web ?? {};
    expect(dependsOn).toEqual(
      expect.arrayContaining(["WebTaskExecutionRoleDefaultPolicy", "WebTaskTaskRoleDefaultPolicy"]),
    );
  });
});
