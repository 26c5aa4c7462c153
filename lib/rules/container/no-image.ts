import { clip } from "../../core/text";
import { isKind } from "../../model/build";
import type { Model, ModelNode } from "../../model/model";
import { type Container, containersOf } from "../../model/queries";
import { addEdge, review, safe, set } from "../repairs";
import { defineRule, type Report } from "../rule";
import { containerField } from "../workloads";
import { isDigest, isRepository, isTag, nameOf, partsOf, pullOf } from "./images";

type Definition = ModelNode<"taskDefinition">;
const longest = 255;

export const noImage = defineRule({
  id: "ECS-CON-001",
  severity: "error",
  title: "Container without an image",
  why: "A container is started from an image, named by registry, repository and a tag or digest.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      for (const container of containersOf(definition)) judge(model, definition, container, report);
    }
  },
});

function judge(model: Model, definition: Definition, container: Container, report: Report): void {
  const pull = pullOf(definition, container);
  if (pull) {
    const hub = isKind(pull.to, "dockerHub") ? pull.to : undefined;
    if (hub && (!isRepository(hub.props.repository) || hub.props.repository.length > longest)) {
      report({
        at: { node: hub.id, field: "/repository" },
        also: [{ edge: pull.id }],
        message: `${container.name} pulls “${clip(hub.props.repository, 60)}” from Docker Hub, which is not the name of a repository: lower-case letters, digits, . _ - and /, without a tag. Write it as Docker Hub does, such as library/nginx.`,
      });
    }
    const { tag } = pull.props;
    if (tag.startsWith("sha256:") ? isDigest(tag) : isTag(tag)) return;
    report({
      at: { edge: pull.id, field: "/tag" },
      message: `${container.name} pulls “${tag}” from ${pull.to.name}, which is neither a tag (up to 128 letters, digits, dots, hyphens and underscores) nor a digest (sha256: and 64 hexadecimal digits), so the task cannot start. Name a version that you push.`,
      fix: safe("Use the tag v1", set(pull.id, "/tag", "v1")),
    });
    return;
  }
  const image = container.image?.trim() ?? "";
  const { tag, digest } = partsOf(image);
  const fault =
    image === ""
      ? "has no image"
      : image.length > longest || /\s/.test(image)
        ? `has an image name that is longer than ${longest} characters or has spaces`
        : digest !== undefined && !isDigest(digest)
          ? "has an image whose digest is not sha256: and 64 hexadecimal digits"
          : !isRepository(nameOf(image))
            ? "has an image name that Docker does not accept (lower-case letters, digits, . _ - and /)"
            : tag !== undefined && !isTag(tag)
              ? `has an image whose tag “${tag}” is none that Docker accepts`
              : undefined;
  if (!fault) return;
  const [repository, another] = model.of("ecrRepository");
  report({
    at: { node: definition.id, field: containerField(container.id, "image") },
    message: `${container.name} ${fault}, so the task cannot start. Connect an ECR repository or name a public image.`,
    ...(repository && !another
      ? {
          fix: review(
            `Pull from ${repository.name}`,
            addEdge(model.document, {
              from: `${definition.id}/${container.id}`,
              to: repository.id,
              relation: "pull",
              props: {},
            }),
          ),
        }
      : {}),
  });
}
