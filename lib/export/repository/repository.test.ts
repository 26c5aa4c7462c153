import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadPrices } from "../../cost/prices";
import type { Document } from "../../document/document";
import { parseDocument, printDocument } from "../../document/parse";
import { starters } from "../../document/starters";
import { analyse } from "../../editor/analysis";
import { exportInput } from "../../editor/exporting";
import { withEnvironments } from "../../testing/environments";
import { random } from "../../testing/random";
import { sampleDesign } from "../../testing/sample-design";
import { targets } from "../targets";

const prices = await loadPrices("us-east-1");
const repository = await targets.repository();

function exported(document: Document, options: object = {}): ReadonlyMap<string, string> {
  const book = prices.ok ? prices.value : null;
  const analysis = analyse(document, { environment: null, scenario: "typical", prices: book });
  const { stack, context } = exportInput(analysis, { prices: book, takes: repository.environments });
  const { files } = repository.emit(stack, options, context);
  const paths = files.map(({ path }) => path.toLowerCase());
  expect(new Set(paths).size, "paths that differ").toBe(paths.length);
  for (const path of paths) expect(path).toMatch(/^[a-z0-9_.-]+(\/[a-z0-9_.-]+)*$/);
  return new Map(files.map(({ path, text }) => [path, text]));
}

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, { permissions?: Record<string, string>; environment?: string; steps: Step[] }>;
}

/** What is wrong with a workflow that is to hold no key and to run no text of the design: one sentence each. */
function faults(text: string): string[] {
  const workflow = parse(text) as Workflow;
  const found: string[] = [];
  if (/AWS_(ACCESS_KEY|SECRET_ACCESS)/i.test(text)) found.push("It speaks of a key.");
  if (JSON.stringify(workflow.permissions) !== '{"contents":"read"}') found.push("Every job may more than read.");
  for (const [name, { permissions, environment, steps }] of Object.entries(workflow.jobs)) {
    const takesRole = steps.some(({ uses }) => uses?.startsWith("aws-actions/configure-aws-credentials@"));
    if (takesRole !== (permissions?.["id-token"] === "write")) found.push(`${name} asks for a token without need.`);
    if (takesRole && environment === undefined) found.push(`${name} deploys to no environment.`);
    for (const { uses, run } of steps) {
      if (uses !== undefined && !/^[\w-]+\/[\w-]+@v\d+$/.test(uses)) found.push(`${uses} names no version.`);
      // https://docs.github.com/en/actions/reference/security/secure-use: expressions in scripts are code.
      if (run?.includes("${{")) found.push(`${name} runs an expression.`);
    }
  }
  return found;
}

/** Links of a README that lead nowhere. */
const deadLinks = (files: ReadonlyMap<string, string>): string[] =>
  [...(files.get("README.md") ?? "").matchAll(/(?<!\\)\]\(([^)]*)\)/g)]
    .map(([, path]) => path as string)
    .filter((path) => !files.has(path));

const designs: [string, Document][] = [
  ...starters.map(({ id, document }): [string, Document] => [id, document]),
  ...[0, 1, 2].map((seed): [string, Document] => [`random ${seed}`, sampleDesign(seed, 30)]),
  ...[3, 4].map((seed): [string, Document] => [
    `random ${seed} with environments`,
    withEnvironments(sampleDesign(seed, 30), random(seed), ["dev", "stage", "prod"]),
  ]),
];

describe.each(designs)("the repository of %s", (_, document) => {
  it.each(["cloudformation", "cdk", "terraform"] as const)(
    "with %s holds what it speaks of, the same each time",
    (infrastructure) => {
      const files = exported(document, { infrastructure });
      expect(exported(document, { infrastructure })).toEqual(files);
      expect(deadLinks(files)).toEqual([]);
      expect(faults(files.get(".github/workflows/deploy.yml") ?? "")).toEqual([]);
      expect(parse(files.get("bootstrap/github-oidc.yaml") ?? "", { logLevel: "silent" })).toHaveProperty(
        "Resources.DeployRole",
      );
      const [design] = [...files].filter(([path]) => path.endsWith(".bayplan.json"));
      expect(design?.[1]).toBe(printDocument(document));
      expect(parseDocument(design?.[1] ?? "").ok).toBe(true);
    },
  );

  it("has no workflow and no role where nobody wants them", () => {
    const files = exported(document, { pipeline: "none" });
    expect([...files.keys()].filter((path) => /workflow|bootstrap/.test(path))).toEqual([]);
    expect(deadLinks(files)).toEqual([]);
  });
});

describe("with environments", () => {
  const shop = starters[0]?.document as Document;
  const idOf = (name: string): string => Object.entries(shop.nodes).find(([, node]) => node.name === name)?.[0] ?? "";
  const document: Document = {
    ...shop,
    environments: {
      // Only in prod there is a listener that needs a certificate.
      dev: { props: { [idOf("Front door")]: { listeners: [{ port: 80, protocol: "HTTP" }] } }, usage: {} },
      prod: { props: { [idOf("Web")]: { desiredCount: 5 } }, usage: {} },
    },
  };
  const files = exported(document);
  const workflow = parse(files.get(".github/workflows/deploy.yml") ?? "") as Workflow;
  const run = (job: string): string => workflow.jobs[job]?.steps.map((step) => step.run ?? "").join("\n") ?? "";

  it("one job deploys each, in rollout order, from one template", () => {
    expect(Object.keys(workflow.jobs)).toEqual(["check", "deploy-dev", "deploy-prod"]);
    expect(workflow.jobs["deploy-prod"]).toMatchObject({
      needs: ["check", "deploy-dev"],
      environment: "prod",
      env: { DEPLOY_ENVIRONMENT: "prod", STACK_NAME: "shop-on-fargate-prod" },
    });
    for (const job of ["deploy-dev", "deploy-prod"]) expect(run(job)).toContain('"Environment=$DEPLOY_ENVIRONMENT"');
    expect([...files.keys()].filter((path) => path.startsWith("cloudformation/"))).toEqual([
      "cloudformation/template.yaml",
    ]);
    const roles = parse(files.get("bootstrap/github-oidc.yaml") ?? "", { logLevel: "silent" });
    expect(JSON.stringify(roles)).toContain("repo:${Owner}/${Repository}:environment:dev");
  });

  it("asks each for the values that it needs", () => {
    expect(run("deploy-prod")).toContain("FrontDoorListener443CertificateArn=");
    expect(run("deploy-dev")).not.toContain("FrontDoorListener443CertificateArn=");
    const readme = files.get("README.md") ?? "";
    expect(readme).toContain("- `FrontDoorListener443CertificateArn` (`prod`): ");
  });

  it("the README compares them, and each has its task definitions", () => {
    const readme = files.get("README.md") ?? "";
    expect(readme).toContain("| Web (ECS service) | desiredCount | 2 | 2 | 5 |");
    expect(readme).toMatch(/\| `dev` \| \d+ \| 0 \| \d+ \| \\\$\d+\.\d\d \|/);
    for (const name of ["dev", "prod"]) {
      const path = `task-definitions/${name}/web-task.json`;
      expect(JSON.parse(files.get(path) ?? "{}")).toHaveProperty("containerDefinitions");
      expect(readme).toContain(`[${path}](${path})`);
    }
  });

  it("the CDK app has a stack for each", () => {
    const app = exported(document, { infrastructure: "cdk" });
    const { jobs } = parse(app.get(".github/workflows/deploy.yml") ?? "") as Workflow;
    expect(Object.keys(jobs)).toEqual(["check", "deploy-dev", "deploy-prod"]);
    const bin = app.get("cdk/bin/shop-on-fargate.ts") ?? "";
    for (const name of ["dev", "prod"]) {
      expect(bin).toContain(`new ShopOnFargateStack(app, "ShopOnFargate-${name}", {`);
      const steps = jobs[`deploy-${name}`]?.steps.map((step) => step.run ?? "").join("\n");
      expect(steps).toContain('npx cdk deploy "ShopOnFargate-$DEPLOY_ENVIRONMENT"');
    }
  });

  it("Terraform has a module for each, checked and deployed in its folder", () => {
    const modules = exported(document, { infrastructure: "terraform" });
    expect(deadLinks(modules)).toEqual([]);
    const { jobs } = parse(modules.get(".github/workflows/deploy.yml") ?? "") as Workflow;
    for (const name of ["dev", "prod"]) {
      expect([...modules.keys()]).toContain(`terraform/${name}/backend.tf`);
      const steps = jobs[`deploy-${name}`]?.steps as (Step & { "working-directory"?: string })[];
      expect(steps.at(-1)?.["working-directory"]).toBe(`terraform/${name}`);
      expect(steps.at(-1)?.run?.includes("certificate_arn=")).toBe(name === "prod");
    }
    const check = (jobs.check?.steps ?? []) as (Step & { "working-directory"?: string })[];
    const checked = check.map((step) => step["working-directory"]);
    for (const name of ["dev", "prod"]) expect(checked).toContain(`terraform/${name}`);
  });

  it("an export of one of them is of that one, with the whole design in it", () => {
    const analysis = analyse(document, { environment: "dev", scenario: "typical", prices: null });
    const { stack, context } = exportInput(analysis, { prices: null, takes: repository.environments });
    const one = new Map(repository.emit(stack, {}, context).files.map(({ path, text }) => [path, text]));
    const jobs = Object.keys((parse(one.get(".github/workflows/deploy.yml") ?? "") as Workflow).jobs);
    expect(jobs).toEqual(["check", "deploy-dev"]);
    expect(one.get("cloudformation/template.yaml")).not.toContain("FindInMap");
    expect(one.get("shop-on-fargate.bayplan.json")).toBe(printDocument(document));
  });
});

/** What a job of GitLab may say, of those keys that we use. https://docs.gitlab.com/ci/yaml/#job-keywords */
const jobKeys = new Set(
  "stage image script before_script extends needs resource_group environment variables rules id_tokens".split(" "),
);

describe.each(["cloudformation", "cdk"] as const)("the pipeline of GitLab with %s", (infrastructure) => {
  const shop = starters[0]?.document as Document;
  const two = { dev: { props: {}, usage: {} }, prod: { props: {}, usage: {} } };
  const files = exported({ ...shop, environments: two }, { infrastructure, pipeline: "gitlab" });
  const text = files.get(".gitlab-ci.yml") ?? "";
  const { stages, workflow, ...jobs } = parse(text) as Record<string, unknown> & {
    [job: string]: Record<string, unknown>;
  };

  it("is jobs of known keys that trade a token for a role and hold no key", () => {
    expect(stages).toEqual(["check", "deploy"]);
    expect(workflow).toHaveProperty("rules");
    for (const job of Object.values(jobs)) {
      for (const key of Object.keys(job)) expect(jobKeys).toContain(key);
      for (const script of [job.script, job.before_script]) {
        for (const line of (script ?? []) as unknown[]) expect(typeof line).toBe("string");
      }
    }
    expect(text).not.toMatch(/AWS_(ACCESS_KEY|SECRET_ACCESS)/i);
    expect(jobs[".deploy"]).toMatchObject({
      stage: "deploy",
      id_tokens: { AWS_ID_TOKEN: { aud: "https://gitlab.com" } },
    });
    const deploying = Object.entries(jobs).filter(([name]) => name.startsWith("deploy-"));
    for (const [name, job] of deploying) {
      expect(job).toMatchObject({ extends: ".deploy", environment: { name: name.replace("deploy-", "") } });
      // Nothing that a merge request changes is deployed.
      expect(job.rules).toMatchObject([{ if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" }]);
      for (const before of job.needs as string[]) expect(Object.keys(jobs)).toContain(before);
    }
    expect(deploying.length).toBeGreaterThan(0);
  });

  it("comes with the role that it takes over, and no workflow of GitHub", () => {
    const role = parse(files.get("bootstrap/gitlab-oidc.yaml") ?? "", { logLevel: "silent" });
    const [statement] = role.Resources.DeployRole.Properties.AssumeRolePolicyDocument.Statement;
    expect(statement.Condition).toEqual({
      StringEquals: {
        "gitlab.com:aud": "https://gitlab.com",
        "gitlab.com:sub": "project_path:${ProjectPath}:ref_type:branch:ref:${Branch}",
      },
    });
    expect([...files.keys()].filter((path) => path.includes("github"))).toEqual([]);
    expect(deadLinks(files)).toEqual([]);
  });
});

it("a repository with Terraform hands every value over under the name of its variable", () => {
  const shop = starters.find(({ id }) => id === "shop")?.document as Document;
  const files = exported(shop, { infrastructure: "terraform" });
  expect(files.get("terraform/backend.tf")).toContain('backend "s3"');
  const variable = "front_door_listener443_certificate_arn";
  expect(files.get("terraform/variables.tf")).toContain(`variable "${variable}" {`);
  expect(files.get(".github/workflows/deploy.yml")).toContain(
    `terraform apply -auto-approve -var "${variable}=$STACK_FRONT_DOOR_LISTENER443_CERTIFICATE_ARN"`,
  );
  expect(files.get("README.md")).toContain(`-var="${variable}=…"`);
});

describe.each(["github", "gitlab"] as const)("too large for one template, deployed by %s", (pipeline) => {
  const large = { ...sampleDesign(2, 200), name: "A shop whose name is long" };
  const files = exported(large, { pipeline });
  const nested = [...files.keys()].filter((path) => path.startsWith("cloudformation/nested/"));
  const text = files.get({ github: ".github/workflows/deploy.yml", gitlab: ".gitlab-ci.yml" }[pipeline]) ?? "";
  const role = parse(files.get(`bootstrap/${pipeline}-oidc.yaml`) ?? "", { logLevel: "silent" });

  it("is packaged before it is deployed, and all of it is read by cfn-lint", () => {
    expect(nested.length).toBeGreaterThan(1);
    const lines = text.split("\n").map((line) => line.trim());
    const start = lines.indexOf("aws cloudformation package \\");
    expect(lines.slice(start, start + 7)).toEqual([
      "aws cloudformation package \\",
      "--template-file cloudformation/template.yaml \\",
      '--s3-bucket "$TEMPLATE_BUCKET" \\',
      "--output-template-file packaged.yaml",
      "aws cloudformation deploy \\",
      '--stack-name "$STACK_NAME" \\',
      "--template-file packaged.yaml \\",
    ]);
    expect(text).toContain(
      `cfn-lint cloudformation/template.yaml cloudformation/nested/*.yaml bootstrap/${pipeline}-oidc.yaml`,
    );
    expect(files.get(".gitignore")?.split("\n")).toContain("packaged.yaml");
  });

  it("may hand its role on to nested stacks, and read their templates with it", () => {
    const { ExecutionRole, HandOn } = role.Resources;
    const statements = ExecutionRole.Properties.Policies[0].PolicyDocument.Statement as {
      Sid: string;
      Action: unknown;
    }[];
    expect(statements.map(({ Sid }) => Sid)).toEqual([
      "Services",
      "Roles",
      "RolesOfServices",
      "NestedStacks",
      "NestedTemplates",
    ]);
    expect(HandOn.Properties.PolicyDocument.Statement).toEqual([
      {
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: "ExecutionRole.Arn",
        Condition: { StringEquals: { "iam:PassedToService": "cloudformation.amazonaws.com" } },
      },
    ]);
    expect(HandOn.Properties.Roles).toEqual(["ExecutionRole"]);
  });

  // CloudFormation names a role after 25 characters of its stack, 25 of its logical id and 12 of its own.
  it("names the roles that it may make as far as CloudFormation names them after the stack", () => {
    expect(role.Parameters.StackName.Default).toBe("a-shop-whose-name-is-long");
    expect(role.Parameters.RolePrefix.Default).toBe("a-shop-whose-name-is-long");
    const roles = role.Resources.ExecutionRole.Properties.Policies[0].PolicyDocument.Statement[1];
    expect(roles.Resource[0]).toBe("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${RolePrefix}*");
  });

  it("says so in the README, with the commands", () => {
    const readme = files.get("README.md") ?? "";
    expect(deadLinks(files)).toEqual([]);
    for (const path of nested) expect(readme).toContain(`- [${path}](${path}): a part of the infrastructure`);
    expect(readme).toContain("`cloudformation/template.yaml` nests those in `cloudformation/nested`");
    expect(readme).toMatch(
      /aws cloudformation package \\\n {5}--template-file cloudformation\/template.yaml \\\n {5}--s3-bucket … /,
    );
  });
});

it("one template is deployed as it stands, and roles of short names are named in full", () => {
  const files = exported(starters[0]?.document as Document);
  expect(files.get(".github/workflows/deploy.yml")).not.toContain("package");
  const role = files.get("bootstrap/github-oidc.yaml") ?? "";
  expect(role).toContain("role/${StackName}-*");
  expect(role).not.toMatch(/RolePrefix|Nested|HandOn/);
});

it.each([null, "dev", "a-stage-with-a-long-name"])(
  "Terraform's roles bear a name that the role of the pipeline may make, in the environment %j",
  (environment) => {
    const shop = starters[0]?.document as Document;
    const document =
      environment === null
        ? shop
        : { ...shop, environments: { [environment]: { props: {}, usage: {} }, prod: { props: {}, usage: {} } } };
    const files = exported(document, { infrastructure: "terraform" });
    const [, prefix = "?"] =
      /RolePrefix:\n\s+Type: String\n\s+Default: "([^"]+)"/.exec(files.get("bootstrap/github-oidc.yaml") ?? "") ?? [];
    expect(files.get("bootstrap/github-oidc.yaml")).toContain("role/${RolePrefix}*");
    const folder = environment === null ? "terraform" : `terraform/${environment}`;
    const roles = [...files]
      .filter(([path]) => path.startsWith(`${folder}/`))
      .map(([, text]) => text)
      .join("\n");
    const blocks = roles.match(/resource "aws_iam_role" "[^"]+" \{\n[^\n]*\n/g) ?? [];
    expect(blocks.length).toBeGreaterThan(3);
    for (const block of blocks) expect(block).toContain('name_prefix = "${var.name}-"');
    const [, name = ""] = /variable "name" \{[^}]*?default\s+= "([^"]+)"/.exec(roles) ?? [];
    expect(`${name}-`.startsWith(prefix)).toBe(true);
    expect(
      new Set([...files].flatMap(([, text]) => /variable "name" \{[^}]*?default\s+= "([^"]+)"/.exec(text)?.[1] ?? []))
        .size,
    ).toBe(environment === null ? 1 : 2);
  },
);

it("the README of the shop says what is asked for, what is open to whom and what it costs", () => {
  const readme = exported(starters[0]?.document as Document).get("README.md") ?? "";
  expect(readme).toContain("- `FrontDoorListener443CertificateArn`: ARN of the certificate");
  expect(readme).toContain("| HTTPS 443 (`FrontDoorListener443`) | `FrontDoorWebTargetGroup` | web 8080 (`Web`) |");
  // No task runs before its image is there: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
  expect(readme).toContain("- `WebDesiredCount` (`0`): Tasks of Web: 0 until they can start, then 2.");
  expect(readme).toMatch(/\| \*\*Total\*\* \| \*\*\\\$\d+\.\d\d\*\* \|/);
});

it("takes no name for markup, a path or a command", () => {
  const odd = '](https://evil.example) | `$(id)` <img src=x> ${{ github.token }} "; rm -rf / #';
  const document = structuredClone(starters[0]?.document as Document);
  document.name = `../../${odd}`;
  for (const node of Object.values(document.nodes)) node.name = odd;
  const files = exported(document);
  expect(deadLinks(files)).toEqual([]);
  const workflow = files.get(".github/workflows/deploy.yml") ?? "";
  expect(faults(workflow)).toEqual([]);
  expect(workflow).not.toContain("evil.example)");
  expect(workflow).not.toContain("$(id)");
  const readme = files.get("README.md") ?? "";
  expect(readme).not.toMatch(/(?<!\\)<img/);
  // Every row of a table has as many cells as its head.
  const cells = (line: string): number => line.replace(/\\\|/g, "").split("|").length;
  const table = readme.split("\n").filter((line) => line.startsWith("| "));
  const resources = table.slice(table.findIndex((line) => line.startsWith("| Part | Resources")));
  expect(cells(resources[2] ?? "")).toBe(cells(resources[0] ?? ""));
});

it("sees a workflow that holds a key or runs an expression", () => {
  const good = exported(starters[0]?.document as Document).get(".github/workflows/deploy.yml") ?? "";
  expect(faults(good.replace("run: |", "run: |\n          echo ${{ github.head_ref }}"))).not.toEqual([]);
  expect(faults(good.replace("checkout@v7", "checkout@main"))).not.toEqual([]);
  expect(faults(good.replace("EXECUTION_ROLE:", "AWS_ACCESS_KEY_ID:"))).not.toEqual([]);
  expect(faults(good.replace("contents: read", "contents: write"))).not.toEqual([]);
});
