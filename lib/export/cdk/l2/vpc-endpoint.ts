import type { EndpointService } from "../../../aws/endpoints";
import type { Known } from "../../../stack/stack";
import { sub, targetOf, type Value } from "../../../stack/value";
import { arr, type Expr, lit, make, method, obj, raw } from "../code";
import type { Builder, Writing } from "../writing";
import { groupOf, selectionOf, vpcOf } from "./network";
import { handleOf, isText, only, same } from "./shared";
import { finish } from "./single";
import { shapeOf } from "./vpc-shape";

const names = { ref: "vpcEndpointId", attributes: {} };

/** Constants of the services with a gateway. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.GatewayVpcEndpointAwsService.html */
const gateways: Readonly<Record<string, string>> = { dynamodb: "DYNAMODB", s3: "S3" };

/** Constants of the services with an interface. https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.InterfaceVpcEndpointAwsService.html */
const interfaceServices: { readonly [S in Exclude<EndpointService, "s3" | "dynamodb">]: string } = {
  "ecr.api": "ECR",
  "ecr.dkr": "ECR_DOCKER",
  logs: "CLOUDWATCH_LOGS",
  secretsmanager: "SECRETS_MANAGER",
  ssm: "SSM",
  ssmmessages: "SSM_MESSAGES",
  kms: "KMS",
  ecs: "ECS",
  "ecs-agent": "ECS_AGENT",
  "ecs-telemetry": "ECS_TELEMETRY",
  sqs: "SQS",
  sns: "SNS",
  events: "EVENTBRIDGE",
  states: "STEP_FUNCTIONS",
  sts: "STS",
  ec2: "EC2",
  elasticloadbalancing: "ELASTIC_LOAD_BALANCING",
  xray: "XRAY",
};

/** A VPC endpoint: `vpc.addGatewayEndpoint(…)`, `vpc.addInterfaceEndpoint(…)`. */
export const vpcEndpoint: Builder = (writing, resource) => {
  const { VpcEndpointType, VpcId } = resource.properties;
  const service = serviceOf(resource);
  if (service === undefined || VpcId === undefined || !writing.built(targetOf(VpcId) ?? "")) return undefined;
  const part = VpcEndpointType === "Gateway" ? gateway : VpcEndpointType === "Interface" ? interfaces : undefined;
  const type = VpcEndpointType === "Gateway" ? "ec2.GatewayVpcEndpoint" : "ec2.InterfaceVpcEndpoint";
  if (!part?.says(writing, resource, service)) return undefined;
  return {
    type,
    makes: [],
    handle: (_id, variable) => handleOf(resource, variable, names),
    write(variable) {
      const expr = method(vpcOf(writing, VpcId), part.name, lit(resource.id), part.props(writing, resource, service));
      writing.program.declare(variable, expr, writing.place(resource));
      finish(writing, resource, variable);
    },
  };
};

/** "s3" of com.amazonaws.REGION.s3. */
function serviceOf({ properties: { ServiceName } }: Known): string | undefined {
  const text = (ServiceName as { argument?: Value } | undefined)?.argument;
  const service = isText(text) ? /^com\.amazonaws\.\$\{AWS::Region\}\.([\w.-]+)$/.exec(text)?.[1] : undefined;
  return service !== undefined && same(ServiceName, sub(text as string)) ? service : undefined;
}

interface PartOf {
  name: string;
  says(writing: Writing, resource: Known, service: string): boolean;
  props(writing: Writing, resource: Known, service: string): Expr;
}

const gateway: PartOf = {
  name: "addGatewayEndpoint",
  says(writing, resource, service) {
    const { VpcId, RouteTableIds } = resource.properties;
    const vpc = writing.resource(targetOf(VpcId) ?? "");
    const shape = vpc && !vpc.raw ? shapeOf(writing, vpc) : undefined;
    const tables = [...(shape?.parts ?? [])].flatMap(([id, part]) => (part.is === "table" ? [id] : []));
    return (
      only(resource, "RouteTableIds", "ServiceName", "VpcEndpointType", "VpcId") &&
      Object.hasOwn(gateways, service) &&
      Array.isArray(RouteTableIds) &&
      same(RouteTableIds.map((table) => targetOf(table) ?? "").sort(), tables.sort())
    );
  },
  props: (_writing, _resource, service) =>
    obj({ service: raw(`ec2.GatewayVpcEndpointAwsService.${gateways[service]}`) }),
};

const interfaces: PartOf = {
  name: "addInterfaceEndpoint",
  says(writing, resource) {
    const { VpcId, SubnetIds, SecurityGroupIds, PrivateDnsEnabled } = resource.properties;
    return (
      only(resource, "PrivateDnsEnabled", "SecurityGroupIds", "ServiceName", "SubnetIds", "VpcEndpointType", "VpcId") &&
      typeof PrivateDnsEnabled === "boolean" &&
      Array.isArray(SecurityGroupIds) &&
      selectionOf(writing, VpcId as Value, SubnetIds) !== undefined
    );
  },
  props(writing, { properties }, service) {
    const { VpcId, SubnetIds, SecurityGroupIds, PrivateDnsEnabled } = properties;
    return obj({
      service: Object.hasOwn(interfaceServices, service)
        ? raw(`ec2.InterfaceVpcEndpointAwsService.${interfaceServices[service as keyof typeof interfaceServices]}`)
        : make("ec2.InterfaceVpcEndpointAwsService", lit(service)),
      privateDnsEnabled: PrivateDnsEnabled === true ? undefined : lit(false),
      subnets: selectionOf(writing, VpcId as Value, SubnetIds)?.selection,
      securityGroups: arr((SecurityGroupIds as Value[]).map((group) => groupOf(writing, group))),
      // The group says who may come in.
      open: lit(false),
    });
  },
};
