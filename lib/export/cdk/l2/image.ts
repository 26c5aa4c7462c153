import { Intrinsic, type Properties, ref, targetOf, type Value } from "../../../stack/value";
import { call, type Expr, lit, obj, raw } from "../code";
import { str } from "../values";
import type { Writing } from "../writing";
import { isText, same } from "./shared";

/** The image of a container: of a repository of the stack, or by its name. Undefined where the class cannot say it. */
export function imageOf(writing: Writing, image: Value, credentials: Value | undefined): Expr | undefined {
  if (credentials === undefined) return ofRepository(writing, image) ?? byName(writing, image, undefined);
  const { CredentialsParameter: secret, ...more } = credentials as Properties;
  const id = targetOf(secret);
  const held = id !== undefined && same(secret, ref(id)) && writing.built(id) ? writing.handle(id) : undefined;
  if (!held || Object.keys(more).length > 0 || writing.resource(id ?? "")?.type !== "AWS::SecretsManager::Secret")
    return undefined;
  return byName(writing, image, obj({ credentials: held.variable }));
}

/** `${WebImage.RepositoryUri}:v1`. */
function ofRepository(writing: Writing, image: Value): Expr | undefined {
  const text = image instanceof Intrinsic && image.name === "Fn::Sub" ? image.argument : undefined;
  const match = isText(text) ? /^\$\{(\w+)\.RepositoryUri\}:([\w.-]+)$/.exec(text) : null;
  const [, id = "", tag = ""] = match ?? [];
  const handle = writing.handle(id);
  if (!handle || writing.resource(id)?.type !== "AWS::ECR::Repository" || !writing.built(id)) return undefined;
  return call(raw("ecs.ContainerImage.fromEcrRepository"), handle.variable, lit(tag));
}

const byName = (writing: Writing, image: Value, options: Expr | undefined): Expr | undefined =>
  isText(image) || image instanceof Intrinsic
    ? call(raw("ecs.ContainerImage.fromRegistry"), str(writing, image), options)
    : undefined;
