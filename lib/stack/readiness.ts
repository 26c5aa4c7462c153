import { list } from "../core/text";
import { isKind, isRelationEdge } from "../model/build";
import type { ModelEdge, ModelNode } from "../model/model";

/**
 * What somebody has to put in place by hand, after the stack exists, before tasks of a definition can start: images in
 * repositories of the same template, objects in its buckets, directories in its file systems, real credentials in its
 * generated secrets. Phrases such as "push the image to Web image"; empty when tasks can start at once.
 */
export function stepsBeforeFirstStart(taskDefinition: ModelNode): readonly string[] {
  const steps = taskDefinition.out.flatMap((edge) => {
    if (edge.relation === "pull" && isKind(edge.to, "ecrRepository")) return [`push the image to ${edge.to.name}`];
    if (edge.relation === "environmentFile" && isKind(edge.to, "s3Bucket"))
      return [`upload the environment file to ${edge.to.name}`];
    if (edge.relation === "credentials" && isKind(edge.to, "secret") && edge.to.props.source.from === "generated")
      return [`put the registry login into ${edge.to.name}`];
    // A directory is made by an access point or by hand, never by mounting it.
    if (isRelationEdge(edge, "mount") && isKind(edge.to, "efs") && needsDirectory(edge.props))
      return [`make the directory ${edge.props.rootDirectory} in ${edge.to.name}`];
    return [];
  });
  return [...new Set(steps)];
}

const needsDirectory = ({ rootDirectory, accessPoint }: ModelEdge<"mount">["props"]): boolean =>
  accessPoint === undefined && /[^/]/.test(rootDirectory ?? "");

/** "Push the image to Web image" as the beginning of a sentence. */
export function stepsSentence(steps: readonly string[]): string {
  const text = list(steps);
  return text.charAt(0).toUpperCase() + text.slice(1);
}
