import { describe, expect, it } from "vitest";
import { draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import { idsOfType, propertiesOf, stackOf } from "../testing/stack-faults";
import { subnetRange } from "./subnet-range";

describe("subnetRange", () => {
  it("cuts a range into equal parts", () => {
    expect(subnetRange("10.0.0.0/16", 4, 0)).toBe("10.0.0.0/20");
    expect(subnetRange("10.0.0.0/16", 4, 5)).toBe("10.0.80.0/20");
    expect(subnetRange("172.31.128.0/20", 4, 15)).toBe("172.31.143.0/24");
    // Host bits do not move the network: 10.1.2.3/16 is 10.1.0.0/16.
    expect(subnetRange("10.1.2.3/16", 4, 1)).toBe("10.1.16.0/20");
  });

  it("has no part of what is no IPv4 range, or too small", () => {
    for (const cidr of ["", "10.0.0.0", "10.0.0.256/16", "fd00::/8", "10.0.0.0/29"]) {
      expect(subnetRange(cidr, 4, 0)).toBeUndefined();
    }
  });
});

describe("a new VPC", () => {
  const network = (props: Parameters<typeof fargateWeb>[1]) => stackOf(draw((draft) => void fargateWeb(draft, props)));

  it("keeps four places for each tier, so that a third zone moves no subnet", () => {
    const ranges = (zones: 2 | 3) => {
      const stack = network({ vpc: { availabilityZones: zones, isolatedSubnets: true } });
      return Object.fromEntries(
        idsOfType(stack, "AWS::EC2::Subnet").map((id) => [id, propertiesOf(stack, id)?.CidrBlock]),
      );
    };
    const two = ranges(2);
    expect(two).toEqual({
      NetworkIsolatedSubnet1: "10.0.128.0/20",
      NetworkIsolatedSubnet2: "10.0.144.0/20",
      NetworkPrivateSubnet1: "10.0.64.0/20",
      NetworkPrivateSubnet2: "10.0.80.0/20",
      NetworkPublicSubnet1: "10.0.0.0/20",
      NetworkPublicSubnet2: "10.0.16.0/20",
    });
    expect(ranges(3)).toMatchObject(two);
    expect(Object.keys(ranges(3))).toHaveLength(9);
  });

  it("has NAT gateways as asked, and private routes only where one is", () => {
    const count = (natGateways: "none" | "one" | "perZone") => {
      const stack = network({ vpc: { natGateways, availabilityZones: 3 } });
      return [idsOfType(stack, "AWS::EC2::NatGateway").length, idsOfType(stack, "AWS::EC2::Route").length];
    };
    // Three public default routes, and three private ones with NAT.
    expect(count("none")).toEqual([0, 3]);
    expect(count("one")).toEqual([1, 6]);
    expect(count("perZone")).toEqual([3, 6]);
    const perZone = network({ vpc: { natGateways: "perZone" } });
    expect(propertiesOf(perZone, "NetworkPrivateSubnet2DefaultRoute")).toMatchObject({
      NatGatewayId: { Ref: "NetworkNatGateway2" },
    });
  });

  it("makes isolated subnets also where only something in it asks for them", () => {
    const stack = network({ service: { tier: "isolated" } });
    expect(propertiesOf(stack, "NetworkIsolatedSubnet1")).toBeDefined();
    expect(propertiesOf(stack, "NetworkIsolatedSubnet1DefaultRoute")).toBeUndefined();
  });

  it("waits for the gateway where AWS does not: routes, then NAT gateways and internet-facing load balancers", () => {
    const stack = network({});
    expect(stack.resources.NetworkPublicSubnet1DefaultRoute?.dependsOn).toEqual(["NetworkGatewayAttachment"]);
    expect(stack.resources.NetworkNatGateway1?.dependsOn).toEqual([
      "NetworkPublicSubnet1DefaultRoute",
      "NetworkPublicSubnet1RouteTableAssociation",
    ]);
    expect(stack.resources.FrontDoor?.dependsOn).toContain("NetworkPublicSubnet2DefaultRoute");
  });

  it("puts gateway endpoints into every route table, interface endpoints behind one group for the VPC's addresses", () => {
    const stack = network({ vpc: { gatewayEndpoints: ["s3"], interfaceEndpoints: ["ecr.api", "ecs-agent"] } });
    expect(propertiesOf(stack, "NetworkS3Endpoint")).toMatchObject({
      RouteTableIds: [
        { Ref: "NetworkPublicSubnet1RouteTable" },
        { Ref: "NetworkPublicSubnet2RouteTable" },
        { Ref: "NetworkPrivateSubnet1RouteTable" },
        { Ref: "NetworkPrivateSubnet2RouteTable" },
      ],
      ServiceName: { "Fn::Sub": "com.amazonaws.${AWS::Region}.s3" },
      VpcEndpointType: "Gateway",
    });
    for (const id of ["NetworkEcrApiEndpoint", "NetworkEcsAgentEndpoint"]) {
      expect(propertiesOf(stack, id)).toMatchObject({
        PrivateDnsEnabled: true,
        SecurityGroupIds: [{ "Fn::GetAtt": ["NetworkEndpointSecurityGroup", "GroupId"] }],
        SubnetIds: [{ Ref: "NetworkPrivateSubnet1" }, { Ref: "NetworkPrivateSubnet2" }],
      });
    }
    expect(propertiesOf(stack, "NetworkEndpointSecurityGroup")?.SecurityGroupIngress).toEqual([
      {
        CidrIp: { "Fn::GetAtt": ["Network", "CidrBlock"] },
        Description: "HTTPS from the VPC",
        FromPort: 443,
        IpProtocol: "tcp",
        ToPort: 443,
      },
    ]);
    expect(stack.resources.Web?.dependsOn).toContain("NetworkEcrApiEndpoint");
  });
});

describe("an existing VPC", () => {
  it("is asked for by parameters with the box's name, and creates nothing of a network", () => {
    const stack = stackOf(draw((draft) => void fargateWeb(draft, { vpc: { source: "existing" } })));
    expect(stack.parameters.NetworkVpcId?.type).toBe("AWS::EC2::VPC::Id");
    expect(stack.parameters.NetworkPrivateSubnetIds?.type).toBe("List<AWS::EC2::Subnet::Id>");
    expect(idsOfType(stack, "AWS::EC2::Subnet")).toEqual([]);
    expect(propertiesOf(stack, "FrontDoor")?.Subnets).toEqual({ Ref: "NetworkPublicSubnetIds" });
    expect(propertiesOf(stack, "WebSecurityGroup")?.VpcId).toEqual({ Ref: "NetworkVpcId" });
    expect(stack.description).toContain("Give the ids of the existing VPC Network and of its subnets.");
  });

  it("is plain VpcId where nothing was drawn around", () => {
    const stack = stackOf(
      draw((draft) => {
        const cluster = draft.add("cluster", {}, { name: "Main" });
        const service = draft.add("service", { launchType: "FARGATE" }, { name: "Web", parent: cluster });
        const task = draft.add(
          "taskDefinition",
          { networkMode: "awsvpc", containerDefinitions: { c1: { name: "app", image: "nginx:1.27" } } },
          { name: "Web task", parent: cluster },
        );
        draft.connect(service, "run", task);
      }),
    );
    expect(Object.keys(stack.parameters).sort()).toEqual(["PrivateSubnetIds", "VpcId"]);
    expect(propertiesOf(stack, "Web")?.NetworkConfiguration).toEqual({
      AwsvpcConfiguration: {
        AssignPublicIp: "DISABLED",
        SecurityGroups: [{ "Fn::GetAtt": ["WebSecurityGroup", "GroupId"] }],
        Subnets: { Ref: "PrivateSubnetIds" },
      },
    });
  });
});
