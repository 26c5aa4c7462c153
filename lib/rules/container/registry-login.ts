import { isKind } from "../../model/build";
import type { Model, ModelEdge, ModelNode } from "../../model/model";
import { chosenContainer, isFargate, placementsOf } from "../../model/queries";
import { addEdge, addNode, review } from "../repairs";
import { defineRule, type Fix } from "../rule";
import { providersOf } from "../workloads";

type Definition = ModelNode<"taskDefinition">;

export const registryLogin = defineRule({
  id: "ECS-CON-002",
  severity: "warning",
  title: "Private registry without credentials",
  why: "A private registry asks for a login. ECS takes user name and password from a secret in Secrets Manager.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html",
  needs: ["dockerHub"],
  check({ model }, report) {
    for (const edge of model.edgesOf("pull")) {
      if (!isKind(edge.to, "dockerHub") || !edge.to.props.private || !isKind(edge.from, "taskDefinition")) continue;
      const container = chosenContainer(edge.from, edge.fromContainer);
      if (!container || hasLogin(edge.from, container.id) || instancesLogIn(model, edge.from)) continue;
      report({
        at: { edge: edge.id },
        also: [{ node: edge.to.id, field: "/private" }, { node: edge.from.id }],
        message: `${container.name} pulls from ${edge.to.name}, which needs a login. Store user name and password in Secrets Manager and connect the secret as registry credentials.`,
        fix: addLogin(model, edge, container.id),
      });
    }
  },
});

const hasLogin = (definition: Definition, container: string): boolean =>
  definition.out.some(
    (edge) => edge.relation === "credentials" && chosenContainer(definition, edge.fromContainer)?.id === container,
  );

/** On EC2 the agent of the instance may hold the login instead. */
function instancesLogIn(model: Model, definition: Definition): boolean {
  const places = placementsOf(model, definition);
  return (
    places.length > 0 &&
    places.every((place) => {
      const providers = isFargate(place.launch) ? [] : providersOf(place);
      return (
        providers.length > 0 &&
        providers.every((provider) => provider.props.customUserData?.includes("ECS_ENGINE_AUTH_DATA") === true)
      );
    })
  );
}

function addLogin({ document }: Model, pull: ModelEdge<"pull">, container: string): Fix {
  const { id, edit } = addNode(document, "secret", { name: `${pull.to.name} login`, props: {} });
  const edge = { from: `${pull.from.id}/${container}`, to: id, relation: "credentials" as const, props: {} };
  return review("Add a secret with the login", edit, addEdge(document, edge));
}
