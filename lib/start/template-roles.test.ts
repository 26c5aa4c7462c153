import { describe, expect, it } from "vitest";
import { type WebTemplate, webTemplate } from "../testing/web-template";
import { startsOfTemplate } from "./template";

/** The verdict, and what the line about secrets says. */
function said(change: WebTemplate): string {
  const stack = webTemplate({
    app: "Secrets: [{ Name: DB, ValueFrom: !Ref Db }]",
    ...change,
    more: `  Db: { Type: AWS::SecretsManager::Secret, Properties: { Name: prod/db, GenerateSecretString: {} } }${change.more ?? ""}`,
  });
  const start = startsOfTemplate(stack).find(({ place }) => place === "Web");
  const line = start?.checks.find(({ check }) => check === "secrets");
  return `${start?.verdict}${line?.verdict === "passes" ? "" : `: ${line?.why}`}`;
}

const read = (resource: string, action = "secretsmanager:GetSecretValue"): string =>
  `{ Effect: Allow, Action: '${action}', Resource: ${resource} }`;
const secret = (name: string): string =>
  read(`!Sub 'arn:aws:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:${name}'`);
const bounded = [
  "Policies: [{ PolicyName: more",
  "PermissionsBoundary: !Ref Bound\n      Policies: [{ PolicyName: more",
] as const;
const boundary = (statement: string): string => `
  Bound: { Type: AWS::IAM::ManagedPolicy, Properties: { PolicyDocument: { Statement: [${statement}] } } }`;
const iam = "https://docs.aws.amazon.com/IAM/latest/UserGuide";

describe("what the execution role of a template may read", () => {
  it.each<[string, string, WebTemplate, RegExp]>([
    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html
    ["its name with the six characters that are added", "", { may: secret("prod/db-??????") }, /^starts$/],
    ["its name with five", "", { may: secret("prod/db-?????") }, /^fails: No statement lets Exec/],
    ["its name alone", "", { may: secret("prod/db") }, /^fails: No statement lets Exec/],
    ["its path", "", { may: secret("prod/*") }, /^starts$/],
    [
      "a boundary that lets it through",
      `${iam}/access_policies_boundaries.html`,
      { may: read("!Ref Db"), change: [bounded], more: boundary("{ Effect: Allow, Action: '*', Resource: '*' }") },
      /^starts$/,
    ],
    [
      "a boundary that does not",
      `${iam}/access_policies_boundaries.html`,
      {
        may: read("!Ref Db"),
        change: [bounded],
        more: boundary("{ Effect: Allow, Action: ['ecr:*', 'logs:*'], Resource: '*' }"),
      },
      /^fails: The permissions boundary Bound of Exec does not allow secretsmanager:GetSecretValue on .*secret:prod\/db/,
    ],
    [
      "a boundary that denies it",
      `${iam}/access_policies_boundaries.html`,
      {
        may: read("!Ref Db"),
        change: [bounded],
        more: boundary(
          "{ Effect: Allow, Action: '*', Resource: '*' }, { Effect: Deny, Action: 'secretsmanager:*', Resource: '*' }",
        ),
      },
      /^fails: Bound denies secretsmanager:GetSecretValue/,
    ],
    [
      "a boundary that exists already",
      `${iam}/access_policies_boundaries.html`,
      {
        may: read("!Ref Db"),
        change: [
          ["Policies: [{ PolicyName: more", "PermissionsBoundary: !Ref Given\n      Policies: [{ PolicyName: more"],
        ],
      },
      /^unknowable: The permissions boundary \$\{Given\} of Exec may not allow/,
    ],
    [
      "a policy of AWS's without its path",
      "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECSTaskExecutionRolePolicy.html",
      { may: read("!Ref Db"), change: [["policy/service-role/AmazonECSTask", "policy/AmazonECSTask"]] },
      /^fails$/,
    ],
    [
      "a role by its name",
      "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html",
      {
        may: read("!Ref Db"),
        change: [
          ["!GetAtt Exec.Arn", "!Sub 'arn:aws:iam::${AWS::AccountId}:role/exec-role'"],
          ["      ManagedPolicyArns", "      RoleName: exec-role\n      ManagedPolicyArns"],
        ],
      },
      /^starts$/,
    ],
    [
      "a key whose policy names another role",
      "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
      {
        may: `${read("!Ref Db")}, ${read("!GetAtt Key.Arn", "kms:Decrypt")}`,
        change: [["Name: prod/db", "KmsKeyId: !Ref Key, Name: prod/db"]],
        more: "\n  Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:role/admin' }, Action: 'kms:*', Resource: '*' }] } } }",
      },
      /^fails: No statement lets Exec do kms:Decrypt/,
    ],
    [
      "a key whose policy hands over to IAM",
      "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
      {
        may: `${read("!Ref Db")}, ${read("!GetAtt Key.Arn", "kms:Decrypt")}`,
        change: [["Name: prod/db", "KmsKeyId: !Ref Key, Name: prod/db"]],
        more: "\n  Key: { Type: AWS::KMS::Key, Properties: { KeyPolicy: { Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }] } } }",
      },
      /^starts$/,
    ],
  ])("%s (%s)", (_what, _docs, change, says) => {
    expect(said(change)).toMatch(says);
  });

  it("says what a policy of AWS's is called", () => {
    const stack = webTemplate({ change: [["policy/service-role/AmazonECSTask", "policy/AmazonECSTask"]] });
    expect(startsOfTemplate(stack)[0]?.checks.find(({ check }) => check === "image")?.why).toContain(
      "There is no policy arn:aws:iam::aws:policy/AmazonECSTaskExecutionRolePolicy, so that AWS refuses Exec: it is called arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy.",
    );
  });
});
