import { containersOf, servicesOf } from "../../model/queries";
import { review, set } from "../repairs";
import { defineRule } from "../rule";
import { containerField } from "../workloads";
import { partsOf, pullOf } from "./images";

export const movingTag = defineRule({
  id: "ECS-CON-004",
  severity: "warning",
  title: "Moving image tag",
  why: "A tag such as latest names another image after every push, so two tasks of one revision may run different code.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
  needs: ["service"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      if (servicesOf(definition).length === 0) continue;
      for (const container of containersOf(definition)) {
        const pull = pullOf(definition, container);
        const image = container.image?.trim() ?? "";
        const { tag, digest } = partsOf(image);
        const moves = pull ? pull.props.tag === "latest" : image !== "" && !digest && (tag ?? "latest") === "latest";
        if (!moves) continue;
        const what = pull ? `latest from ${pull.to.name}` : image;
        const even = container.versionConsistency === "disabled" ? ", even between two tasks of one deployment," : "";
        report({
          at: pull
            ? { edge: pull.id, field: "/tag" }
            : { node: definition.id, field: containerField(container.id, "image") },
          message: `${container.name} uses ${what}, whose content can change${even} without a new revision, so rollbacks are not repeatable. Pin a version tag or digest.`,
          ...(pull ? { fix: review("Pull the tag v1", set(pull.id, "/tag", "v1")) } : {}),
        });
      }
    }
  },
});
