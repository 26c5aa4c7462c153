import { describe, expect, it } from "vitest";
import { plain } from "../testing/stack-faults";
import { nestStacks } from "./nested";
import type { Resource, Stack } from "./stack";
import { att, Intrinsic, ref, sub, type Value } from "./value";

type Given = Partial<Resource> & Pick<Resource, "type">;

/** A stack of raw resources, drawn in the order given. */
function stackOf(resources: Record<string, Given>, rest: Partial<Stack> = {}): Stack {
  const made = Object.entries(resources).map(([id, given], at): [string, Resource] => [
    id,
    { properties: {}, ...given, raw: true, id, origins: { "": [{ node: `n${at + 1}`, why: "drawn" }] } },
  ]);
  return {
    description: "",
    parameters: {},
    mappings: {},
    conditions: {},
    outputs: {},
    constructs: [],
    ...rest,
    resources: Object.fromEntries(made.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Every resource in a template of its own, as far as it can be. */
function split(stack: Stack) {
  const { root, children } = nestStacks(stack, {
    room: { resources: 1, parameters: 100, outputs: 100, bytes: 1e6 },
    outputs: 200,
    bytesOf: () => 1,
    urlOf: (name) => `${name}.yaml`,
  });
  const childOf = (id: string): Stack => {
    const found = children.find(({ stack: child }) => Object.hasOwn(child.resources, id));
    if (!found) throw new Error(`${id} stands in no child.`);
    return found.stack;
  };
  const argumentsOf = (id: string): unknown => {
    const name = children.find(({ stack: child }) => Object.hasOwn(child.resources, id))?.name ?? "";
    return (plain(root.resources[name]?.properties.Parameters ?? {}) as object) ?? {};
  };
  return { root, children, childOf, argumentsOf };
}

const outputsOf = ({ outputs }: Stack): unknown =>
  Object.fromEntries(
    Object.entries(outputs).map(([name, { value, condition }]) => [
      name,
      condition === undefined ? plain(value) : { if: condition, value: plain(value) },
    ]),
  );
const typesOf = ({ parameters }: Stack): unknown =>
  Object.fromEntries(Object.entries(parameters).map(([name, { type }]) => [name, type]));
const propertiesOf = (stack: Stack, id: string): unknown => plain(stack.resources[id]?.properties ?? {});
const text = (value: Value): Value => value;

describe("values that cross", () => {
  it("go out of one template and into the other by the root, in texts too", () => {
    const { root, childOf, argumentsOf } = split(
      stackOf({
        Queue: { type: "AWS::X::Queue" },
        Web: {
          type: "AWS::ECS::TaskDefinition",
          properties: {
            Url: ref("Queue"),
            Arn: att("Queue", "Arn"),
            Says: sub("${Queue.Arn} ${Queue} ${Own} ${!Queue} ${AWS::Region}", { Own: ref("Queue") }),
          },
        },
      }),
    );
    expect(outputsOf(childOf("Queue"))).toEqual({
      QueueArn: { "Fn::GetAtt": ["Queue", "Arn"] },
      QueueRef: { Ref: "Queue" },
    });
    expect(argumentsOf("Web")).toEqual({
      QueueArn: { "Fn::GetAtt": ["Nested", "Outputs.QueueArn"] },
      QueueRef: { "Fn::GetAtt": ["Nested", "Outputs.QueueRef"] },
    });
    expect(propertiesOf(childOf("Web"), "Web")).toEqual({
      Url: { Ref: "QueueRef" },
      Arn: { Ref: "QueueArn" },
      Says: { "Fn::Sub": ["${QueueArn} ${QueueRef} ${Own} ${!Queue} ${AWS::Region}", { Own: { Ref: "QueueRef" } }] },
    });
    expect(root.resources.NestedFromWeb?.dependsOn).toBeUndefined();
  });

  it("are lists where the attribute is one", () => {
    const { root, childOf, argumentsOf } = split(
      stackOf(
        {
          Zone: { type: "AWS::Route53::HostedZone" },
          Web: { type: "AWS::X::Y", properties: { Servers: att("Zone", "NameServers") } },
        },
        {
          outputs: {
            Servers: {
              value: new Intrinsic("Fn::Join", [" ", att("Zone", "NameServers")]),
              description: "",
              origin: { why: "derived" },
            },
          },
        },
      ),
    );
    expect(outputsOf(childOf("Zone"))).toEqual({
      ZoneNameServers: { "Fn::Join": [",", { "Fn::GetAtt": ["Zone", "NameServers"] }] },
    });
    expect(typesOf(childOf("Web"))).toEqual({ ZoneNameServers: "CommaDelimitedList" });
    expect(argumentsOf("Web")).toEqual({ ZoneNameServers: { "Fn::GetAtt": ["Nested", "Outputs.ZoneNameServers"] } });
    expect(outputsOf(root)).toEqual({
      Servers: { "Fn::Join": [" ", { "Fn::Split": [",", { "Fn::GetAtt": ["Nested", "Outputs.ZoneNameServers"] }] }] },
    });
  });

  it("are under the condition of their resource", () => {
    const wanted = new Intrinsic("Fn::Equals", [ref("Wanted"), "true"]);
    const { root, childOf, argumentsOf } = split(
      stackOf(
        {
          Topic: { type: "AWS::SNS::Topic", condition: "IsWanted" },
          Web: {
            type: "AWS::X::Y",
            properties: { Topic: new Intrinsic("Fn::If", ["IsWanted", ref("Topic"), ref("AWS::NoValue")]) },
          },
        },
        {
          parameters: { Wanted: { type: "String", description: "", default: "true", origin: { why: "derived" } } },
          conditions: { IsWanted: wanted },
        },
      ),
    );
    expect(outputsOf(childOf("Topic"))).toEqual({ TopicRef: { if: "IsWanted", value: { Ref: "Topic" } } });
    expect(argumentsOf("Web")).toEqual({
      TopicRef: { "Fn::If": ["IsWanted", { "Fn::GetAtt": ["Nested", "Outputs.TopicRef"] }, ""] },
      Wanted: { Ref: "Wanted" },
    });
    // Every template that names the condition has it, and the parameter that decides.
    for (const stack of [root, childOf("Topic"), childOf("Web")]) {
      expect(plain(stack.conditions)).toEqual({ IsWanted: plain(wanted) });
      expect(Object.keys(stack.parameters)).toContain("Wanted");
    }
  });

  it("stay together where nobody knows whether they are texts", () => {
    const { children } = split(
      stackOf({
        Made: { type: "Custom::Made" },
        Web: { type: "AWS::X::Y", properties: { Value: att("Made", "Value") } },
        Other: { type: "AWS::X::Y", properties: { Value: ref("Made") } },
      }),
    );
    expect(children.map(({ stack }) => Object.keys(stack.resources))).toEqual([["Made", "Web"], ["Other"]]);
  });

  it("have names that nothing else has", () => {
    const { childOf } = split(
      stackOf(
        {
          Queue: { type: "AWS::X::Queue" },
          QueueArn: { type: "AWS::X::Y" },
          Web: {
            type: "AWS::X::Y",
            properties: {
              A: sub("${Queue.Arn}${QueueArn2}", { QueueArn2: "own" }),
              B: ref("Queue"),
              C: ref("QueueArn"),
            },
          },
        },
        { parameters: { QueueRef: { type: "String", description: "", origin: { why: "derived" } } } },
      ),
    );
    expect(propertiesOf(childOf("Web"), "Web")).toEqual({
      A: { "Fn::Sub": ["${QueueArn3}${QueueArn2}", { QueueArn2: "own" }] },
      B: { Ref: "QueueRef2" },
      C: { Ref: "QueueArnRef" },
    });
  });
});

describe("what the root knows", () => {
  it("is passed on: its parameters as texts, of Parameter Store the value, its own name", () => {
    const parameter = (type: string, more = {}) => ({
      type,
      description: "",
      origin: { why: "derived" } as const,
      ...more,
    });
    const { childOf, argumentsOf } = split(
      stackOf(
        {
          Web: {
            type: "AWS::X::Y",
            properties: {
              Title: sub("${AWS::StackName}-web"),
              Subnets: ref("Subnets"),
              Image: ref("Image"),
              Images: ref("Images"),
              Secret: ref("Secret"),
              Region: ref("AWS::Region"),
            },
          },
        },
        {
          parameters: {
            Image: parameter("AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>", { default: "/ami" }),
            Images: parameter("AWS::SSM::Parameter::Value<List<String>>"),
            Secret: parameter("String", { noEcho: true, allowedPattern: ".+" }),
            Subnets: parameter("List<AWS::EC2::Subnet::Id>"),
            Unused: parameter("String"),
          },
        },
      ),
    );
    const web = childOf("Web");
    expect(typesOf(web)).toEqual({
      Image: "AWS::EC2::Image::Id",
      Images: "CommaDelimitedList",
      Secret: "String",
      StackName: "String",
      Subnets: "List<AWS::EC2::Subnet::Id>",
    });
    expect(web.parameters.Secret?.noEcho).toBe(true);
    expect(web.parameters.Image?.default).toBeUndefined();
    expect(argumentsOf("Web")).toEqual({
      Image: { Ref: "Image" },
      Images: { "Fn::Join": [",", { Ref: "Images" }] },
      Secret: { Ref: "Secret" },
      StackName: { Ref: "AWS::StackName" },
      Subnets: { "Fn::Join": [",", { Ref: "Subnets" }] },
    });
    expect(propertiesOf(web, "Web")).toMatchObject({
      Title: { "Fn::Sub": "${StackName}-web" },
      Subnets: { Ref: "Subnets" },
      Region: { Ref: "AWS::Region" },
    });
  });

  it("is not what helpers on instances ask for: they name the stack and the resource beside them", () => {
    const signal = "cfn-signal --stack ${AWS::StackName} --resource Group --region ${AWS::Region}";
    const { children } = split(
      stackOf({
        Template: {
          type: "AWS::EC2::LaunchTemplate",
          properties: { UserData: new Intrinsic("Fn::Base64", sub(signal)) },
        },
        Group: { type: "AWS::AutoScaling::AutoScalingGroup", properties: { Template: ref("Template") } },
        Web: { type: "AWS::X::Y", properties: { Title: ref("AWS::StackName") } },
      }),
    );
    expect(children.map(({ stack }) => Object.keys(stack.resources))).toEqual([["Group", "Template"], ["Web"]]);
    const [instances, web] = children.map(({ stack }) => stack) as [Stack, Stack];
    expect(propertiesOf(instances, "Template")).toEqual({ UserData: { "Fn::Base64": { "Fn::Sub": signal } } });
    expect(propertiesOf(web, "Web")).toEqual({ Title: { Ref: "StackName" } });
  });

  it("are figures and conditions: each template has those that it reads, and what nobody reads stays", () => {
    const find = (key: string): Value => new Intrinsic("Fn::FindInMap", ["Figures", ref("Environment"), key]);
    const { root, childOf } = split(
      stackOf(
        {
          Web: { type: "AWS::X::Y", properties: { A: find("WebCount") } },
          Api: { type: "AWS::X::Y", condition: "IsProd", properties: { A: find("ApiCount") } },
        },
        {
          parameters: { Environment: { type: "String", description: "", origin: { why: "derived" } } },
          mappings: {
            Figures: { dev: { ApiCount: 1, Idle: 0, WebCount: 1 }, prod: { ApiCount: 2, Idle: 0, WebCount: 4 } },
          },
          conditions: {
            IsBig: new Intrinsic("Fn::Not", [{ Condition: "IsSmall" }]),
            IsProd: new Intrinsic("Fn::Or", [{ Condition: "IsBig" }, new Intrinsic("Fn::Equals", ["a", "b"])]),
            IsSmall: new Intrinsic("Fn::Equals", [ref("Environment"), "dev"]),
            IsUnread: new Intrinsic("Fn::Equals", ["a", "a"]),
          },
        },
      ),
    );
    expect(childOf("Web").mappings).toEqual({ Figures: { dev: { WebCount: 1 }, prod: { WebCount: 4 } } });
    expect(Object.keys(childOf("Web").conditions)).toEqual([]);
    expect(Object.keys(childOf("Api").conditions)).toEqual(["IsBig", "IsProd", "IsSmall"]);
    expect(root.mappings).toEqual({ Figures: { dev: { Idle: 0 }, prod: { Idle: 0 } } });
    expect(Object.keys(root.conditions)).toEqual(["IsUnread"]);
  });
});

describe("where resources stand", () => {
  it("waits across templates are waits for the whole template", () => {
    const { root, children, childOf } = split(
      stackOf({
        Route: { type: "AWS::EC2::Route" },
        Data: { type: "AWS::X::Data", deletionPolicy: "Retain" },
        Web: { type: "AWS::X::Y", dependsOn: ["Data", "Route"] },
      }),
    );
    expect(children.map(({ name }) => name)).toEqual(["Nested", "NestedFromWeb"]);
    expect(root.resources.NestedFromWeb?.dependsOn).toEqual(["Data", "Nested"]);
    expect(childOf("Web").resources.Web?.dependsOn).toBeUndefined();
    expect(Object.keys(root.resources)).toEqual(["Data", "Nested", "NestedFromWeb"]);
    expect(root.resources.Data?.deletionPolicy).toBe("Retain");
  });

  it("the root takes what is kept, then what holds data, then what is named, each with what it needs", () => {
    const stack = stackOf({
      Named: { type: "AWS::X::Thing", properties: { ThingName: "a" } },
      Table: { type: "AWS::DynamoDB::Table", properties: { Key: ref("Key") } },
      Key: { type: "AWS::X::Key" },
      Bucket: { type: "AWS::X::Bucket", deletionPolicy: "Retain" },
      Web: { type: "AWS::X::Y" },
    });
    const inRoot = (resources: number): string[] => {
      const room = { resources, parameters: 9, outputs: 9, bytes: 1e6 };
      const { root } = nestStacks(stack, { room, outputs: 9, bytesOf: () => 1, urlOf: (name) => name });
      return Object.keys(root.resources).filter((id) => !id.startsWith("Nested"));
    };
    expect([1, 2, 3, 4, 5].map(inRoot)).toEqual([
      ["Bucket"],
      ["Bucket", "Named"],
      ["Bucket", "Key", "Table"],
      ["Bucket", "Key", "Named", "Table"],
      ["Bucket", "Key", "Named", "Table"],
    ]);
  });

  it("circles that people drew stay within one template, however long", () => {
    const ids = Array.from({ length: 5_000 }, (_, at) => `R${at}`);
    const { children } = split(
      stackOf(
        Object.fromEntries(
          ids.map((id, at) => [
            id,
            { type: "AWS::X::Y", properties: { Next: ref(ids[(at + 1) % ids.length] as string) } },
          ]),
        ),
      ),
    );
    expect(children.map(({ stack }) => Object.keys(stack.resources).length)).toEqual([5_000]);
  });

  it("outputs stand with what they are said of, once the root has no room for all", () => {
    const ids = Array.from({ length: 6 }, (_, at) => `R${at}`);
    const outputs: Stack["outputs"] = Object.fromEntries(
      ids.map((id) => [`${id}Ref`, { value: text(ref(id)), description: `The ${id}.`, origin: { why: "derived" } }]),
    );
    const resources = Object.fromEntries(
      ids.map((id, at): [string, Given] => [
        id,
        { type: "AWS::X::Y", properties: at === 5 ? { Five: ref("R4") } : {} },
      ]),
    );
    const { root, children, moved } = nestStacks(stackOf(resources, { outputs }), {
      room: { resources: 1, parameters: 10, outputs: 10, bytes: 1e6 },
      outputs: 4,
      bytesOf: () => 1,
      urlOf: (name) => name,
    });
    expect(moved).toEqual(["R4Ref", "R5Ref"]);
    expect(Object.keys(root.outputs)).toEqual(["R0Ref", "R1Ref", "R2Ref", "R3Ref"]);
    const [five, six] = children.slice(4).map(({ stack }) => stack) as [Stack, Stack];
    // One output serves who takes the value and who reads it.
    expect(five.outputs).toMatchObject({ R4Ref: { value: ref("R4"), description: "The R4." } });
    expect(six.outputs).toMatchObject({ R5Ref: { value: ref("R5"), description: "The R5." } });
  });
});
