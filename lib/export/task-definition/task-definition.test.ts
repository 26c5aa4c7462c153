import { describe, expect, it } from "vitest";
import type { Stack } from "../../stack/stack";
import { att, ref, sub, type Value } from "../../stack/value";
import { exportContext } from "../../testing/export-context";
import { judgeRegister } from "../../testing/register-judge";
import { taskDefinition } from ".";
import { readDescribeStacks } from "./values";

const properties: Record<string, Value> = {
  Family: "web",
  Cpu: "256",
  NetworkMode: "awsvpc",
  RequiresCompatibilities: ["FARGATE"],
  ExecutionRoleArn: att("WebExecutionRole", "Arn"),
  RuntimePlatform: { CpuArchitecture: "ARM64", OperatingSystemFamily: "LINUX" },
  Volumes: [
    {
      Name: "files",
      EFSVolumeConfiguration: {
        FilesystemId: ref("Files"),
        TransitEncryption: "ENABLED",
        AuthorizationConfig: { IAM: "ENABLED", AccessPointId: ref("FilesWeb") },
      },
    },
  ],
  ContainerDefinitions: [
    {
      Name: "app",
      Image: sub("$" + "{Repository.RepositoryUri}:v1"),
      PortMappings: [{ ContainerPort: 8080, Protocol: "tcp" }],
      DockerLabels: { "Com.Example": "Kept" },
      LogConfiguration: {
        LogDriver: "awslogs",
        Options: { "awslogs-group": ref("Logs"), "awslogs-region": ref("AWS::Region") },
      },
      Secrets: [{ Name: "PASSWORD", ValueFrom: sub("$" + "{Secret}:password::") }],
    },
  ],
};

const stack: Stack = {
  description: "",
  parameters: {},
  mappings: {},
  conditions: {},
  resources: {
    Logs: { id: "Logs", type: "AWS::Logs::LogGroup", properties: { LogGroupName: "/ecs/web" }, origins: {} },
    WebTask: {
      id: "WebTask",
      type: "AWS::ECS::TaskDefinition",
      properties,
      origins: { "": [{ node: "n6", why: "drawn" }] },
    },
  },
  outputs: {},
  constructs: [],
};

const describeStacks = JSON.stringify({
  Stacks: [
    {
      StackId: "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1",
      StackName: "shop",
      Outputs: [
        { OutputKey: "WebExecutionRoleArn", OutputValue: "arn:aws:iam::123456789012:role/x" },
        { OutputKey: "RepositoryRepositoryUri", OutputValue: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web" },
        { OutputKey: "FilesRef", OutputValue: "fs-1" },
        { OutputKey: "FilesWebRef", OutputValue: "fsap-1" },
        { OutputKey: "SecretRef", OutputValue: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:s-AbCdEf" },
      ],
    },
  ],
});

describe("task definition export", () => {
  it("spells everything as register-task-definition does and keeps what belongs to the person", () => {
    const values = readDescribeStacks(describeStacks);
    const { files, notes } = taskDefinition.emit(
      stack,
      { for: "register", values: values.ok ? values.value : {} },
      exportContext(),
    );
    expect(notes).toEqual([]);
    expect(files.map((file) => file.path)).toEqual(["web.json"]);
    expect(judgeRegister(JSON.parse(files[0]?.text ?? ""))).toEqual([]);
    expect(JSON.parse(files[0]?.text ?? "")).toEqual({
      family: "web",
      cpu: "256",
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      executionRoleArn: "arn:aws:iam::123456789012:role/x",
      runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" },
      volumes: [
        {
          name: "files",
          efsVolumeConfiguration: {
            fileSystemId: "fs-1",
            transitEncryption: "ENABLED",
            authorizationConfig: { iam: "ENABLED", accessPointId: "fsap-1" },
          },
        },
      ],
      containerDefinitions: [
        {
          name: "app",
          image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:v1",
          portMappings: [{ containerPort: 8080, protocol: "tcp" }],
          dockerLabels: { "Com.Example": "Kept" },
          logConfiguration: {
            logDriver: "awslogs",
            options: { "awslogs-group": "/ecs/web", "awslogs-region": "eu-west-1" },
          },
          secrets: [
            {
              name: "PASSWORD",
              valueFrom: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:s-AbCdEf:password::",
            },
          ],
        },
      ],
    });
  });

  it("leaves placeholders for what only a deployment knows, and lists them", () => {
    const { files, notes } = taskDefinition.emit(stack, { for: "register", values: {} }, exportContext());
    expect(JSON.parse(files[0]?.text ?? "").executionRoleArn).toBe("$" + "{WebExecutionRole.Arn}");
    expect(notes[0]?.message).toContain("$" + "{Repository.RepositoryUri}");
    expect(notes[0]?.node).toBe("n6");
  });

  it("leaves the image to the GitHub action that renders it, and says which containers it is to be run for", () => {
    const values = readDescribeStacks(describeStacks);
    const given = { for: "render-action", values: values.ok ? values.value : {} } as const;
    const { files, notes } = taskDefinition.emit(stack, given, exportContext());
    const file = JSON.parse(files[0]?.text ?? "");
    expect(judgeRegister(file)).toEqual([]);
    expect(file.containerDefinitions[0]).toMatchObject({ name: "app", image: "image-of-the-build" });
    expect(notes.map(({ message }) => message)).toEqual([
      expect.stringContaining("amazon-ecs-render-task-definition once for each of app (container-name)"),
    ]);
  });

  it("is judged by shapes that catch a misspelt, missing or mistyped member", () => {
    expect(judgeRegister({ family: "web", containerDefinitions: [{ name: 1, portMapping: [] }], tags: {} })).toEqual([
      "/containerDefinitions/0/name: must be text, not 1",
      "/containerDefinitions/0: portMapping is not a member of ContainerDefinition",
      "/tags: must be a list",
    ]);
    expect(judgeRegister({ containerDefinitions: [] })).toEqual([": family is required"]);
  });

  it("says what is wrong with a values file", () => {
    for (const text of ["", "{", "[]", '{"Stacks":[]}', '{"Stacks":[{"StackName":"a"},{"StackName":"b"}]}']) {
      const result = readDescribeStacks(text);
      expect(result.ok).toBe(false);
      if (!result.ok) expect(result.problems[0]?.message).toContain("describe-stacks");
    }
  });
});
