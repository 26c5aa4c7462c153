/** Every icon of the product. A name is the id of a symbol in `public/icons/aws.svg` and the key of a glyph below. */
export const iconNames = [
  // Traffic
  "internet",
  "alb",
  "nlb",
  "clb",
  "gwlb",
  "privatelink",
  "route53",
  "cloudfront",
  "api-gateway",
  "waf",
  "acm",
  // Compute
  "cluster",
  "service",
  "task",
  "container",
  "fargate",
  "ec2",
  "auto-scaling",
  "app-autoscaling",
  "ecs-anywhere",
  "service-connect",
  "cloud-map",
  "codedeploy",
  "lambda",
  "eks",
  // Images
  "ecr",
  "docker-hub",
  "registry",
  // Storage
  "efs",
  "s3",
  "s3-files",
  "ebs",
  "fsx",
  // Events
  "eventbridge-rule",
  "eventbridge-scheduler",
  "event-bus",
  "sqs",
  "sns",
  "step-functions",
  "msk",
  // Configuration and observation
  "secrets-manager",
  "parameter-store",
  "kms",
  "iam-role",
  "cognito",
  "cloudwatch",
  "cloudwatch-logs",
  "cloudwatch-alarm",
  // Data
  "rds",
  "aurora",
  "dynamodb",
  "elasticache",
  "opensearch",
  // Network
  "vpc",
  "nat-gateway",
  "internet-gateway",
  "vpc-endpoint",
  "security-group",
  // Drawing
  "generic",
  "note",
  "frame",
] as const;

export type IconName = (typeof iconNames)[number];

/** Icons that AWS's set has no artwork for (or that are not AWS's): only our glyph exists. */
export const glyphOnly: ReadonlySet<IconName> = new Set<IconName>([
  "docker-hub",
  "registry",
  "s3-files",
  "security-group",
  "generic",
  "note",
  "frame",
]);

/** Icons whose AWS artwork is near-black ink without a plate (#232f3d): on a dark card show the glyph instead. */
export const darkInk: ReadonlySet<IconName> = new Set<IconName>(["internet"]);

/** True when `public/icons/aws.svg` has a symbol with this name as its id. */
export const hasArtwork = (name: IconName): boolean => !glyphOnly.has(name);

/**
 * Our own plain drawing of each icon: path data for a 24×24 view box, to be stroked (not filled) in currentColor,
 * 1.5 to 2 units wide, with round caps and joins. The product works with these alone.
 */
export const glyphs: Readonly<Record<IconName, string>> = {
  internet: "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M3 12h18M12 3c3.4 3.2 3.4 14.8 0 18M12 3c-3.4 3.2-3.4 14.8 0 18",
  alb: "M9 3h6v4H9zM12 7v10M5 17v-5h14v5M3 17h4v4H3zM10 17h4v4h-4zM17 17h4v4h-4z",
  nlb: "M3 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0M9 12h12M18 9l3 3-3 3M8 10l7-6M11.5 4H15v3.5M8 14l7 6M15 16.5V20h-3.5",
  clb: "M9 3h6v4H9zM12 7v4M6 17v-6h12v6M3 17h6v4H3zM15 17h6v4h-6z",
  gwlb: "M4 21V10a8 7 0 0 1 16 0v11M2 21h20M8 21v-9M12 21V9M16 21v-9",
  privatelink:
    "M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1.5 1.5M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.5-1.5",
  route53: "M12 3v2M12 10v2M12 17v4M5 5h12l3 2.5-3 2.5H5zM19 12H7l-3 2.5L7 17h12z",
  cloudfront:
    "M6 12a6 6 0 1 0 12 0a6 6 0 1 0-12 0M6 12h12M12 6c2.4 2.2 2.4 9.8 0 12M12 6c-2.4 2.2-2.4 9.8 0 12M12 2v1.5M12 20.5V22M2 12h1.5M20.5 12H22",
  "api-gateway": "M8 5l-5 7 5 7M16 5l5 7-5 7M13.5 7l-3 10",
  waf: "M4 5h16v14H4zM4 9.7h16M4 14.3h16M12 5v4.7M8 9.7v4.6M16 9.7v4.6M12 14.3V19",
  acm: "M10 17H4V4h16v8M8 8h8M8 12h3M13 15a3 3 0 1 0 6 0a3 3 0 1 0-6 0M14.5 17.6V22l1.5-1 1.5 1v-4.4",
  cluster: "M3 3h18v18H3zM7 7h4v4H7zM13 7h4v4h-4zM7 13h4v4H7zM13 13h4v4h-4z",
  service: "M8 8h13v13H8zM5 16H3V3h13v2M12 13h5M12 16.5h5",
  task: "M5 3h14v18H5zM9 8h6M9 12h6M9 16h4",
  container: "M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9",
  fargate:
    "M12 3l6 3v6l-6 3-6-3V6zM6 6l6 3 6-3M12 9v6M5.5 15C3.9 15.7 3 16.5 3 17.4 3 19.4 7 21 12 21s9-1.6 9-3.6c0-.9-.9-1.7-2.5-2.4",
  ec2: "M7 7h10v10H7zM10 7V3M14 7V3M10 21v-4M14 21v-4M7 10H3M7 14H3M21 10h-4M21 14h-4",
  "auto-scaling":
    "M9 9h6v6H9zM12 9V3M9.5 5.5L12 3l2.5 2.5M12 15v6M9.5 18.5L12 21l2.5-2.5M9 12H3M5.5 9.5L3 12l2.5 2.5M15 12h6M18.5 9.5L21 12l-2.5 2.5",
  "app-autoscaling": "M4 21v-6h4v6zM10 21V11h4v10zM16 21V7h4v14zM3 10l7-6M6.5 4H10v3.5",
  "ecs-anywhere": "M3 21V9l9-6 9 6v12zM8 11h8v4H8zM8 15h8v6H8zM11 13h2M11 18h2",
  "service-connect": "M3 8h6v8H3zM15 8h6v8h-6zM9 10.5h6M9 13.5h6",
  "cloud-map": "M12 21c-4-4.5-6-7.6-6-11a6 6 0 0 1 12 0c0 3.4-2 6.5-6 11zM10 10a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
  codedeploy: "M12 15V3.5M7.5 8L12 3.5 16.5 8M4 14v6.5h16V14",
  lambda: "M6 4h3.5l7 16H20M11.2 9.5L6 20",
  eks: "M12 3l8 4.5v9L12 21l-8-4.5v-9zM12 8v8M8.5 10l7 4M15.5 10l-7 4",
  ecr: "M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9M8 5.2l8 4.5v4",
  "docker-hub": "M3 13h18c0 4.2-3 7-8 7h-3c-4 0-7-2.8-7-7zM5 13V9h4v4M9 13V9h4v4M13 13V9h4v4M9 9V5h4v4",
  registry: "M4 4h16v7H4zM4 13h16v7H4zM8 7.5h.01M8 16.5h.01M12 7.5h4M12 16.5h4",
  efs: "M3 5h6l2 3h10v11H3zM12 11v5M12 13.5H8.5M12 13.5h3.5M7 13.5h.01M17 13.5h.01M12 17h.01",
  s3: "M4 5.5a8 2.5 0 1 0 16 0a8 2.5 0 1 0-16 0M4 5.5L6 19c.1 1.1 2.7 2 6 2s5.9-.9 6-2l2-13.5",
  "s3-files": "M3 5a7 2 0 1 0 14 0a7 2 0 1 0-14 0M3 5l1.7 13c.1.9 1.8 1.5 4.3 1.7M17 5l-.5 4M12 12h3.5l1 1.5H21V20h-9z",
  ebs: "M4 4h16v16H4zM8 12a4 4 0 1 0 8 0a4 4 0 1 0-8 0M12 12h.01M17 17h.01",
  fsx: "M3 5h6l2 3h10v11H3zM10 10.5L7.5 13.5l2.5 3M14 10.5l2.5 3-2.5 3",
  "eventbridge-rule": "M3 4h18l-7 8.5V19l-4 2v-8.5z",
  "eventbridge-scheduler": "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 7v5l3.5 2.5",
  "event-bus": "M3 9h18v6H3zM7 9V4M17 9V4M7 20v-5M17 20v-5",
  sqs: "M3 8h4.5v8H3zM9.75 8h4.5v8h-4.5zM16.5 8H21v8h-4.5zM3 4h18M18 20H6M8 18l-2 2 2 2",
  sns: "M3 10v4h4l7 5V5l-7 5zM17 9.5a4 4 0 0 1 0 5M19.5 7a8 8 0 0 1 0 10",
  "step-functions": "M9 3h6v4H9zM3 17h6v4H3zM15 17h6v4h-6zM12 7v3M6 17v-3l6-4 6 4v3",
  msk: "M8 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0M16 5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M16 19a2 2 0 1 0 4 0a2 2 0 1 0-4 0M8 12H3M13.2 10l3.2-3.6M13.2 14l3.2 3.6",
  "secrets-manager": "M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4M12 15v2.5",
  "parameter-store":
    "M3 6h10M17 6h4M13 6a2 2 0 1 0 4 0a2 2 0 1 0-4 0M3 12h3M10 12h11M6 12a2 2 0 1 0 4 0a2 2 0 1 0-4 0M3 18h10M17 18h4M13 18a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
  kms: "M3 15.5a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M10.7 12.3L20 3M16 7l3 3M13 10l2 2",
  "iam-role": "M8 8a4 4 0 1 0 8 0a4 4 0 1 0-8 0M4 21v-1a6 6 0 0 1 6-6h4a6 6 0 0 1 6 6v1zM9 18h6",
  cognito: "M6 8a4 4 0 1 0 8 0a4 4 0 1 0-8 0M2.5 21v-1a6 6 0 0 1 6-6h4M14.5 18.5L17 21l4.5-5",
  cloudwatch: "M3 3v18h18M7 15l4-5 3 3 5.5-7",
  "cloudwatch-logs": "M4 5h16M4 10h6M4 15h5M4 20h6M12.5 14a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M18.5 16.5l3 3.5",
  "cloudwatch-alarm": "M6 17v-6a6 6 0 0 1 12 0v6l2 1.5H4zM12 5V3M10 21h4",
  rds: "M4 6a8 3 0 1 0 16 0a8 3 0 1 0-16 0M4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3",
  aurora:
    "M5 11a7 2.5 0 1 0 14 0a7 2.5 0 1 0-14 0M5 11v7.5C5 19.9 8.1 21 12 21s7-1.1 7-2.5V11M12 5.5V3M5.5 6.5L4 4.5M18.5 6.5l1.5-2",
  dynamodb: "M4 6a8 3 0 1 0 16 0a8 3 0 1 0-16 0M4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M13 11l-3 3.5h4L11 18",
  elasticache: "M13.5 3L5 13.5h6L10 21l8.5-10.5h-6z",
  opensearch: "M3 10.5a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0-15 0M16 16l5 5M7 9h7M7 12h4",
  vpc: "M7 19a4.5 4.5 0 0 1-.6-8.95A6 6 0 0 1 17.9 9.6 4.8 4.8 0 0 1 17 19z",
  "nat-gateway": "M14 4H4v16h10M14 4v4M14 16v4M9 12h12M17.5 8.5L21 12l-3.5 3.5",
  "internet-gateway": "M4 21V11a8 8 0 0 1 16 0v10M2 21h20M12 18v-8M8.5 13L12 9.5l3.5 3.5",
  "vpc-endpoint": "M3 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0M9 12h6M15 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0M18 9V4M18 20v-5",
  "security-group": "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM8.5 12l2.5 2.5 4.5-5",
  generic: "M9 4H8a2 2 0 0 0-2 2v4l-2 2 2 2v4a2 2 0 0 0 2 2h1M15 4h1a2 2 0 0 1 2 2v4l2 2-2 2v4a2 2 0 0 1-2 2h-1",
  note: "M4 4h16v11l-5 5H4zM15 20v-5h5M8 9h8M8 13h4",
  frame: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4",
};
