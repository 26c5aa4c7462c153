import type { Resource } from "../stack/stack";
import { referredBy, type Value } from "../stack/value";
import { launchOf } from "./interfaces";
import { keyOf, type Lookup } from "./lookup";

/** Whether the instances of a group join a cluster, as far as what they are launched with says; `unsaid`: not a word. */
export type Joining = "yes" | "no" | "unsaid" | "unknown";

/** Words in user data that name a cluster, on Linux, on Windows and on Bottlerocket. */
const NAMES = /ECS_CLUSTER|Initialize-ECSAgent|settings\.ecs/;
/** Scripts that may name it elsewhere. */
const ELSEWHERE = /cfn-init|ecs\.config|aws s3|curl|wget/;
/** AMIs that Amazon ECS makes, which join the cluster called default unless they are told another. */
const OPTIMISED = /aws\/service\/(ecs|ami-windows|bottlerocket)/;

/**
 * The agent joins the cluster that its configuration names, and the one called default where it names none.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_container_instance.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bottlerocket.html
 */
export function joins(lookup: Lookup, group: Resource, cluster: Value | undefined): Joining {
  const { launch, by } = launchOf(lookup, group);
  if (!launch) return "unknown";
  const data = launch.UserData ?? "";
  const text = JSON.stringify(data);
  const id = cluster === undefined ? undefined : keyOf(cluster);
  const meant = lookup.resource(id);
  const name = meant ? meant.properties.ClusterName : (cluster ?? "default");
  const referred = referredBy(data);
  // cfn-init writes what the metadata of the launch configuration, or of the group, says.
  if (text.includes("cfn-init")) for (const one of [by, group]) referredBy(one?.metadata ?? {}, referred);
  if (id !== undefined && referred.has(id)) return "yes";
  const said = /(?:ECS_CLUSTER=|-Cluster |cluster *= *)[\\"']*([A-Za-z0-9_-]+)/.exec(text)?.[1];
  if (said !== undefined && typeof name === "string") return said === name ? "yes" : "no";
  // A name that CloudFormation makes has the logical id in it.
  if (said !== undefined && meant && name === undefined && !said.includes(meant.id)) return "no";
  if ([...referred].some((one) => one !== id && lookup.resource(one)?.type === "AWS::ECS::Cluster")) return "no";
  if (NAMES.test(text) || ELSEWHERE.test(text) || name === "default") return "unknown";
  return OPTIMISED.test(JSON.stringify(launch.ImageId ?? "")) ? "no" : "unsaid";
}
