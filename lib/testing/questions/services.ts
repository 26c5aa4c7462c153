import { readAt } from "../../core/pointer";
import type { Analysis } from "../../editor/analysis";
import { type Draft, draw } from "../draw";
import { ec2Web, fargateWeb, type Web } from "../presets";
import { plain } from "../stack-faults";
import { drawn, put, type Question } from "./question";

const at = ({ stack }: Analysis, id: string, pointer: string): unknown =>
  plain((readAt(stack.resources[id], pointer) ?? null) as never);

/** A worker beside the web service, which may call it. */
function second(draft: Draft, web: Web): string {
  const props = { launchType: "FARGATE" as const, desiredCount: 2 };
  const service = draft.add("service", props, { name: "Worker", parent: web.cluster });
  draft.connect(service, "run", web.task);
  return service;
}

/** Services, load balancers, capacity and Service Connect. */
export const serviceQuestions: readonly Question[] = [
  {
    url: "https://github.com/aws/aws-cdk/issues/1160",
    seen: "The service cannot be made: its target group has no load balancer yet",
    cause: "The service must wait for the listener that uses the target group",
    design: draw((draft) => void ec2Web(draft)),
    prevented: {
      expected: true,
      found: ({ stack }) =>
        stack.resources.Web?.dependsOn?.some((id) => /Listener/.test(stack.resources[id]?.type ?? "")),
    },
  },
  {
    url: "https://github.com/aws/containers-roadmap/issues/653",
    seen: "The managed termination protection of a capacity provider is invalid",
    cause: "The Auto Scaling group does not protect new instances from scale-in",
    design: draw((draft) => void ec2Web(draft, { capacity: { newInstancesProtectedFromScaleIn: false } })),
    finding: { rule: "ECS-CAP-005", severity: "error", names: [/Instances/, /not protected from scale-in/] },
  },
  {
    url: "https://github.com/aws/aws-cdk/issues/19275",
    seen: "A stack cannot be deleted: its capacity provider is associated with a cluster",
    cause: "The association must go before the provider does",
    design: draw((draft) => void ec2Web(draft)),
    prevented: {
      // A resource that refers to another is deleted before it.
      expected: [{ Ref: "Instances" }],
      found: (analysis) => {
        const type = "AWS::ECS::ClusterCapacityProviderAssociations";
        const id = Object.values(analysis.stack.resources).find((resource) => resource.type === type)?.id ?? "";
        return at(analysis, id, "/properties/CapacityProviders");
      },
    },
  },
  {
    url: "https://github.com/pulumi/pulumi-awsx/issues/1172",
    seen: "The container is said to have no container port 80",
    cause: "The load balancer is registered with a port that is no port mapping of the container",
    design: drawn((draft, web) => {
      const app = { name: "app", portMappings: [{ containerPort: 3000 }], readonlyRootFilesystem: true };
      put(draft, web.task, { containerDefinitions: { c1: app } });
      put(draft, web.forward, { containerPort: 80 });
    }),
    finding: { rule: "ECS-LB-006", severity: "error", names: [/app:80/, /app:3000/] },
    start: { check: "health", verdict: "fails", names: /app:80/ },
  },
  {
    url: "https://github.com/hashicorp/terraform-provider-aws/issues/44027",
    seen: "A Service Connect service must have one client alias",
    cause: "An entry names a port and no alias with a port",
    design: drawn((draft, web) => {
      draft.connect(second(draft, web), "call", web.service);
    }),
    prevented: {
      expected: [{ DnsName: "web", Port: 8080 }],
      found: (analysis) => at(analysis, "Web", "/properties/ServiceConnectConfiguration/Services/0/ClientAliases"),
    },
  },
  {
    url: "https://github.com/cloudposse/terraform-aws-ecs-container-definition/issues/162",
    seen: "Service Connect cannot refer to the port of a service",
    cause: "The port mapping has no name",
    design: drawn((draft, web) => {
      draft.connect(second(draft, web), "call", web.service);
    }),
    prevented: {
      expected: true,
      found: (analysis) =>
        at(analysis, "Web", "/properties/ServiceConnectConfiguration/Services/0/PortName") ===
        at(analysis, "WebTask", "/properties/ContainerDefinitions/0/PortMappings/0/Name"),
    },
  },
  {
    url: "https://github.com/terraform-linters/tflint-ruleset-aws/issues/349",
    seen: "Specifying both a launch type and a capacity provider strategy is not supported",
    cause: "They exclude each other",
    design: draw((draft) => void ec2Web(draft, { service: { launchType: "EC2" } })),
    finding: { rule: "ECS-COMP-004", severity: "error", names: [/Web/, /launch type EC2/, /either/] },
    start: { check: "placement", verdict: "fails", names: /launch type EC2/ },
  },
  {
    url: "https://github.com/hashicorp/terraform/issues/10308",
    seen: "Each deployment takes a service back to the desired count that is written, though it has scaled out",
    cause: "A desired count is said beside a scalable target",
    design: draw(
      (draft) =>
        void fargateWeb(draft, {
          service: {
            desiredCount: undefined,
            autoScaling: { minCapacity: 1, maxCapacity: 10, policies: [{ policyType: "TargetTrackingScaling" }] },
          },
        }),
    ),
    prevented: {
      // Nothing to set it back to: once there is an image, the template says no count.
      expected: [{ "Fn::If": ["WebIsWanted", { Ref: "AWS::NoValue" }, 0] }, 1, 10],
      found: (analysis) => [
        at(analysis, "Web", "/properties/DesiredCount"),
        ...["MinCapacity", "MaxCapacity"].map((name) => {
          const type = "AWS::ApplicationAutoScaling::ScalableTarget";
          const id = Object.values(analysis.stack.resources).find((resource) => resource.type === type)?.id ?? "";
          return at(analysis, id, `/properties/${name}`);
        }),
      ],
    },
  },
];
