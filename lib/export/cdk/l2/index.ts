import type { Builders } from "../writing";
import { logGroup } from "./log-group";
import { parameter } from "./parameter";
import { queue } from "./queue";
import { role } from "./role";
import { secret } from "./secret";
import { groupRule, securityGroup } from "./security-group";
import { single } from "./single";
import { taskDefinition } from "./task-definition";
import { topic } from "./topic";
import { vpc } from "./vpc";
import { vpcEndpoint } from "./vpc-endpoint";

/**
 * The construct of level two for each type of resource that has one. A type without a line stands as level one, or is
 * made by the construct of another.
 */
export const builders: Builders = {
  "AWS::EC2::VPC": vpc,
  "AWS::EC2::VPCEndpoint": vpcEndpoint,
  "AWS::EC2::SecurityGroup": securityGroup,
  "AWS::EC2::SecurityGroupIngress": groupRule("Ingress"),
  "AWS::EC2::SecurityGroupEgress": groupRule("Egress"),
  "AWS::Logs::LogGroup": single(logGroup),
  "AWS::SNS::Topic": single(topic),
  "AWS::SQS::Queue": single(queue),
  "AWS::SSM::Parameter": single(parameter),
  "AWS::SecretsManager::Secret": single(secret),
  "AWS::IAM::Role": role,
  "AWS::ECS::TaskDefinition": taskDefinition,
};
