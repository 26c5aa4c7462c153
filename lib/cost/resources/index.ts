import type { ResourceType } from "../../stack/resource-types";
import { autoScalingGroup } from "./auto-scaling-group";
import { type CostCell, free } from "./cell";
import { capacityProvider, cluster } from "./cluster";
import { service } from "./ecs-service";
import { elasticFileSystem } from "./efs";
import { eventRule, schedule } from "./events";
import { classicLoadBalancer, loadBalancer } from "./load-balancer";
import { logGroup } from "./logs";
import { elasticIp, natGateway, vpcEndpoint } from "./network";
import { alarm, scalingPolicy } from "./scaling";
import { bucket, parameter, queue, repository, secret } from "./simple";
import { taskDefinition } from "./task-definition";
import { subscription, topic } from "./topics";

const vpcIsFree = free("There is no charge for this part of a VPC.", "https://aws.amazon.com/vpc/pricing/");
const iamIsFree = free("IAM is free.", "https://aws.amazon.com/iam/");
const inBalancer = free("Part of the load balancer's price.", "https://aws.amazon.com/elasticloadbalancing/pricing/");
const inEcs = free(
  "ECS itself is free; the capacity that tasks run on is charged.",
  "https://aws.amazon.com/ecs/pricing/",
);

/** What each resource type costs. Closed: a new type does not compile without its cell. */
export const costs: { readonly [K in ResourceType]: CostCell<K> } = {
  "AWS::ApplicationAutoScaling::ScalableTarget": free(
    "Application Auto Scaling is free; the tasks that it starts and the alarms are charged.",
    "https://aws.amazon.com/autoscaling/pricing/",
  ),
  "AWS::ApplicationAutoScaling::ScalingPolicy": scalingPolicy,
  "AWS::AutoScaling::AutoScalingGroup": autoScalingGroup,
  "AWS::CloudWatch::Alarm": alarm,
  "AWS::EC2::EIP": elasticIp,
  "AWS::EC2::InternetGateway": vpcIsFree,
  "AWS::EC2::LaunchTemplate": free(
    "Launch templates are free.",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html",
  ),
  "AWS::EC2::NatGateway": natGateway,
  "AWS::EC2::Route": vpcIsFree,
  "AWS::EC2::RouteTable": vpcIsFree,
  "AWS::EC2::SecurityGroup": vpcIsFree,
  "AWS::EC2::SecurityGroupEgress": vpcIsFree,
  "AWS::EC2::SecurityGroupIngress": vpcIsFree,
  "AWS::EC2::Subnet": vpcIsFree,
  "AWS::EC2::SubnetRouteTableAssociation": vpcIsFree,
  "AWS::EC2::VPC": vpcIsFree,
  "AWS::EC2::VPCEndpoint": vpcEndpoint,
  "AWS::EC2::VPCGatewayAttachment": vpcIsFree,
  "AWS::ECR::Repository": repository,
  "AWS::ECS::CapacityProvider": capacityProvider,
  "AWS::ECS::Cluster": cluster,
  "AWS::ECS::ClusterCapacityProviderAssociations": inEcs,
  "AWS::ECS::Service": service,
  "AWS::ECS::TaskDefinition": taskDefinition,
  "AWS::EFS::AccessPoint": free("Part of the file system's price.", "https://aws.amazon.com/efs/pricing/"),
  "AWS::EFS::FileSystem": elasticFileSystem,
  "AWS::EFS::MountTarget": free("Part of the file system's price.", "https://aws.amazon.com/efs/pricing/"),
  "AWS::ElasticLoadBalancing::LoadBalancer": classicLoadBalancer,
  "AWS::ElasticLoadBalancingV2::Listener": inBalancer,
  "AWS::ElasticLoadBalancingV2::ListenerRule": inBalancer,
  "AWS::ElasticLoadBalancingV2::LoadBalancer": loadBalancer,
  "AWS::ElasticLoadBalancingV2::TargetGroup": inBalancer,
  "AWS::Events::Rule": eventRule,
  "AWS::IAM::InstanceProfile": iamIsFree,
  "AWS::IAM::Policy": iamIsFree,
  "AWS::IAM::Role": iamIsFree,
  "AWS::Logs::LogGroup": logGroup,
  "AWS::S3::Bucket": bucket,
  "AWS::S3::BucketPolicy": free("Part of the bucket's price.", "https://aws.amazon.com/s3/pricing/"),
  "AWS::SNS::Subscription": subscription,
  "AWS::SNS::Topic": topic,
  "AWS::SNS::TopicPolicy": free("Requests are charged, not policies.", "https://aws.amazon.com/sns/pricing/"),
  "AWS::SQS::Queue": queue,
  "AWS::SQS::QueuePolicy": free("Requests are charged, not policies.", "https://aws.amazon.com/sqs/pricing/"),
  "AWS::SSM::Parameter": parameter,
  "AWS::Scheduler::Schedule": schedule,
  "AWS::SecretsManager::Secret": secret,
  "AWS::ServiceDiscovery::HttpNamespace": free(
    "Service Connect's use of Cloud Map is free.",
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect.html",
  ),
};
