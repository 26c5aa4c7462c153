import { readTemplate } from "../import/cloudformation/read";
import type { Stack } from "../stack/stack";

/** A VPC with public, private and isolated subnets, and a Fargate service `Web` in the private one, as a template's resources. */
export const network = `
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Public: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: !Select [0, !Cidr [!GetAtt Vpc.CidrBlock, 3, 8]], AvailabilityZone: !Select [0, !GetAZs ''] } }
  Private: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [0, !GetAZs ''] } }
  Data: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: !Select [0, !GetAZs ''] } }
  Address: { Type: AWS::EC2::EIP, Properties: { Domain: vpc } }
  Nat: { Type: AWS::EC2::NatGateway, Properties: { SubnetId: !Ref Public, AllocationId: !GetAtt Address.AllocationId } }
  PublicTable: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  PublicRoute: { Type: AWS::EC2::Route, DependsOn: Attachment, Properties: { RouteTableId: !Ref PublicTable, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway } }
  PublicPlace: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Public, RouteTableId: !Ref PublicTable } }
  PrivateTable: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  PrivateRoute: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref PrivateTable, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat } }
  PrivatePlace: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Private, RouteTableId: !Ref PrivateTable } }
  TaskGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc } }
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions: [{ Name: app, Image: 'public.ecr.aws/x/y:1', PortMappings: [{ ContainerPort: 8080 }] }]
  Web:
    Type: AWS::ECS::Service
    Properties:
      LaunchType: FARGATE
      TaskDefinition: !Ref Task
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Private], SecurityGroups: [!Ref TaskGroup] } }
`;

/** The network and further resources as a stack; `change` replaces text in the network. */
export function stackOf(resources: string, head = "", change: readonly [from: string, to: string] = ["", ""]): Stack {
  const read = readTemplate(`${head}\nResources:${network.replace(...change)}${resources}`);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.template.stack;
}

/** A security group in the VPC, with rules that let in. */
export const group = (id: string, ...ingress: string[]): string => `
  ${id}: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc${ingress.length === 0 ? "" : `, SecurityGroupIngress: [${ingress.map((rule) => `{ ${rule} }`).join(", ")}]`} } }`;

/** A rule for one port. */
export const tcp = (port: number, peer: string): string =>
  `IpProtocol: tcp, FromPort: ${port}, ToPort: ${port}, ${peer}`;

/** Whoever has the group of the tasks. */
export const byTask = "SourceSecurityGroupId: !GetAtt TaskGroup.GroupId";

/** A PostgreSQL database `Db` in a private and an isolated subnet. */
export const database = (groups = "!Ref DbGroup"): string => `
  DbSubnets: { Type: AWS::RDS::DBSubnetGroup, Properties: { DBSubnetGroupDescription: x, SubnetIds: [!Ref Private, !Ref Data] } }
  Db: { Type: AWS::RDS::DBInstance, Properties: { Engine: postgres, DBSubnetGroupName: !Ref DbSubnets${groups === "" ? "" : `, VPCSecurityGroups: [${groups}]`} } }`;

/** A service `Old` on instances in the private subnet, which have the group `HostGroup`. */
export const onInstances = (networkMode: string, launchType = "EC2"): string => `
  HostGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc } }
  Cluster: { Type: AWS::ECS::Cluster }
  Launch: { Type: AWS::EC2::LaunchTemplate, Properties: { LaunchTemplateData: { ImageId: ami-1, InstanceType: t3.small, SecurityGroupIds: [!Ref HostGroup], UserData: !Base64 { 'Fn::Sub': 'echo ECS_CLUSTER=\${Cluster} >> /etc/ecs/ecs.config' } } } }
  Instances: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: '1', MaxSize: '1', VPCZoneIdentifier: [!Ref Private], LaunchTemplate: { LaunchTemplateId: !Ref Launch, Version: '1' } } }
  OldTask: { Type: AWS::ECS::TaskDefinition, Properties: { Family: old, NetworkMode: ${networkMode}, ContainerDefinitions: [{ Name: app, Image: nginx, Memory: 128, PortMappings: [{ ContainerPort: 8080 }] }] } }
  Old: { Type: AWS::ECS::Service, Properties: { Cluster: !Ref Cluster, LaunchType: ${launchType}, TaskDefinition: !Ref OldTask } }`;
