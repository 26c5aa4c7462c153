import { grantsOf } from "../../grants/grants";
import { draw } from "../draw";
import { ec2Web, fargateWeb } from "../presets";
import { drawn, type Question } from "./question";

const POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy";
const INSTANCES = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role";

/** Roles, secrets and file systems. */
export const roleAndStorageQuestions: readonly Question[] = [
  {
    url: "https://github.com/aws-samples/aws-fargate-pipeline-lambda-autoscaling/issues/3",
    seen: "Secrets cannot be pulled: the role is not authorised to perform ssm:GetParameters",
    cause: "The execution role lacks ssm:GetParameters (the second of two causes in the thread)",
    design: draw((draft) => {
      const web = fargateWeb(draft, { task: { executionRole: { mode: "own", managedPolicyArns: [POLICY] } } });
      draft.connect(web.container, "inject", draft.add("ssmParameter", {}, { name: "Key" }), { name: "KEY" });
    }),
    finding: {
      rule: "ECS-IAM-003",
      severity: "error",
      names: [/execution role of Web task/, /ssm:GetParameters/, /let the role be derived/],
    },
    start: { check: "role", verdict: "fails", names: /ssm:GetParameters/ },
  },
  {
    url: "https://github.com/nathanpeck/aws-cloudformation-fargate/issues/1",
    seen: "After the image moved to a private repository, the stack fails: an execution role is required",
    cause: "Fargate pulls from ECR with the execution role, and the task definition has none",
    design: draw((draft) => void fargateWeb(draft, { task: { executionRole: { mode: "none" } } })),
    finding: { rule: "ECS-IAM-003", severity: "error", names: [/Web task needs an execution role/, /pulls from ECR/] },
    start: { check: "role", verdict: "fails", names: /needs an execution role/ },
  },
  {
    url: "https://github.com/hashicorp/terraform/issues/5660",
    seen: "An instance with an instance profile does not register with its cluster",
    cause: "The role trusts ECS and not EC2",
    design: draw((draft) => {
      const instanceRole = { mode: "own" as const, trusts: "ecs.amazonaws.com", managedPolicyArns: [INSTANCES] };
      ec2Web(draft, { capacity: { instanceRole } });
    }),
    finding: {
      rule: "ECS-IAM-012",
      severity: "error",
      names: [/instance role of Instances/, /ecs\.amazonaws\.com/, /not by ec2\.amazonaws\.com/],
    },
    start: { check: "placement", verdict: "fails", names: /No statement lets ec2\.amazonaws\.com do sts:AssumeRole/ },
  },
  {
    url: "https://github.com/aws/aws-cdk/issues/16093",
    seen: "A scheduled task never starts: RunTask is denied",
    cause: "The rule's role may pass the task role and not the execution role",
    design: drawn((draft, web) => {
      const nightly = draft.add("eventRule", { scheduleExpression: "rate(1 day)" }, { name: "Nightly" });
      const lost = draft.add("sqsQueue", {}, { name: "Lost" });
      draft.connect(nightly, "runTask", web.task, { cluster: web.cluster, deadLetterQueue: lost });
    }),
    prevented: {
      expected: ["WebTaskExecutionRole allowed", "WebTaskTaskRole allowed"],
      found: ({ model, stack }) =>
        grantsOf(model, stack)
          .permissions.filter(({ actions }) => actions.includes("iam:PassRole"))
          .map(({ resource, verdict }) => {
            const last = resource[resource.length - 1];
            return `${typeof last === "string" ? last : last?.token} ${verdict}`;
          }),
    },
  },
  {
    url: "https://github.com/cn-terraform/terraform-aws-jenkins/issues/1",
    seen: "Jenkins cannot mount its file system: there is no such file or directory",
    cause: "The root directory must exist beforehand, or an access point must make it",
    design: drawn((draft, web) => {
      const files = draft.add("efs", {}, { name: "Home", parent: web.vpc });
      draft.connect(web.container, "mount", files, { containerPath: "/data", rootDirectory: "/var/jenkins_home" });
    }),
    start: { check: "volumes", verdict: "unknowable", names: /\/var\/jenkins_home of Home.*access point/ },
  },
  {
    url: "https://github.com/aws/aws-cdk/issues/15675",
    seen: "A file system mounts, but reads and writes are denied",
    cause: "Its root belongs to root, and the container runs as somebody else without an access point",
    design: draw((draft) => {
      const web = fargateWeb(draft, { container: { user: "1000:1000" } });
      draft.connect(web.container, "mount", draft.add("efs", {}, { name: "Files", parent: web.vpc }));
    }),
    start: { check: "volumes", verdict: "unknowable", names: /app runs as 1000:1000.*belongs to root.*access point/ },
  },
  {
    url: "https://github.com/aws/amazon-ecs-cli/issues/501",
    seen: "A Compose file with a mounted folder is refused on Fargate: host.sourcePath should not be set",
    cause: "Fargate has no host of one's own to mount from",
    design: draw(
      (draft) =>
        void fargateWeb(draft, {
          task: { volumes: [{ name: "conf", host: { sourcePath: "/srv/nginx" } }] },
          container: { mountPoints: [{ sourceVolume: "conf", containerPath: "/etc/nginx" }] },
        }),
    ),
    finding: { rule: "ECS-STO-015", severity: "error", names: [/conf/, /no host you own/, /EFS/] },
    start: { check: "volumes", verdict: "fails", names: /conf/ },
  },
];
