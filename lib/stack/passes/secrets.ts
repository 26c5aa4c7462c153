import { actionsFor } from "../../aws/permissions";
import { isKind, isRelationEdge } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { contribute, contributeSingle, sourceContainer } from "../containers";
import { keep } from "../keep";
import { constructOf, derived, type Lowering } from "../lowering";
import { outputKey } from "../outputs";
import { PropertySet } from "../property-set";
import { roleOf } from "../roles";
import type { Origin } from "../stack";
import { join, type Properties, ref, type Value } from "../value";
import { variableFor } from "../variables";

/** An ARN has seven parts; what follows them picks a key, a stage or a version. */
const ARN_PARTS = 7;

/** ARN of a secret: of the one that this template generates, or of the one that exists already. */
export function secretArn(lowering: Lowering, secret: ModelNode<"secret">): Value {
  const { source } = secret.props;
  if (source.from === "generated") return ref(lowering.idOf(secret as ModelNode));
  return source.arn.split(":").slice(0, ARN_PARTS).join(":");
}

/** Secrets, and the containers that get their values, read them or log in to a registry with them. */
export function secrets(lowering: Lowering): void {
  for (const node of lowering.model.of("secret")) addSecret(lowering, node);
  for (const edge of lowering.model.edgesOf("inject")) if (isKind(edge.to, "secret")) inject(lowering, edge, edge.to);
  for (const edge of lowering.model.edgesOf("read")) if (isKind(edge.to, "secret")) read(lowering, edge, edge.to);
  for (const edge of lowering.model.edgesOf("credentials")) credentials(lowering, edge);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-secretsmanager-secret.html */
function addSecret(lowering: Lowering, node: ModelNode<"secret">): void {
  const { source, description } = node.props;
  if (source.from === "existing") return;
  const owner = node as ModelNode;
  const id = lowering.idOf(owner);
  const from = (field: string): Origin => lowering.from(owner, field);
  const generate: Properties = {
    ExcludePunctuation: source.excludePunctuation,
    PasswordLength: source.length,
  };
  // Secrets Manager wants the template and the key together, or neither.
  if (source.template !== undefined || source.key !== undefined) {
    generate.GenerateStringKey = source.key ?? "password";
    generate.SecretStringTemplate = source.template ?? "{}";
  }
  const properties = new PropertySet()
    .set("Description", description, from("/description"))
    .set("GenerateSecretString", generate, from("/source"), {
      "/ExcludePunctuation": from("/source/excludePunctuation"),
      "/PasswordLength": from("/source/length"),
      ...(generate.GenerateStringKey === undefined
        ? {}
        : {
            "/GenerateStringKey": from("/source/key"),
            "/SecretStringTemplate": from("/source/template"),
          }),
    });
  lowering.add("AWS::SecretsManager::Secret", id, properties, {
    origins: lowering.drawn(owner),
    construct: constructOf("secret", owner),
    ...keep,
  });
  lowering.output(outputKey(id), ref(id), `ARN of the secret ${node.name}.`, derived(owner));
}

/** The ARN alone injects the whole secret; `:key::` picks one value of its JSON. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
function inject(lowering: Lowering, edge: ModelEdge<"inject">, secret: ModelNode<"secret">): void {
  const source = sourceContainer(edge as ModelEdge);
  if (!source) return;
  const arn = secretArn(lowering, secret);
  const { jsonKey, name } = edge.props;
  const whole = secret.props.source.from === "existing" ? secret.props.source.arn : arn;
  const valueFrom =
    jsonKey === undefined || jsonKey === ""
      ? whole
      : typeof arn === "string"
        ? `${arn}:${jsonKey}::`
        : join("", [arn, `:${jsonKey}::`]);
  const origin = lowering.drawn(edge as ModelEdge);
  contribute(lowering, source.node, source.container.id, "Secrets", { Name: name, ValueFrom: valueFrom }, origin);
  roleOf(lowering, source.taskDefinition, "execution").grant(mayRead(arn), edge as ModelEdge);
}

const mayRead = (arn: Value) => ({ actions: actionsFor("inject-secret"), resources: [arn] });

function read(lowering: Lowering, edge: ModelEdge<"read">, secret: ModelNode<"secret">): void {
  const source = sourceContainer(edge as ModelEdge);
  if (!source) return;
  const arn = secretArn(lowering, secret);
  roleOf(lowering, source.taskDefinition, "task").grant(mayRead(arn), edge as ModelEdge);
  variableFor(lowering, edge as ModelEdge, source, secret as ModelNode, "SECRET", "ARN", arn);
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html */
function credentials(lowering: Lowering, edge: ModelEdge<"credentials">): void {
  const source = sourceContainer(edge as ModelEdge);
  if (!source || !isRelationEdge(edge as ModelEdge, "credentials") || !isKind(edge.to, "secret")) return;
  const arn = secretArn(lowering, edge.to);
  const origin = lowering.drawn(edge as ModelEdge);
  contributeSingle(
    lowering,
    source.node,
    source.container.id,
    "RepositoryCredentials",
    { CredentialsParameter: arn },
    origin,
  );
  roleOf(lowering, source.taskDefinition, "execution").grant(mayRead(arn), edge as ModelEdge);
}
