import { targetOf, type Value } from "../../../stack/value";
import type { TypeCell, TypeTable, Writing } from "../writing";
import { cell } from "./cell";

/** The internet gateway that an attachment ties to its VPC: one argument in Terraform. */
const attachment: TypeCell = {
  type: null,
  within: (_writing, { properties }) => targetOf(properties.InternetGatewayId),
  write: () => [],
};

const vpcOfGateway = (writing: Writing, id: string): Value | undefined =>
  writing.usersOf(id, "AWS::EC2::VPCGatewayAttachment", "InternetGatewayId")[0]?.properties.VpcId;

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc and its neighbours */
export const network = {
  "AWS::EC2::VPC": cell(
    "aws_vpc",
    {
      ref: "id",
      attributes: { CidrBlock: "cidr_block", VpcId: "id", DefaultSecurityGroup: "default_security_group_id" },
    },
    (body) => {
      body
        .set("cidr_block", "CidrBlock")
        .set("enable_dns_hostnames", "EnableDnsHostnames")
        .set("enable_dns_support", "EnableDnsSupport")
        .set("instance_tenancy", "InstanceTenancy");
    },
  ),
  "AWS::EC2::InternetGateway": cell(
    "aws_internet_gateway",
    { ref: "id", attributes: { InternetGatewayId: "id" } },
    (body, writing, { id }) => {
      body.put("vpc_id", writing.value(vpcOfGateway(writing, id)));
    },
  ),
  "AWS::EC2::VPCGatewayAttachment": attachment,
  "AWS::EC2::Subnet": cell(
    "aws_subnet",
    { ref: "id", attributes: { SubnetId: "id", AvailabilityZone: "availability_zone", CidrBlock: "cidr_block" } },
    (body) => {
      body
        .set("vpc_id", "VpcId")
        .set("availability_zone", "AvailabilityZone")
        .set("cidr_block", "CidrBlock")
        .set("map_public_ip_on_launch", "MapPublicIpOnLaunch");
    },
  ),
  "AWS::EC2::RouteTable": cell("aws_route_table", { ref: "id", attributes: { RouteTableId: "id" } }, (body) => {
    body.set("vpc_id", "VpcId");
  }),
  "AWS::EC2::SubnetRouteTableAssociation": cell("aws_route_table_association", { ref: "id" }, (body) => {
    body.set("subnet_id", "SubnetId").set("route_table_id", "RouteTableId");
  }),
  "AWS::EC2::Route": cell("aws_route", { ref: "id" }, (body) => {
    body
      .set("route_table_id", "RouteTableId")
      .set("destination_cidr_block", "DestinationCidrBlock")
      .set("gateway_id", "GatewayId")
      .set("nat_gateway_id", "NatGatewayId");
  }),
  "AWS::EC2::EIP": cell(
    "aws_eip",
    { ref: "public_ip", attributes: { AllocationId: "allocation_id", PublicIp: "public_ip" } },
    (body) => {
      body.set("domain", "Domain");
    },
  ),
  "AWS::EC2::NatGateway": cell("aws_nat_gateway", { ref: "id", attributes: { NatGatewayId: "id" } }, (body) => {
    body.set("allocation_id", "AllocationId").set("subnet_id", "SubnetId");
  }),
  "AWS::EC2::VPCEndpoint": cell("aws_vpc_endpoint", { ref: "id", attributes: { Id: "id" } }, (body) => {
    body
      .set("vpc_id", "VpcId")
      .set("service_name", "ServiceName")
      .set("vpc_endpoint_type", "VpcEndpointType")
      .set("route_table_ids", "RouteTableIds")
      .set("subnet_ids", "SubnetIds")
      .set("security_group_ids", "SecurityGroupIds")
      .set("private_dns_enabled", "PrivateDnsEnabled");
  }),
} satisfies Partial<TypeTable>;
