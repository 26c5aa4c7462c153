import { describe, expect, it } from "vitest";
import { starters } from "../document/starters";
import { analyse } from "../editor/analysis";
import { cloudformation } from "../export/cloudformation";
import { grantsOf } from "../grants/grants";
import { grantsOfTemplate } from "../grants/template";
import { readTemplate } from "../import/cloudformation/read";
import { groundOf } from "../network/reachability";
import type { Stack } from "../stack/stack";
import { exportContext } from "../testing/export-context";
import { runningIn } from "./running";

const read = (text: string): Stack => {
  const found = readTemplate(text);
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.template.stack;
};
const grants = (stack: Stack) => grantsOfTemplate(stack, (resolved) => runningIn(groundOf(resolved)));

const trust =
  "AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Action: 'sts:AssumeRole', Principal: { Service: ecs-tasks.amazonaws.com }, Condition: { ArnLike: { 'aws:SourceArn': !Sub 'arn:aws:ecs:${AWS::Region}:${AWS::AccountId}:*' }, StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }] }";
const role = (id: string, statement: string): string => `
  ${id}: { Type: AWS::IAM::Role, Properties: { ${trust}, Policies: [{ PolicyName: x, PolicyDocument: { Statement: [${statement}] } }] } }`;
const template = (container: string, resources: string, head = ""): Stack =>
  read(`${head}
Resources:
  Queue: { Type: AWS::SQS::Queue }
  Task: { Type: AWS::ECS::TaskDefinition, Properties: { NetworkMode: awsvpc, RequiresCompatibilities: [FARGATE], Cpu: 256, Memory: 512, ExecutionRoleArn: !GetAtt Exec.Arn, TaskRoleArn: !GetAtt Code.Arn, ContainerDefinitions: [{ Name: app, ${container} }] } }
  Web: { Type: AWS::ECS::Service, Properties: { LaunchType: FARGATE, TaskDefinition: !Ref Task } }${resources}`);
const said = (stack: Stack, edge?: string) => {
  const { edges, permissions } = grants(stack);
  const list = edge === undefined ? permissions : (edges.find((one) => one.edge === edge)?.permissions ?? []);
  return list.map(({ verdict, actions, why }) => `${verdict} ${actions.join("|")}: ${why}`);
};

describe("grants of a template", () => {
  it.each(starters.map((starter) => [starter.id, starter.document] as const))(
    "are those of its design: starter %s",
    (_id, document) => {
      const facts = analyse(document, { environment: null, scenario: "typical", prices: null });
      const [file] = cloudformation.emit(facts.stack, { format: "yaml" }, exportContext()).files;
      const drawn = grantsOf(facts.model, facts.stack).permissions;
      const { permissions, unused } = grants(read(file?.text ?? ""));
      const key = (actions: readonly string[], who: object | undefined) => `${JSON.stringify(who)} ${actions.join()}`;
      const found = new Map(permissions.map((one) => [key(one.actions, one.who), one]));
      // What the code of a task does beyond its environment a template does not say.
      const ours = drawn.filter(({ check, edge }) => check !== undefined || edge === undefined);
      expect(ours.length).toBeGreaterThan(0);
      for (const { actions, who, verdict } of ours)
        expect([actions, who, found.get(key(actions, who))?.verdict]).toEqual([actions, who, verdict]);
      expect(unused).toEqual([]);
    },
  );

  it("reads images, secrets and parameters whose names are put together", () => {
    const stack = template(
      "Image: !Sub '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/app:1', Secrets: [{ Name: A, ValueFrom: !Sub 'arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:app/db:password::' }, { Name: B, ValueFrom: !Ref Given }]",
      role(
        "Exec",
        "{ Effect: Allow, Action: ['ecr:*'], Resource: '*' }, { Effect: Allow, Action: 'secretsmanager:GetSecretValue', Resource: [!Sub 'arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:app/db-*', !Ref Given] }",
      ) + role("Code", "{ Effect: Allow, Action: 'x:y', Resource: '*' }"),
      "Parameters: { Given: { Type: String } }",
    );
    const all = said(stack);
    expect(all.filter((text) => text.startsWith("denied") || text.startsWith("unknown"))).toEqual([]);
    expect(all.filter((text) => /secretsmanager:GetSecretValue/.test(text))).toHaveLength(2);
    expect(all.some((text) => /ecr:BatchGetImage on .*:repository\/app/.test(text))).toBe(true);
  });

  it("asks for a secret by its whole ARN, which ends in what Secrets Manager adds", () => {
    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html
    const with_ = (resource: string, value: string) =>
      said(
        template(
          `Image: nginx, Secrets: [{ Name: A, ValueFrom: '${value}' }]`,
          role("Exec", `{ Effect: Allow, Action: 'secretsmanager:GetSecretValue', Resource: '${resource}' }`) +
            role("Code", "{ Effect: Allow, Action: 'x:y', Resource: '*' }"),
        ),
      ).filter((text) => /GetSecretValue/.test(text))[0];
    const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db";
    expect(with_(arn, arn)).toMatch(/^denied/);
    expect(with_(`${arn}-??????`, arn)).toMatch(/^allowed/);
    expect(with_(`${arn}-*`, arn)).toMatch(/^allowed/);
    expect(with_(`${arn}-a1B2c3`, `${arn}-a1B2c3`)).toMatch(/^allowed/);
  });

  it("asks for the key of a secret that a key of the template encrypts", () => {
    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
    const keyed = (statements: string, key = "{ Type: AWS::KMS::Key }") =>
      said(
        template(
          "Image: nginx, Secrets: [{ Name: A, ValueFrom: !Ref Secret }]",
          `${role("Exec", `{ Effect: Allow, Action: 'secretsmanager:GetSecretValue', Resource: !Ref Secret }${statements}`)}${role("Code", "{ Effect: Allow, Action: 'x:y', Resource: '*' }")}
  Secret: { Type: AWS::SecretsManager::Secret, Properties: { KmsKeyId: !GetAtt Key.Arn } }
  Key: ${key}`,
        ),
      ).find((text) => /kms:Decrypt/.test(text));
    expect(keyed("")).toMatch(/^denied/);
    expect(keyed(", { Effect: Allow, Action: 'kms:Decrypt', Resource: !GetAtt Key.Arn }")).toMatch(/^allowed/);
    const policy =
      "{ Type: AWS::KMS::Key, Properties: { KeyPolicy: { Statement: [{ Effect: Allow, Action: 'kms:*', Resource: '*', Principal: { AWS: !GetAtt Exec.Arn } }] } } }";
    expect(keyed("", policy)).toMatch(/^allowed/);
  });

  it("says what code may do with what its environment names, and hangs nothing on it", () => {
    const container = "Image: nginx, Environment: [{ Name: QUEUE_URL, Value: !Ref Queue }]";
    const exec = role("Exec", "{ Effect: Allow, Action: 'x:y', Resource: '*' }");
    const poll = role("Code", "{ Effect: Allow, Action: 'sqs:ReceiveMessage', Resource: !GetAtt Queue.Arn }");
    expect(said(template(container, exec + poll), "Task → Queue")).toEqual([
      expect.stringMatching(/^allowed sqs:SendMessage\|sqs:ReceiveMessage: Code allows/),
    ]);
    const { edges, unused } = grants(
      template(container, exec + role("Code", "{ Effect: Allow, Action: 'x:y', Resource: '*' }")),
    );
    expect(edges).toMatchObject([
      { edge: "Task → Queue", verdict: "unknown", permissions: [{ verdict: "denied", must: false }] },
    ]);
    // What code may do beyond that, no template says it does not need; what ECS alone may do is another matter.
    expect(unused.map(({ of }) => of)).toEqual(["Exec"]);
  });

  it("is unknown where conditions decide", () => {
    const stack = template(
      "Image: nginx, Secrets: [{ Name: A, ValueFrom: /app/key }]",
      role(
        "Exec",
        "{ Effect: Allow, Action: !If [Open, 'ssm:GetParameters', 'ssm:DescribeParameters'], Resource: '*' }",
      ) + role("Code", "{ Effect: Allow, Action: 'x:y', Resource: '*' }"),
      "Parameters: { Mode: { Type: String } }\nConditions: { Open: !Equals [!Ref Mode, on] }",
    );
    expect(said(stack).find((text) => /ssm:GetParameters:/.test(text))).toMatch(/^unknown .*It depends on conditions/);
  });

  it("prints what only the deployment knows as a template writes it", () => {
    const { permissions } = grants(
      template(
        "Image: nginx, Secrets: [{ Name: A, ValueFrom: !Select [0, !Split [',', !ImportValue Arns]] }]",
        role("Exec", "{ Effect: Allow, Action: 'x:y', Resource: '*' }") +
          role("Code", "{ Effect: Allow, Action: 'x:y', Resource: '*' }"),
      ),
    );
    const text = permissions.map(({ why }) => why).join("\n");
    expect(text).toContain("secretsmanager:GetSecretValue on !Select [0, !Split [,, !ImportValue Arns]]");
    expect(text).not.toMatch(/[{]"/);
  });
});
