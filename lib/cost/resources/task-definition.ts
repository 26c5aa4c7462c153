import { isKind } from "../../model/build";
import { containersOf } from "../../model/queries";
import { chargeWay } from "../outbound/charge";
import { pulls } from "../outbound/edges";
import { priced } from "./cell";
import { chargeNamedGroups } from "./logs";

/** "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app": its layers come from S3 like those of a repository that is drawn. */
export const isOwnRegistry = (image: string): boolean => /^\d{12}\.dkr\.ecr[.-]/.test(image);

/** ECS is free. Images that a container names itself, without a connection, are pulled all the same. */
export const taskDefinition = priced<"AWS::ECS::TaskDefinition">((resource, ledger) => {
  const why = "ECS itself is free; the capacity that tasks run on is charged.";
  ledger.note(resource.type, why, "https://aws.amazon.com/ecs/pricing/");
  const node = ledger.model.node(resource.origins[""]?.[0]?.node ?? "");
  if (!isKind(node, "taskDefinition")) return;
  chargeNamedGroups(ledger, node);
  const connected = new Set(node.out.filter(({ relation }) => relation === "pull").map((edge) => edge.fromContainer));
  const named = containersOf(node).flatMap(({ id, image }) => (image && !connected.has(id) ? [image] : []));
  const runners = ledger.runners(node.id);
  const own = named.filter(isOwnRegistry).length;
  const other = named.length - own;
  if (own > 0) chargeWay(ledger, "s3", pulls(ledger, node.id, runners, own), "of images");
  if (other > 0) chargeWay(ledger, undefined, pulls(ledger, node.id, runners, other), "of images from the internet");
});
