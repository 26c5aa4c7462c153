import { draw } from "../draw";
import { ec2Web, fargateWeb } from "../presets";
import { drawn, type Question } from "./question";

const onlyDatabase = {
  mode: "own" as const,
  ingress: [{ fromPort: 8080, toPort: 8080, peer: { cidr: "10.0.0.0/16" } }],
  egress: [{ fromPort: 5432, toPort: 5432, peer: { cidr: "10.0.0.0/16" } }],
};

/** Ways out of the network, and into file systems. */
export const networkQuestions: readonly Question[] = [
  {
    url: "https://github.com/aws/amazon-ecs-agent/issues/1128",
    seen: "A Fargate task stays pending, then cannot pull its image: the request is cancelled while it waits",
    cause: "The task's own interface has no way out: no NAT and no endpoints",
    design: draw((draft) => void fargateWeb(draft, { vpc: { natGateways: "none" } })),
    finding: {
      rule: "ECS-NET-012",
      severity: "error",
      names: [/Web/, /private subnets of Network/, /Amazon ECR/, /CloudWatch Logs/, /NAT gateway/, /ecr\.dkr, s3/],
    },
    start: { check: "image", verdict: "fails", names: /has no route to the image of app/ },
  },
  {
    url: "https://github.com/aws-samples/aws-modern-application-workshop/issues/71",
    seen: "Behind a Network Load Balancer tasks stop because they cannot pull, and the site times out",
    cause: "Public subnets, and assignPublicIp is disabled",
    design: draw((draft) => {
      const web = fargateWeb(draft, { service: { tier: "public" } });
      const nlb = draft.add("nlb", { statedNeed: "static addresses" }, { name: "Static", parent: web.vpc });
      draft.connect(web.internet, "request", nlb);
      draft.connect(nlb, "forward", web.service);
    }),
    finding: {
      rule: "ECS-NET-013",
      severity: "error",
      names: [/no public address/, /cannot reach the image of app/, /assign a public IP/],
    },
    start: { check: "image", verdict: "fails", names: /of no use without a public address/ },
  },
  {
    url: "https://github.com/aws/amazon-ecs-agent/issues/1680",
    seen: "With a public IP and a role that may pull, an image still cannot be pulled: the connection times out",
    cause: "The network access list of the subnet drops the answers, which come in on high ports",
    design: draw((draft) => {
      const web = fargateWeb(draft, { service: { tier: "public", assignPublicIp: true } });
      const list = draft.add(
        "generic",
        { type: "AWS::EC2::NetworkAcl", properties: { VpcId: { Ref: "Network" } } },
        { name: "List" },
      );
      const everything = {
        CidrBlock: "0.0.0.0/0",
        NetworkAclId: { Ref: "List" },
        RuleAction: "allow",
        RuleNumber: 100,
      };
      const entries = {
        Out: { ...everything, Egress: true, Protocol: -1 },
        // Requests to the site come in, answers to the task's own do not.
        In: { ...everything, Egress: false, Protocol: 6, PortRange: { From: 443, To: 8080 } },
      };
      for (const [name, properties] of Object.entries(entries)) {
        draft.add("generic", { type: "AWS::EC2::NetworkAclEntry", properties }, { name });
      }
      for (const number of [1, 2]) {
        const properties = { NetworkAclId: { Ref: "List" }, SubnetId: { Ref: `NetworkPublicSubnet${number}` } };
        const type = "AWS::EC2::SubnetNetworkAclAssociation";
        draft.add("generic", { type, properties }, { name: `Association ${number}` });
      }
      draft.connect(web.vpc, "reference", list, { pointer: "/VpcId" });
    }),
    finding: {
      rule: "ECS-NET-012",
      severity: "error",
      names: [/Web/, /Amazon ECR/, /List refuses the answer on tcp\/\d+-\d+ in/, /both directions need a rule/],
    },
    start: { check: "image", verdict: "fails", names: /List refuses the answer on tcp\/\d+-\d+ in from the internet/ },
  },
  {
    url: "https://github.com/Releem/releem-agent/issues/195",
    seen: "The agent's secret cannot be retrieved: the deadline is exceeded",
    cause: "The group of the task lets no HTTPS out to Secrets Manager",
    design: draw((draft) => {
      const web = fargateWeb(draft, { service: { securityGroups: onlyDatabase } });
      draft.connect(web.container, "inject", draft.add("secret", {}, { name: "Login" }), { name: "DB_PASSWORD" });
    }),
    finding: {
      rule: "ECS-NET-012",
      severity: "error",
      names: [/Secrets Manager/, /security group of Web/, /Allow tcp 443/],
    },
    start: { check: "image", verdict: "fails", names: /WebSecurityGroup restricts what may leave/ },
  },
  {
    url: "https://github.com/aws-samples/aws-fargate-pipeline-lambda-autoscaling/issues/3",
    seen: "Single tasks in subnets without a way out can pull neither secrets nor the registry's token",
    cause: "No endpoints for ECR, S3, logs and Systems Manager (the first of two causes in the thread)",
    design: draw((draft) => {
      const web = fargateWeb(draft, { vpc: { isolatedSubnets: true } });
      draft.connect(web.container, "inject", draft.add("ssmParameter", {}, { name: "Key" }), { name: "KEY" });
      const schedule = draft.add("eventSchedule", {}, { name: "Pipeline" });
      draft.connect(schedule, "runTask", web.task, {
        cluster: web.cluster,
        tier: "isolated",
        deadLetterQueue: draft.add("sqsQueue", {}, { name: "Lost" }),
      });
    }),
    finding: {
      rule: "ECS-NET-012",
      severity: "error",
      names: [/isolated/, /Amazon ECR/, /ecr\.api/, /ecr\.dkr/, /s3/, /logs/, /ssm/],
    },
  },
  {
    url: "https://github.com/nikovirtala/cdk-github-actions-runner/pull/3",
    seen: "On platform 1.4 a runner in a public subnet cannot pull its secret",
    cause: "Since 1.4 everything goes through the task's interface, which needs a public address there",
    design: draw((draft) => {
      const vpc = draft.add("vpc", {}, { name: "Network" });
      const cluster = draft.add("cluster", {}, { name: "Main", parent: vpc });
      const task = draft.add(
        "taskDefinition",
        {
          cpu: 256,
          memory: 512,
          networkMode: "awsvpc",
          requiresCompatibilities: ["FARGATE"],
          containerDefinitions: { c1: { name: "runner", readonlyRootFilesystem: true } },
        },
        { name: "Runner task", parent: cluster },
      );
      const props = {
        launchType: "FARGATE" as const,
        desiredCount: 2,
        platformVersion: "1.4.0",
        tier: "public" as const,
      };
      draft.connect(draft.add("service", props, { name: "Runner", parent: cluster }), "run", task);
      draft.connect(`${task}/c1`, "pull", draft.add("ecrRepository", {}, { name: "Image" }));
      draft.connect(`${task}/c1`, "inject", draft.add("secret", {}, { name: "Token" }), { name: "TOKEN" });
    }),
    finding: { rule: "ECS-NET-013", severity: "error", names: [/Runner/, /no public address/, /assign a public IP/] },
    start: { check: "image", verdict: "fails", names: /public address/ },
  },
  {
    url: "https://github.com/strongdm/accessbot/issues/282",
    seen: "A file system cannot be mounted: NFS times out",
    cause: "Its group lets no 2049 in from the group of the tasks",
    design: drawn((draft, web) => {
      const files = draft.add("efs", { securityGroups: { mode: "own" } }, { name: "Files", parent: web.vpc });
      draft.connect(web.container, "mount", files);
    }),
    finding: {
      rule: "ECS-STO-004",
      severity: "error",
      names: [/app mounts Files/, /2049/, /group of Web/],
    },
    start: { check: "volumes", verdict: "fails", names: /No rule of FilesSecurityGroup lets tcp\/2049 in/ },
    hop: { group: "FilesSecurityGroup", direction: "ingress", port: 2049 },
  },
  {
    url: "https://github.com/aws/amazon-ecs-agent/issues/1979",
    seen: "An awsvpc task on an instance cannot reach the internet, though its instance can",
    cause: "The interface of the task gets no public address on EC2: its subnet must route through NAT",
    design: drawn(
      (draft, web) => {
        draft.connect(web.container, "send", draft.add("sqsQueue", {}, { name: "Orders" }));
      },
      (draft) =>
        ec2Web(draft, {
          task: { networkMode: "awsvpc" },
          service: { tier: "public" },
        }),
    ),
    finding: { rule: "ECS-NET-013", severity: "error", names: [/Web/, /public address/, /NAT/] },
  },
  {
    url: "https://github.com/aws/amazon-ecs-cli/issues/319",
    seen: "A new cluster has no container instances",
    cause: "The instances have neither a public address nor NAT nor endpoints, so they never register",
    design: draw((draft) => void ec2Web(draft, { vpc: { natGateways: "none" } })),
    finding: { rule: "ECS-NET-012", severity: "error", names: [/Instances/, /ECS control plane/, /NAT gateway/] },
    start: { check: "placement", verdict: "fails", names: /has no route to the ECS control plane/ },
  },
];
