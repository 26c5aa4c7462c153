import { actionsFor } from "../../aws/permissions";
import { isKind } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { contribute, sourceContainer } from "../containers";
import { constructOf, type Lowering } from "../lowering";
import { PropertySet } from "../property-set";
import { roleOf } from "../roles";
import { join, ref, sub, type Value } from "../value";
import { variableFor } from "../variables";

/** Name of a parameter: of the one that this template makes, or of the one that exists already. */
export const parameterName = (lowering: Lowering, node: ModelNode<"ssmParameter">): Value =>
  node.props.source.from === "existing" ? node.props.source.name : ref(lowering.idOf(node as ModelNode));

/** A hierarchical name has its slash already: parameter/app/key; a plain one gets it: parameter/key. */
export function parameterArn(lowering: Lowering, node: ModelNode<"ssmParameter">): Value {
  const prefix = "arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter";
  const { source } = node.props;
  if (source.from === "value") return sub(`${prefix}/\${${lowering.idOf(node as ModelNode)}}`);
  if (source.name.startsWith("arn:")) return source.name;
  const name = source.name.startsWith("/") ? source.name : `/${source.name}`;
  // Fn::Sub would read ${…} in a name as its own.
  return name.includes("${") ? join("", [sub(prefix), name]) : sub(`${prefix}${name}`);
}

/** SSM parameters, and the containers that get or read them. */
export function parameters(lowering: Lowering): void {
  for (const node of lowering.model.of("ssmParameter")) addParameter(lowering, node);
  for (const edge of lowering.model.edgesOf("inject")) {
    if (isKind(edge.to, "ssmParameter")) inject(lowering, edge, edge.to);
  }
  for (const edge of lowering.model.edgesOf("read")) {
    if (isKind(edge.to, "ssmParameter")) read(lowering, edge, edge.to);
  }
}

/** CloudFormation makes String parameters only. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ssm-parameter.html */
function addParameter(lowering: Lowering, node: ModelNode<"ssmParameter">): void {
  const { source, tier } = node.props;
  if (source.from === "existing") return;
  const owner = node as ModelNode;
  const properties = new PropertySet()
    .set("Tier", tier, lowering.from(owner, "/tier"))
    .set("Type", "String", lowering.from(owner, "/source"))
    .set("Value", source.value, lowering.from(owner, "/source/value"));
  lowering.add("AWS::SSM::Parameter", lowering.idOf(owner), properties, {
    origins: lowering.drawn(owner),
    construct: constructOf("parameter", owner),
  });
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html */
function inject(lowering: Lowering, edge: ModelEdge<"inject">, node: ModelNode<"ssmParameter">): void {
  const source = sourceContainer(edge as ModelEdge);
  if (!source) return;
  const arn = parameterArn(lowering, node);
  const entry = { Name: edge.props.name, ValueFrom: arn };
  contribute(lowering, source.node, source.container.id, "Secrets", entry, lowering.drawn(edge as ModelEdge));
  roleOf(lowering, source.taskDefinition, "execution").grant(mayRead(arn), edge as ModelEdge);
}

const mayRead = (arn: Value) => ({ actions: actionsFor("inject-parameter"), resources: [arn] });

/** Code asks for one parameter as well as for several. */
function read(lowering: Lowering, edge: ModelEdge<"read">, node: ModelNode<"ssmParameter">): void {
  const source = sourceContainer(edge as ModelEdge);
  if (!source) return;
  const grant = {
    actions: ["ssm:GetParameter", ...actionsFor("inject-parameter")],
    resources: [parameterArn(lowering, node)],
  };
  roleOf(lowering, source.taskDefinition, "task").grant(grant, edge as ModelEdge);
  variableFor(
    lowering,
    edge as ModelEdge,
    source,
    node as ModelNode,
    "PARAMETER",
    "NAME",
    parameterName(lowering, node),
  );
}
