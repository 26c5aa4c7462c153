import { describe, expect, it } from "vitest";
import { endpoints, type WebTemplate, webTemplate } from "../testing/web-template";
import { startsOfTemplate } from "./template";

/** The verdict, and what one line of the checklist says. */
function said(change: WebTemplate, line: "image" | "secrets" | "environmentFiles"): string {
  const start = startsOfTemplate(webTemplate(change)).find(({ place }) => place === "Web");
  const found = start?.checks.find(({ check }) => check === line);
  return `${start?.verdict}${found?.verdict === "passes" ? "" : `: ${found?.why}`}`;
}

const secretsPage = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html";
const made = (properties: string) => `  Db: { Type: AWS::SecretsManager::Secret, Properties: { ${properties} } }`;
const generated = made(
  `GenerateSecretString: { SecretStringTemplate: '{"username": "app"}', GenerateStringKey: password }`,
);
const mayRead = (resource: string) =>
  `{ Effect: Allow, Action: 'secretsmanager:GetSecretValue', Resource: ${resource} }`;
const from = (value: string, more: WebTemplate = {}): WebTemplate => ({
  app: `Secrets: [{ Name: DB, ValueFrom: ${value} }]`,
  may: mayRead("!Ref Db"),
  more: generated,
  ...more,
});

describe("secrets", () => {
  it.each<[string, WebTemplate, RegExp]>([
    ["a whole secret", from("!Ref Db"), /^starts$/],
    ["a key of it", from("!Sub '${Db}:password::'"), /^starts$/],
    [
      "a key without the colons of stage and version",
      from("!Sub '${Db}:password'"),
      /^fails: The secret DB of app ends in “:password”; after the ARN come a key, a stage and a version, each with its colon\. Write :KEY:: for a key alone\.$/,
    ],
    [
      "the same in a literal ARN",
      from("'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1B2c3:password'", { may: mayRead("'*'") }),
      /^fails: The secret DB of app ends in “:password”/,
    ],
    [
      "a stage and a version",
      from("!Sub '${Db}:password:AWSCURRENT:0123'"),
      /^fails: The secret DB of app names a stage and a version/,
    ],
    ["the stage that there is", from("!Sub '${Db}:password:AWSCURRENT:'"), /^starts$/],
    [
      "a stage that a new secret does not have",
      from("!Sub '${Db}:password:AWSPREVIOUS:'"),
      /^unknowable: Whether Db has/,
    ],
    [
      "a key that the secret does not have",
      from("!Sub '${Db}:host::'"),
      /^fails: The secret DB of app is the key host of Db, which has only username and password\.$/,
    ],
    [
      "a key that an attachment adds",
      from("!Sub '${Db}:host::'", {
        more: `${generated}\n  Attached: { Type: AWS::SecretsManager::SecretTargetAttachment, Properties: { SecretId: !Ref Db, TargetId: x, TargetType: 'AWS::RDS::DBInstance' } }`,
      }),
      /^starts$/,
    ],
    [
      "a key of what is no JSON",
      from("!Sub '${Db}:password::'", { more: made("GenerateSecretString: { PasswordLength: 20 }") }),
      /^fails: The secret DB of app is the key password of Db, which is no JSON\.$/,
    ],
    [
      "a secret that nobody has given a value",
      from("!Ref Db", { more: made("Description: x") }),
      /^fails: Db is made without a value/,
    ],
    [
      "a secret that something else may fill",
      from("!Ref Db", {
        more: `${made("Description: x")}\n  Fill: { Type: 'Custom::Fill', Properties: { ServiceToken: x, Secret: !Ref Db } }`,
      }),
      /^unknowable: Whether Db has a value/,
    ],
    [
      "the name of a secret in the place of its ARN",
      from("prod/db", { may: "{ Effect: Allow, Action: ['ssm:GetParameters', 'secretsmanager:*'], Resource: '*' }" }),
      /^fails: The secret DB of app comes from prod\/db, which is neither an ARN nor the name of a parameter/,
    ],
    [
      "a parameter by its path",
      from("/prod/db", { may: "{ Effect: Allow, Action: 'ssm:GetParameters', Resource: '*' }" }),
      /^starts$/,
    ],
    [
      "a parameter without a path",
      from("prod-db", { may: "{ Effect: Allow, Action: 'ssm:GetParameters', Resource: '*' }" }),
      /^starts$/,
    ],
    // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
    [
      "the secret that a database keeps itself",
      from("!Sub '${Pg.MasterUserSecret.SecretArn}:password::'", {
        may: mayRead("!GetAtt Pg.MasterUserSecret.SecretArn"),
        more: "  Pg: { Type: AWS::RDS::DBInstance, Properties: { ManageMasterUserPassword: true } }",
      }),
      /^starts$/,
    ],
    [
      "the secret that a database keeps itself, without permission",
      from("!Sub '${Pg.MasterUserSecret.SecretArn}:password::'", {
        may: "",
        more: "  Pg: { Type: AWS::RDS::DBInstance, Properties: { ManageMasterUserPassword: true } }",
      }),
      /^fails: No statement lets Exec do secretsmanager:GetSecretValue on \$\{Pg\.MasterUserSecret\.SecretArn\}/,
    ],
    [
      "the login of a registry",
      {
        app: "RepositoryCredentials: { CredentialsParameter: !Ref Db }",
        may: mayRead("!Ref Db"),
        more: generated,
      },
      /^starts$/,
    ],
    [
      "the login of a registry without a name",
      {
        app: "RepositoryCredentials: { CredentialsParameter: !Ref Db }",
        may: mayRead("!Ref Db"),
        more: made(`SecretString: '{"password": "x"}'`),
      },
      /^fails: app logs in to its registry with Db, which has no username\. Give it both as JSON\.$/,
    ],
    [
      "a secret behind endpoints",
      from("!Ref Db", { way: endpoints("ecr.api", "ecr.dkr", "logs", "secretsmanager") }),
      /^starts$/,
    ],
    [
      "a secret behind endpoints without its own",
      from("!Ref Db", { way: endpoints("ecr.api", "ecr.dkr", "logs") }),
      /^fails: Private has no route to Secrets Manager: neither NAT nor the endpoint secretsmanager\.$/,
    ],
  ])(`%s (${secretsPage})`, (_what, change, says) => {
    expect(said(change, "secrets")).toMatch(says);
  });
});

const image = (text: string): WebTemplate => ({
  change: [["!Sub '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/app:1'", text]],
});

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
describe("images", () => {
  it.each<[string, RegExp]>([
    ["nginx:1.27", /^starts$/],
    ["public.ecr.aws/x/y", /^starts$/],
    ["'registry.example.com:5000/a/b:1'", /^starts$/],
    [`'nginx@sha256:${"a".repeat(64)}'`, /^starts$/],
    ["'https://docker.io/library/nginx'", /^fails: The image “https:.*” of app has a name that Docker does not accept/],
    ["MyOrg/App:1", /^fails: The image “MyOrg\/App:1” of app has a name that Docker does not accept/],
    ["'nginx:a b'", /^fails: .*is no reference to an image/],
    ["'nginx:-x'", /^fails: .*has the tag “-x”, which is none/],
    ["'nginx@sha256:12'", /^fails: .*has a digest that is not/],
    ["''", /^fails: The image “” of app is no reference/],
    // https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
    [
      "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1",
      /^unknowable: The image of app is in the registry of account 123456789012; unless the tasks run in that account/,
    ],
    ["906394416424.dkr.ecr.eu-west-1.amazonaws.com/aws-for-fluent-bit:2", /^starts$/],
  ])("%s", (text, says) => {
    expect(said(image(text), "image")).toMatch(says);
  });
});

// https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-iam.html
describe("images through a cache", () => {
  const cached = (may: string, more = ""): WebTemplate => ({
    ...image("!Sub '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/hub/library/nginx:1'"),
    may,
    more: `  Cache: { Type: AWS::ECR::PullThroughCacheRule, Properties: { EcrRepositoryPrefix: hub, UpstreamRegistryUrl: registry-1.docker.io } }${more}`,
  });
  const both = "{ Effect: Allow, Action: ['ecr:BatchImportUpstreamImage', 'ecr:CreateRepository'], Resource: '*' }";
  it.each<[string, WebTemplate, RegExp]>([
    [
      "without more than pulling takes",
      cached(""),
      /^fails: No statement lets Exec do ecr:BatchImportUpstreamImage on .*hub\/library\/nginx\. No statement lets Exec do ecr:CreateRepository/,
    ],
    ["with permission to fetch and to make the repository", cached(both), /^starts$/],
    [
      "where a policy of the registry may give it",
      cached("", "\n  Registry: { Type: AWS::ECR::RegistryPolicy, Properties: { PolicyText: {} } }"),
      /^starts$/,
    ],
  ])("%s", (_what, change, says) => {
    expect(said(change, "image")).toMatch(says);
  });
});

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html
describe("environment files", () => {
  const files = (...values: readonly string[]): WebTemplate => ({
    app: `EnvironmentFiles: [${values.map((value) => `{ Type: s3, Value: ${value} }`).join(", ")}]`,
    may: "{ Effect: Allow, Action: 's3:*', Resource: '*' }",
    more: "  Files: { Type: AWS::S3::Bucket }",
  });
  it.each<[string, WebTemplate, RegExp]>([
    ["an ARN", files("'arn:aws:s3:::files/app.env'"), /^starts$/],
    ["an ARN that is put together", files("!Sub '${Files.Arn}/app.env'"), /^starts$/],
    [
      "an address",
      files("'s3://files/app.env'"),
      /^fails: The environment file s3:\/\/files\/app\.env of app is not the ARN/,
    ],
    ["a name of a bucket", files("!Sub '${Files}/app.env'"), /^fails: .*is not the ARN of an object in S3/],
    ["another end", files("'arn:aws:s3:::files/app.json'"), /^fails: .*has to end in \.env, and .*app\.json does not/],
    [
      "another type",
      { ...files("x"), app: "EnvironmentFiles: [{ Type: file, Value: a.env }]" },
      /^fails: .*ECS takes s3/,
    ],
    [
      "eleven of them",
      files(...Array.from({ length: 11 }, (_, at) => `'arn:aws:s3:::files/${at}.env'`)),
      /^fails: The number of environment files of app is 11; AWS takes 0 to 10\.$/,
    ],
  ])("%s", (_what, change, says) => {
    expect(said(change, "environmentFiles")).toMatch(says);
  });
});
