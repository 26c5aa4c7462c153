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

/** What the instances of a group are launched with, read once for all clusters that ask. */
interface Launched {
  /** Logical ids that its user data refers to. */
  referred: ReadonlySet<string>;
  /** Those of clusters. */
  clusters: readonly string[];
  /** The cluster that it spells out. */
  said: string | undefined;
  /** It may name a cluster where this reading does not see it. */
  unclear: boolean;
  optimised: boolean;
}

const readings = new WeakMap<Lookup, Map<Resource, Launched | undefined>>();

function launchedWith(lookup: Lookup, group: Resource): Launched | undefined {
  let known = readings.get(lookup);
  if (!known) {
    known = new Map();
    readings.set(lookup, known);
  }
  if (!known.has(group)) known.set(group, readLaunch(lookup, group));
  return known.get(group);
}

function readLaunch(lookup: Lookup, group: Resource): Launched | undefined {
  const { launch, by } = launchOf(lookup, group);
  if (!launch) return undefined;
  const data = launch.UserData ?? "";
  const text = JSON.stringify(data);
  const referred = referredBy(data);
  // cfn-init writes what the metadata of the launch configuration, or of the group, says.
  if (text.includes("cfn-init")) for (const one of [by, group]) referredBy(one?.metadata ?? {}, referred);
  return {
    referred,
    clusters: [...referred].filter((one) => lookup.resource(one)?.type === "AWS::ECS::Cluster"),
    said: /(?:ECS_CLUSTER=|-Cluster |cluster *= *)[\\"']*([A-Za-z0-9_-]+)/.exec(text)?.[1],
    unclear: NAMES.test(text) || ELSEWHERE.test(text),
    optimised: OPTIMISED.test(JSON.stringify(launch.ImageId ?? "")),
  };
}

/**
 * The agent joins the cluster that its configuration names, and the one called default where it names none.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_container_instance.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bottlerocket.html
 */
export function joins(lookup: Lookup, group: Resource, cluster: Value | undefined): Joining {
  const launched = launchedWith(lookup, group);
  if (!launched) return "unknown";
  const { referred, clusters, said, unclear, optimised } = launched;
  const id = cluster === undefined ? undefined : keyOf(cluster);
  if (id !== undefined && referred.has(id)) return "yes";
  const meant = lookup.resource(id);
  const name = meant ? meant.properties.ClusterName : (cluster ?? "default");
  if (said !== undefined && typeof name === "string") return said === name ? "yes" : "no";
  // A name that CloudFormation makes has the logical id in it.
  if (said !== undefined && meant && name === undefined && !said.includes(meant.id)) return "no";
  if (clusters.some((one) => one !== id)) return "no";
  if (unclear || name === "default") return "unknown";
  return optimised ? "no" : "unsaid";
}
