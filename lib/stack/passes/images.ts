import { permissions } from "../../aws/permissions";
import { isKind } from "../../model/build";
import type { ModelEdge } from "../../model/model";
import { contributeSingle, sourceContainer } from "../containers";
import type { Lowering } from "../lowering";
import { roleOf } from "../roles";
import { att, sub, type Value } from "../value";

/** What pull edges mean: the image of a container and, for ECR, the permission to pull exactly this repository. */
export function lowerImages(lowering: Lowering): void {
  for (const edge of lowering.model.edgesOf("pull")) {
    const source = sourceContainer(edge as ModelEdge);
    if (!source) continue;
    const { node, taskDefinition, container } = source;
    const origin = lowering.from(edge as ModelEdge, "/tag");
    if (isKind(edge.to, "dockerHub")) {
      const image = `docker.io/${edge.to.props.repository}${suffix(edge.props.tag)}`;
      contributeSingle(lowering, node, container.id, "Image", image, [lowering.from(edge.to, "/repository"), origin]);
    }
    if (!isKind(edge.to, "ecrRepository")) continue;
    const repository = lowering.idOf(edge.to);
    const image = sub(`\${${repository}.RepositoryUri}${suffix(edge.props.tag).replaceAll("${", "${!")}`);
    contributeSingle(lowering, node, container.id, "Image", image, origin);
    const role = roleOf(lowering, taskDefinition, "execution");
    for (const statement of permissions["pull-image"].statements) {
      const resource: Value = statement.on === "*" ? "*" : att(repository, "Arn");
      role.grant({ actions: statement.actions, resources: [resource] }, edge as ModelEdge);
    }
  }
}

/** ":v1", or "@sha256:…" for a digest. */
const suffix = (tag: string): string => (tag === "" ? "" : tag.startsWith("sha256:") ? `@${tag}` : `:${tag}`);
