import { readTemplate } from "../import/cloudformation/read";
import type { Stack } from "../stack/stack";

/** What a test adds to the template of a web service, as YAML, and what it replaces in it. */
export interface WebTemplate {
  /** Further resources, indented by two. */
  more?: string;
  /** Instead of the NAT gateway. */
  way?: string;
  /** Properties of the task definition, of its container `app`, and containers beside it; of the service. */
  task?: string;
  app?: string;
  beside?: string;
  service?: string;
  /** Statements for the execution role. */
  may?: string;
  change?: readonly (readonly [from: string, to: string])[];
}

const nat = `
  Address: { Type: AWS::EC2::EIP, Properties: { Domain: vpc } }
  Nat: { Type: AWS::EC2::NatGateway, Properties: { SubnetId: !Ref Public, AllocationId: !GetAtt Address.AllocationId } }
  PrivateRoute: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref PrivateTable, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat } }`;

/** Interface endpoints of a private subnet with a group that lets the VPC in, and the gateway endpoint of S3. */
export const endpoints = (...services: readonly string[]): string => `
  Doors: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/16 }] } }
  Store: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, ServiceName: !Sub 'com.amazonaws.\${AWS::Region}.s3', VpcEndpointType: Gateway, RouteTableIds: [!Ref PrivateTable] } }${services
    .map(
      (service) => `
  Door${service.replace(/\W/g, "")}: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, ServiceName: !Sub 'com.amazonaws.\${AWS::Region}.${service}', VpcEndpointType: Interface, SubnetIds: [!Ref Private], SecurityGroupIds: [!Ref Doors], PrivateDnsEnabled: true } }`,
    )
    .join("")}`;

const indented = (lines: string, by: number): string => (lines === "" ? "" : `\n${" ".repeat(by)}${lines}`);

/**
 * A Fargate service in a private subnet behind NAT that nothing stands against, as people write it: `Web` runs `Task`
 * with the container `app`, an image of the account's own registry and a log group.
 */
export function webTemplate({
  more = "",
  way = nat,
  task = "",
  app = "",
  beside = "",
  service = "",
  may = "",
  change = [],
}: WebTemplate): Stack {
  const text = `
Parameters: { Given: { Type: String } }
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16, EnableDnsSupport: true, EnableDnsHostnames: true } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Public: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs ''] } }
  Other: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: !Select [1, !GetAZs ''] } }
  Private: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [0, !GetAZs ''] } }
  PublicTable: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  PublicRoute: { Type: AWS::EC2::Route, DependsOn: Attachment, Properties: { RouteTableId: !Ref PublicTable, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway } }
  PublicPlace: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Public, RouteTableId: !Ref PublicTable } }
  OtherPlace: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Other, RouteTableId: !Ref PublicTable } }
  PrivateTable: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  PrivatePlace: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Private, RouteTableId: !Ref PrivateTable } }${way}
  TaskGroup: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: x, VpcId: !Ref Vpc, SecurityGroupIngress: [{ IpProtocol: tcp, FromPort: 8080, ToPort: 8080, CidrIp: 10.0.0.0/16 }] } }
  Cluster: { Type: AWS::ECS::Cluster }
  Logs: { Type: AWS::Logs::LogGroup }
  Exec:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: ecs-tasks.amazonaws.com }, Action: 'sts:AssumeRole' }] }
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy']
      Policies: [{ PolicyName: more, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: 'x:y', Resource: '*' }${may === "" ? "" : `, ${may}`}] } }]
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      RequiresCompatibilities: [FARGATE]
      Cpu: '1024'
      Memory: '2048'
      ExecutionRoleArn: !GetAtt Exec.Arn${indented(task, 6)}
      ContainerDefinitions:
        - Name: app
          Image: !Sub '\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.amazonaws.com/app:1'
          PortMappings: [{ ContainerPort: 8080 }]
          LogConfiguration: { LogDriver: awslogs, Options: { awslogs-group: !Ref Logs, awslogs-region: !Ref AWS::Region, awslogs-stream-prefix: x } }${indented(app, 10)}${indented(beside === "" ? "" : `- ${beside}`, 8)}
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: !Ref Cluster
      LaunchType: FARGATE
      TaskDefinition: !Ref Task
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [!Ref Private], SecurityGroups: [!Ref TaskGroup], AssignPublicIp: DISABLED } }${indented(service, 6)}
${more}`;
  const changed = change.reduce((now, [from, to]) => {
    if (!now.includes(from)) throw new Error(`The template has no “${from}”.`);
    return now.replaceAll(from, to);
  }, text);
  const read = readTemplate(changed);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.template.stack;
}
