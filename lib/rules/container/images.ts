import { isRelationEdge } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { type Container, chosenContainer } from "../../model/queries";

type Definition = ModelNode<"taskDefinition">;

/** The edge that gives a container its image. */
export const pullOf = (definition: Definition, container: Container): ModelEdge<"pull"> | undefined =>
  definition.out.find(
    (edge): edge is ModelEdge<"pull"> & ModelEdge =>
      isRelationEdge(edge, "pull") && chosenContainer(definition, edge.fromContainer)?.id === container.id,
  );

/** The parts of `HOST/PATH:TAG@DIGEST`. */
export interface ImageParts {
  host: string | undefined;
  tag: string | undefined;
  digest: string | undefined;
}

/** Splits an image's name. The first part is a host when it has a dot or a port, as Docker reads it. */
export function partsOf(image: string): ImageParts {
  const at = image.indexOf("@");
  const name = at < 0 ? image : image.slice(0, at);
  const slash = name.lastIndexOf("/");
  const colon = name.indexOf(":", slash + 1);
  const first = name.includes("/") ? name.slice(0, name.indexOf("/")) : "";
  return {
    host: /[.:]|^localhost$/.test(first) ? first : undefined,
    tag: colon < 0 ? undefined : name.slice(colon + 1),
    digest: at < 0 ? undefined : image.slice(at + 1),
  };
}

/** An image's name without tag and digest. */
export function nameOf(image: string): string {
  const { tag } = partsOf(image);
  const name = image.split("@")[0] ?? "";
  return tag === undefined ? name : name.slice(0, -tag.length - 1);
}

const host = /^([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(:\d+)?$/;
const part = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/;

/** Docker's grammar of names: a host if the first part looks like one, then lower-case parts. */
export function isRepository(name: string): boolean {
  const parts = name.split("/");
  const [first = ""] = parts;
  const rest = partsOf(name).host === undefined ? parts : parts.slice(1);
  return (rest === parts || host.test(first)) && rest.length > 0 && rest.every((item) => part.test(item));
}

export const isDigest = (text: string): boolean => /^sha256:[0-9a-f]{64}$/.test(text);
/** Docker's grammar of tags. */
export const isTag = (text: string): boolean => /^\w[\w.-]{0,127}$/.test(text);

/** Registries that everybody can reach: AWS's own and the public ones people pull from. */
const wellKnown =
  /^(public\.ecr\.aws|\d{12}\.dkr[.-]ecr[.-].+|(.+\.)?docker\.(io|com)|ghcr\.io|quay\.io|(.+\.)?gcr\.io|.+\.pkg\.dev|mcr\.microsoft\.com|registry\.k8s\.io|registry\.gitlab\.com|registry\.(access\.)?redhat\.(com|io)|docker\.elastic\.co|nvcr\.io|lscr\.io)$/;

/** The host of a registry of one's own; undefined for the well-known ones. */
export function selfHosted(image: string): string | undefined {
  const { host } = partsOf(image);
  return host === undefined || wellKnown.test(host) ? undefined : host;
}

/**
 * Registries of AWS's own that every account may pull from: for Fluent Bit, App Mesh and deep learning.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-using-fluentbit.html
 */
const forEverybody = new Set(["906394416424", "840364872350", "763104351884"]);

/** The account whose private registry an image is written to come from; undefined where everybody may pull it. */
export function accountOf(image: string): string | undefined {
  const account = /^(\d{12})\.dkr\.ecr[.-]/.exec(image)?.[1];
  return account === undefined || forEverybody.has(account) ? undefined : account;
}

/** What nobody can know of an image in the registry of an account: a sentence. */
export const foreignImage = (container: string, account: string): string =>
  `The image of ${container} is in the registry of account ${account}; unless the tasks run in that account, the policy of its repository there must let theirs pull, and nobody here knows it.`;
