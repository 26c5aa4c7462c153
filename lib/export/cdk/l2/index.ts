import type { Builders } from "../writing";
import { bucket } from "./bucket";
import { autoScalingGroup, capacityProvider, launchTemplate } from "./capacity";
import { cluster } from "./cluster";
import { accessPoint, fileSystem } from "./file-system";
import { httpNamespace } from "./http-namespace";
import { listener, loadBalancer } from "./load-balancer";
import { logGroup } from "./log-group";
import { parameter } from "./parameter";
import { queue } from "./queue";
import { repository } from "./repository";
import { role } from "./role";
import { rule } from "./rule";
import { scalableTarget } from "./scaling";
import { schedule } from "./schedule";
import { secret } from "./secret";
import { groupRule, securityGroup } from "./security-group";
import { service } from "./service";
import { single } from "./single";
import { listenerRule, targetGroup } from "./target-group";
import { taskDefinition } from "./task-definition";
import { subscription, topic } from "./topic";
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
  "AWS::EC2::LaunchTemplate": launchTemplate,
  "AWS::AutoScaling::AutoScalingGroup": autoScalingGroup,
  "AWS::ECS::CapacityProvider": capacityProvider,
  "AWS::ECS::Cluster": cluster,
  "AWS::ServiceDiscovery::HttpNamespace": single(httpNamespace),
  "AWS::ECS::TaskDefinition": taskDefinition,
  "AWS::ElasticLoadBalancingV2::LoadBalancer": loadBalancer,
  "AWS::ElasticLoadBalancingV2::Listener": listener,
  "AWS::ElasticLoadBalancingV2::TargetGroup": targetGroup,
  "AWS::ElasticLoadBalancingV2::ListenerRule": listenerRule,
  // Before the rules that it makes.
  "AWS::ECS::Service": service,
  "AWS::ApplicationAutoScaling::ScalableTarget": scalableTarget,
  "AWS::EC2::SecurityGroupIngress": groupRule("Ingress"),
  "AWS::EC2::SecurityGroupEgress": groupRule("Egress"),
  "AWS::ECR::Repository": single(repository),
  "AWS::EFS::FileSystem": fileSystem,
  "AWS::EFS::AccessPoint": accessPoint,
  "AWS::Events::Rule": rule,
  "AWS::Scheduler::Schedule": schedule,
  "AWS::S3::Bucket": single(bucket),
  "AWS::SNS::Subscription": subscription,
  "AWS::Logs::LogGroup": single(logGroup),
  "AWS::SNS::Topic": single(topic),
  "AWS::SQS::Queue": single(queue),
  "AWS::SSM::Parameter": single(parameter),
  "AWS::SecretsManager::Secret": single(secret),
  "AWS::IAM::Role": role,
};
