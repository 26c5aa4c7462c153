// Builds public/icons/aws.svg: one sprite of AWS's official artwork, taken from the pinned dev dependency aws-icons.
// Run it after that version changes; the result is committed. Nothing is recoloured or redrawn.
// Usage: node scripts/build-icons.mjs [folder of aws-icons]
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const from = process.argv[2] ?? join(root, "node_modules", "aws-icons");

// Service tiles and group badges carry their own plate and read well from 20 px on; a resource outline is taken where
// AWS draws the thing itself (a task, a rule, an alarm) rather than its service.
const service = (file) => `architecture-service/${file}`;
const resource = (file) => `resource/${file}`;
const group = (file) => `architecture-group/${file}`;

const sources = {
  internet: resource("Internet"),
  alb: resource("ElasticLoadBalancingApplicationLoadBalancer"),
  nlb: resource("ElasticLoadBalancingNetworkLoadBalancer"),
  clb: resource("ElasticLoadBalancingClassicLoadBalancer"),
  gwlb: resource("ElasticLoadBalancingGatewayLoadBalancer"),
  privatelink: service("AWSPrivateLink"),
  route53: service("AmazonRoute53"),
  cloudfront: service("AmazonCloudFront"),
  "api-gateway": service("AmazonAPIGateway"),
  waf: service("AWSWAF"),
  acm: service("AWSCertificateManager"),
  cluster: service("AmazonElasticContainerService"),
  service: resource("AmazonElasticContainerServiceService"),
  task: resource("AmazonElasticContainerServiceTask"),
  container: resource("AmazonElasticContainerServiceContainer1"),
  fargate: service("AWSFargate"),
  ec2: service("AmazonEC2"),
  "auto-scaling": group("AutoScalinggroup"),
  "app-autoscaling": service("AWSApplicationAutoScaling"),
  "ecs-anywhere": service("AmazonECSAnywhere"),
  "service-connect": resource("AmazonElasticContainerServiceECSServiceConnect"),
  "cloud-map": service("AWSCloudMap"),
  codedeploy: service("AWSCodeDeploy"),
  lambda: service("AWSLambda"),
  eks: service("AmazonElasticKubernetesService"),
  ecr: service("AmazonElasticContainerRegistry"),
  efs: service("AmazonEFS"),
  s3: service("AmazonSimpleStorageService"),
  ebs: service("AmazonElasticBlockStore"),
  fsx: service("AmazonFSx"),
  "eventbridge-rule": resource("AmazonEventBridgeRule"),
  "eventbridge-scheduler": resource("AmazonEventBridgeScheduler"),
  "event-bus": resource("AmazonEventBridgeCustomEventBus"),
  sqs: service("AmazonSimpleQueueService"),
  sns: service("AmazonSimpleNotificationService"),
  "step-functions": service("AWSStepFunctions"),
  msk: service("AmazonManagedStreamingforApacheKafka"),
  "secrets-manager": service("AWSSecretsManager"),
  "parameter-store": resource("AWSSystemsManagerParameterStore"),
  kms: service("AWSKeyManagementService"),
  "iam-role": resource("AWSIdentityAccessManagementRole"),
  cognito: service("AmazonCognito"),
  cloudwatch: service("AmazonCloudWatch"),
  "cloudwatch-logs": resource("AmazonCloudWatchLogs"),
  "cloudwatch-alarm": resource("AmazonCloudWatchAlarm"),
  rds: service("AmazonRDS"),
  aurora: service("AmazonAurora"),
  dynamodb: service("AmazonDynamoDB"),
  elasticache: service("AmazonElastiCache"),
  opensearch: service("AmazonOpenSearchService"),
  vpc: group("VirtualprivatecloudVPC"),
  "nat-gateway": resource("AmazonVPCNATGateway"),
  "internet-gateway": resource("AmazonVPCInternetGateway"),
  "vpc-endpoint": resource("AmazonVPCEndpoints"),
};

/** One `<symbol>` from one SVG file: same drawing, same view box, ids prefixed so that two icons never share one. */
function symbol(name, file) {
  const svg = readFileSync(join(from, "icons", `${file}.svg`), "utf8").trim();
  const opening = /^<svg\b[^>]*>/.exec(svg)?.[0];
  const viewBox = opening && /viewBox="([\d. -]+)"/.exec(opening)?.[1];
  if (!viewBox || !svg.endsWith("</svg>")) throw new Error(`${file}.svg is not an SVG with a view box.`);
  if (/<(script|style|foreignObject|image|use)\b|\son\w+=|href=/i.test(svg)) {
    throw new Error(`${file}.svg has more in it than shapes; look at it before taking it.`);
  }
  const body = svg
    .slice(opening.length, -"</svg>".length)
    .replace(/<title>[\s\S]*?<\/title>/g, "")
    .replace(/\bid="([^"]+)"/g, `id="${name}--$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${name}--$1)`);
  return `<symbol id="${name}" viewBox="${viewBox}">${body}</symbol>`;
}

const { version } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
const names = Object.keys(sources).sort();
const sprite = [
  '<svg xmlns="http://www.w3.org/2000/svg">',
  `<!-- AWS Architecture Icons, unchanged, from aws-icons ${version}; drawn by and property of Amazon Web Services. -->`,
  ...names.map((name) => symbol(name, sources[name])),
  "</svg>",
  "",
].join("\n");
mkdirSync(join(root, "public", "icons"), { recursive: true });
writeFileSync(join(root, "public", "icons", "aws.svg"), sprite);
console.log(`Wrote public/icons/aws.svg: ${names.length} icons, ${Math.ceil(sprite.length / 1024)} kB.`);
