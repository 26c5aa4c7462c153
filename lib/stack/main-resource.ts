import { catalog } from "../catalog";
import { isKind } from "../model/build";
import type { ModelNode } from "../model/model";
import type { Lowering } from "./lowering";
import { networkOf } from "./networks";
import { parameterArn, parameterName } from "./passes/parameters";
import { secretArn } from "./passes/secrets";
import { att, ref, type Value } from "./value";

/** What stands for a node that makes no resource of its own: something that exists already, or an image elsewhere. */
const standIns: Partial<
  Record<ModelNode["kind"], (lowering: Lowering, node: ModelNode, attribute?: string) => Value | undefined>
> = {
  secret: (lowering, node) =>
    isKind(node, "secret") && node.props.source.from === "existing" ? secretArn(lowering, node) : undefined,
  ssmParameter: (lowering, node, attribute) =>
    isKind(node, "ssmParameter") && node.props.source.from === "existing"
      ? attribute === "Arn"
        ? parameterArn(lowering, node)
        : parameterName(lowering, node)
      : undefined,
  vpc: (lowering, node) =>
    isKind(node, "vpc") && node.props.source === "existing" ? networkOf(lowering, node).vpcId : undefined,
  dockerHub: (_lowering, node) => (isKind(node, "dockerHub") ? node.props.repository : undefined),
};

/**
 * `Ref` or `Fn::GetAtt` of a node's main resource, or what stands for it; undefined where the node means nothing to
 * AWS (the internet, a note).
 */
export function referenceTo(lowering: Lowering, node: ModelNode, attribute?: string): Value | undefined {
  const standIn = standIns[node.kind]?.(lowering, node, attribute);
  if (standIn !== undefined) return standIn;
  if (!catalog[node.kind].deployable) return undefined;
  const id = lowering.idOf(node);
  return attribute === undefined ? ref(id) : att(id, attribute);
}
