import type { CheckId } from "../../start/checks";
import { onInstances } from "../network-template";
import type { Question } from "./question";

/** A question about what no kind draws, as a CloudFormation template, and what names its cause. */
export interface TemplateQuestion extends Pick<Question, "url" | "seen" | "cause"> {
  /** Resources beside the usual network. */
  resources: string;
  /** The first line of the checklist of the service `Old` that does not pass for this reason. */
  start: { check: CheckId; names: RegExp };
}

const registered = (networkMode: string, entry: string, type: string): string =>
  `${onInstances(networkMode).replace("Cluster: !Ref Cluster,", `Cluster: !Ref Cluster, ServiceRegistries: [{ RegistryArn: !GetAtt Name.Arn${entry} }],`)}
  Space: { Type: AWS::ServiceDiscovery::PrivateDnsNamespace, Properties: { Name: inner.local, Vpc: !Ref Vpc } }
  Name: { Type: AWS::ServiceDiscovery::Service, Properties: { Name: old, DnsConfig: { NamespaceId: !Ref Space, DnsRecords: [{ Type: ${type}, TTL: 10 }] } } }`;

/** AWS Cloud Map without Service Connect is no kind: templates alone have it. */
export const templateQuestions: readonly TemplateQuestion[] = [
  {
    url: "https://github.com/techservicesillinois/terraform-aws-ecs-service/issues/16",
    seen: "containerName and containerPort must be specified for a service in bridge mode",
    cause: "Its registry is named without the container and the port that the SRV record is for",
    resources: registered("bridge", "", "SRV"),
    start: { check: "definition", names: /^Old registers with Name without ContainerName and ContainerPort/ },
  },
  {
    url: "https://github.com/aws/containers-roadmap/issues/279",
    seen: "Services with host networking cannot be found by A records",
    cause: "Tasks that share the interface of their instance are registered by SRV records alone",
    resources: registered("host", ", ContainerName: app, ContainerPort: 8080", "A"),
    start: {
      check: "definition",
      names: /^Name keeps records of type A, but in network mode host .* Use SRV, or awsvpc\.$/,
    },
  },
];
