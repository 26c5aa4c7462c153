import { isKind } from "../../model/build";
import { containersOf } from "../../model/queries";
import type { Ledger } from "../ledger";
import { chargeWay, type Volume } from "../outbound/charge";
import { pulls } from "../outbound/edges";
import { combine, isKnown } from "../usage";
import { priced } from "./cell";
import { chargeElsewhere, chargeNamedGroups } from "./logs";

const PRIVATE = /^\d{12}\.dkr(?:\.ecr(?:-fips)?|-ecr(?:-fips)?)\.([a-z0-9-]+)\./;

/** Where an image comes from, as far as it costs: endpoints serve the registry of their own Region alone. */
export type ImageSource = "here" | "other Region" | "elsewhere";

/**
 * "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app": in its Region the layers come from S3 like those of a repository that
 * is drawn. https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export function sourceOfImage(image: string, region: string): ImageSource {
  const named = PRIVATE.exec(image)?.[1];
  if (named === undefined) return "elsewhere";
  return named === region ? "here" : "other Region";
}

/** ECS is free. Images that a container names itself, without a connection, are pulled all the same. */
export const taskDefinition = priced<"AWS::ECS::TaskDefinition">((resource, ledger) => {
  const why = "ECS itself is free; the capacity that tasks run on is charged.";
  ledger.note(resource.type, why, "https://aws.amazon.com/ecs/pricing/");
  const node = ledger.model.node(resource.origins[""]?.[0]?.node ?? "");
  if (!isKind(node, "taskDefinition")) return;
  chargeNamedGroups(ledger, node);
  chargeElsewhere(ledger, node);
  const connected = new Set(node.out.filter(({ relation }) => relation === "pull").map((edge) => edge.fromContainer));
  const named = containersOf(node).flatMap(({ id, image }) => (image && !connected.has(id) ? [image] : []));
  const runners = ledger.runners(node.id);
  const from = (source: ImageSource): number =>
    named.filter((image) => sourceOfImage(image, ledger.model.region) === source).length;
  const pulled = (images: number): Volume[] => pulls(ledger, node.id, runners, images);
  const [here, far, elsewhere] = [from("here"), from("other Region"), from("elsewhere")];
  if (here > 0) chargeWay(ledger, "s3", pulled(here), "of images");
  if (far > 0 && runners.length > 0) chargeFar(ledger, pulled(far));
  if (elsewhere > 0) chargeWay(ledger, undefined, pulled(elsewhere), "of images from the internet");
});

/** Images that leave the Region of their repository. https://aws.amazon.com/ecr/pricing/ */
function chargeFar(ledger: Ledger, volumes: readonly Volume[]): void {
  chargeWay(ledger, undefined, volumes, "of images from another Region");
  const gb = combine(
    volumes.map((volume) => volume.gb()),
    (...all) => all.reduce((sum, one) => sum + one, 0),
  );
  const why =
    "AWS charges images that are pulled from another Region; the bundled price list has no figure between Regions.";
  ledger.miss("Image data from another Region", "GB", isKnown(gb) ? gb.value : 0, isKnown(gb) ? why : gb.why);
}
