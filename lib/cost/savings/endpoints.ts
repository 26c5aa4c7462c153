import { type Dependency, type EndpointService, endpointsFor, isGatewayEndpoint } from "../../aws/endpoints";
import type { NodeKind, PropsOf } from "../../catalog";
import type { Document, DocumentNode, Scenario } from "../../document/document";
import { isKind } from "../../model/build";
import type { Model, ModelNode } from "../../model/model";
import { containersOf, launchOf, placementsOf, vpcOf } from "../../model/queries";
import { sourceOfImage } from "../resources/task-definition";
import { usageOf } from "../usage";
import type { Changed } from "./changes";
import { withFigures } from "./changes";

type Vpc = ModelNode<"vpc">;

/** What a task reaches by an edge to a node of a kind. */
const reached: Partial<Record<NodeKind, Dependency>> = {
  ecrRepository: "ecr",
  dockerHub: "other-registry",
  secret: "secretsmanager",
  ssmParameter: "ssm",
  sqsQueue: "sqs",
  snsTopic: "sns",
  s3Bucket: "s3",
};

const registryOf = (image: string, region: string): Dependency => {
  const source = sourceOfImage(image, region);
  if (source !== "elsewhere") return source === "here" ? "ecr" : "internet";
  return image.startsWith("public.ecr.aws/") ? "ecr-public" : "other-registry";
};

/** What the tasks of a VPC reach outside it, as far as it is drawn. */
function dependenciesIn(model: Model, vpc: Vpc): Set<Dependency> {
  const found = new Set<Dependency>();
  for (const definition of model.of("taskDefinition")) {
    const places = placementsOf(model, definition).filter(
      ({ cluster }) => cluster && vpcOf(cluster as ModelNode) === vpc,
    );
    if (places.length === 0) continue;
    for (const { to } of definition.out) {
      const dependency = reached[to.kind];
      if (dependency) found.add(dependency);
    }
    const pulled = new Set(
      definition.out.filter(({ relation }) => relation === "pull").map((edge) => edge.fromContainer),
    );
    for (const container of containersOf(definition)) {
      if (container.logConfiguration?.logDriver === "awslogs") found.add("logs");
      if (!pulled.has(container.id)) found.add(registryOf(container.image ?? "", model.region));
    }
    for (const { service } of places) {
      if (!service) continue;
      if (service.props.enableExecuteCommand) found.add("ssmmessages");
      if (launchOf(service) === "EC2") found.add("ecs-control");
      if (service.in.some(({ relation }) => relation === "poll")) found.add("sqs");
    }
  }
  return found;
}

const labels: Partial<Record<Dependency, string>> = {
  "ecr-public": "an image in Amazon ECR Public",
  "other-registry": "an image in a registry outside AWS",
  internet: "an image in another Region",
};

/** How a VPC does without its NAT gateways: the endpoints that its tasks need; or why it cannot. */
function withEndpoints(model: Model, vpc: Vpc): PropsOf<"vpc"> | { why: string } {
  const services = new Set<EndpointService>();
  for (const dependency of dependenciesIn(model, vpc)) {
    const endpoints = endpointsFor(dependency);
    if (!endpoints) return { why: `${vpc.name} needs its NAT gateway for ${labels[dependency] ?? "the internet"}.` };
    for (const service of endpoints) services.add(service);
  }
  const interfaces = [...services].filter((service) => !isGatewayEndpoint(service));
  const gateways = [...services].filter(isGatewayEndpoint);
  const { props } = vpc;
  return {
    ...props,
    natGateways: "none",
    interfaceEndpoints: [...new Set([...props.interfaceEndpoints, ...interfaces])] as typeof props.interfaceEndpoints,
    gatewayEndpoints: [...new Set([...props.gatewayEndpoints, ...gateways])] as typeof props.gatewayEndpoints,
  };
}

/**
 * Endpoints in place of NAT gateways, in every VPC whose tasks reach AWS services alone as far as it is drawn.
 * What flows is the same on both sides: each connection is charged for the way that it then takes.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
export function endpointsInsteadOfNat(document: Document, model: Model, scenario: Scenario): Changed {
  const nodes: Record<string, DocumentNode> = { ...document.nodes };
  let changed = document;
  let parts = 0;
  let why = "No VPC has a NAT gateway.";
  for (const vpc of model.of("vpc")) {
    const node = document.nodes[vpc.id];
    if (vpc.props.natGateways === "none" || vpc.props.source !== "new" || node?.kind !== "vpc") continue;
    const props = withEndpoints(model, vpc);
    if ("why" in props) {
      why = props.why;
      continue;
    }
    if (!isKind(vpc as ModelNode, "vpc")) continue;
    nodes[vpc.id] = { ...node, props };
    // One figure for all data through NAT gateways was given: so much flows through the endpoints then.
    const given = usageOf(document.usage.scenarios, scenario, vpc.id, "natGb");
    if (given && "value" in given) changed = withFigures(changed, [vpc.id], { endpointGb: given.value });
    parts += 1;
  }
  return parts === 0 ? { why } : { document: { ...changed, nodes }, parts };
}
