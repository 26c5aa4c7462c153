import { describe, expect, it } from "vitest";
import { lowerDrawing } from "../../testing/lowered";
import { fargateWeb } from "../../testing/presets";

const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";

describe("secrets", () => {
  it("are generated, as text or inside a JSON template, and kept when the stack goes", () => {
    const { resource, judged } = lowerDrawing((draft) => {
      draft.add("secret", { description: "Session key" }, { name: "Session" });
      draft.add(
        "secret",
        { source: { from: "generated", length: 20, template: '{"username":"app"}', key: "pass" } },
        { name: "Login" },
      );
    });
    expect(resource("Session")).toEqual({
      Type: "AWS::SecretsManager::Secret",
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
      Properties: {
        Description: "Session key",
        GenerateSecretString: { ExcludePunctuation: true, PasswordLength: 32 },
      },
    });
    expect(resource("Login").Properties.GenerateSecretString).toEqual({
      ExcludePunctuation: true,
      GenerateStringKey: "pass",
      PasswordLength: 20,
      SecretStringTemplate: '{"username":"app"}',
    });
    expect(judged()).toEqual([]);
  });

  it("are injected whole or by key, and the execution role reads exactly those", () => {
    const { container, statements, judged } = lowerDrawing((draft) => {
      const web = fargateWeb(draft);
      const own = draft.add("secret", {}, { name: "Login" });
      const existing = draft.add("secret", { source: { from: "existing", arn } }, { name: "Database" });
      draft.connect(web.container, "inject", own, { name: "LOGIN" });
      draft.connect(web.container, "inject", own, { name: "PASSWORD", jsonKey: "password" });
      draft.connect(web.container, "inject", existing, { name: "DB", jsonKey: "password" });
    });
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
    expect(container("WebTask").Secrets).toEqual([
      { Name: "LOGIN", ValueFrom: { Ref: "Login" } },
      { Name: "PASSWORD", ValueFrom: { "Fn::Join": ["", [{ Ref: "Login" }, ":password::"]] } },
      { Name: "DB", ValueFrom: `${arn}:password::` },
    ]);
    expect(statements("WebTaskExecutionRoleDefaultPolicy").slice(0, 2)).toEqual([
      { Action: "secretsmanager:GetSecretValue", Effect: "Allow", Resource: { Ref: "Login" } },
      { Action: "secretsmanager:GetSecretValue", Effect: "Allow", Resource: arn },
    ]);
    expect(judged()).toEqual([]);
  });

  it("log a container in to its registry", () => {
    const { container, resource } = lowerDrawing((draft) => {
      const web = fargateWeb(draft);
      const login = draft.add("secret", { source: { from: "existing", arn } }, { name: "Registry" });
      draft.connect(web.container, "credentials", login);
    });
    expect(container("WebTask").RepositoryCredentials).toEqual({ CredentialsParameter: arn });
    expect(resource("WebTask").Properties.ExecutionRoleArn).toEqual({ "Fn::GetAtt": ["WebTaskExecutionRole", "Arn"] });
  });

  it("that code reads go to the task role, with a variable that names them", () => {
    const { container, statements } = lowerDrawing((draft) => {
      const web = fargateWeb(draft);
      draft.connect(web.container, "read", draft.add("secret", {}, { name: "Login" }));
    });
    expect(statements("WebTaskTaskRoleDefaultPolicy")).toEqual([
      { Action: "secretsmanager:GetSecretValue", Effect: "Allow", Resource: { Ref: "Login" } },
    ]);
    expect(container("WebTask").Environment).toEqual([{ Name: "LOGIN_SECRET_ARN", Value: { Ref: "Login" } }]);
  });
});

describe("parameters", () => {
  const prefix = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter";

  it("are made from a value, or named where they exist already", () => {
    const { container, resource, ids, statements, judged } = lowerDrawing((draft) => {
      const web = fargateWeb(draft);
      const colour = draft.add("ssmParameter", { source: { from: "value", value: "blue" } }, { name: "Colour" });
      const key = draft.add(
        "ssmParameter",
        { source: { from: "existing", name: "/app/key", secure: true } },
        { name: "Key" },
      );
      const flat = draft.add("ssmParameter", { source: { from: "existing", name: "flat" } }, { name: "Flat" });
      draft.connect(web.container, "inject", colour, { name: "COLOUR" });
      draft.connect(web.container, "inject", key, { name: "KEY" });
      draft.connect(web.container, "read", flat);
    });
    expect(ids("AWS::SSM::Parameter")).toEqual(["Colour"]);
    expect(resource("Colour").Properties).toEqual({ Tier: "Standard", Type: "String", Value: "blue" });
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html: a leading slash is not doubled.
    const made = { "Fn::Sub": `${prefix}/\${Colour}` };
    const named = { "Fn::Sub": `${prefix}/app/key` };
    expect(container("WebTask").Secrets).toEqual([
      { Name: "COLOUR", ValueFrom: made },
      { Name: "KEY", ValueFrom: named },
    ]);
    expect(statements("WebTaskExecutionRoleDefaultPolicy").slice(0, 2)).toEqual([
      { Action: "ssm:GetParameters", Effect: "Allow", Resource: made },
      { Action: "ssm:GetParameters", Effect: "Allow", Resource: named },
    ]);
    expect(statements("WebTaskTaskRoleDefaultPolicy")).toEqual([
      {
        Action: ["ssm:GetParameter", "ssm:GetParameters"],
        Effect: "Allow",
        Resource: { "Fn::Sub": `${prefix}/flat` },
      },
    ]);
    expect(container("WebTask").Environment).toEqual([{ Name: "FLAT_PARAMETER_NAME", Value: "flat" }]);
    expect(judged()).toEqual([]);
  });
});
