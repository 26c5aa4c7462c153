import type { InputOf } from "../../catalog";
import { catalog } from "../../catalog";
import { list } from "../../core/text";
import type { Edit } from "../../document/edits/edit";
import type { Model, ModelNode } from "../../model/model";
import { clusterOf, isFargate, launchOf, servicesOf, taskDefinitionsOf } from "../../model/queries";
import { addEdge, addNode, review } from "../repairs";
import { defineRule, type Fix } from "../rule";

type Service = ModelNode<"service">;

export const incompleteService = defineRule({
  id: "ECS-GR-002",
  severity: "error",
  title: "Service without its essentials",
  why: "A service keeps copies of one task definition running in one cluster. Without either there is nothing to create.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html",
  needs: ["service"],
  check({ model }, report) {
    for (const service of model.of("service")) {
      const noCluster = clusterOf(service) === undefined;
      // With an EXTERNAL controller, task sets name the definition.
      const noDefinition = taskDefinitionsOf(service).length === 0 && service.props.deploymentController !== "EXTERNAL";
      const missing = [...(noCluster ? ["cluster"] : []), ...(noDefinition ? ["task definition"] : [])];
      if (missing.length === 0) continue;
      report({
        at: { node: service.id },
        message: `${service.name} has no ${list(missing, "or")}; a service runs copies of one task definition in one cluster. ${noCluster ? "Put it into a cluster" : ""}${noCluster && noDefinition ? " and c" : noDefinition ? "C" : ""}${noDefinition ? "onnect a task definition" : ""}.`,
        fix: complete(model, service, noCluster, noDefinition),
      });
    }
  },
});

/** Takes the only candidate, else makes one. */
function complete(model: Model, service: Service, noCluster: boolean, noDefinition: boolean): Fix {
  const edits: Edit[] = [];
  let cluster = clusterOf(service)?.id;
  if (noCluster) {
    const [only, another] = model.of("cluster").filter((box) => !isInside(box, service));
    if (only && !another) cluster = only.id;
    else {
      const parent = service.parent?.kind === "vpc" ? service.parent.id : undefined;
      const made = addNode(model.document, "cluster", { name: "Cluster", parent, props: {} });
      cluster = made.id;
      edits.push(made.edit);
    }
    edits.push({ edit: "reparent", id: service.id, parent: cluster });
  }
  if (noDefinition) {
    const free = model.of("taskDefinition").filter((definition) => servicesOf(definition).length === 0);
    const suits = free.find((definition) => free.length === 1 && fitsLaunch(definition, service));
    const made = suits
      ? undefined
      : newDefinition(model, service, cluster, edits.filter((edit) => edit.edit === "addNode").length);
    if (made) edits.push(made.edit);
    const to = suits?.id ?? made?.id ?? "";
    edits.push(addEdge(model.document, { from: service.id, to, relation: "run", props: {} }));
  }
  const what = [...(noCluster ? ["into a cluster"] : []), ...(noDefinition ? ["to a task definition"] : [])];
  return review(`${noCluster ? "Put" : "Connect"} it ${list(what)}`, ...edits);
}

function isInside(node: ModelNode, box: ModelNode): boolean {
  const seen = new Set<ModelNode>();
  for (let at = node.parent; at && !seen.has(at); at = at.parent) {
    if (at === box) return true;
    seen.add(at);
  }
  return false;
}

/** Whether the definition may run where the service launches it, so that the repair brings no new error. */
function fitsLaunch(definition: ModelNode<"taskDefinition">, service: Service): boolean {
  const allowed = definition.props.requiresCompatibilities;
  return allowed.length > 0 && allowed.includes(isFargate(launchOf(service)) ? "FARGATE" : "EC2");
}

function newDefinition({ document }: Model, service: Service, parent: string | undefined, skip: number) {
  const name = `${service.name} task`;
  const near = { ec2: !isFargate(launchOf(service)), name, parent: "cluster" as const };
  const props: InputOf<"taskDefinition"> = catalog.taskDefinition.initial(near);
  return addNode(document, "taskDefinition", { name, parent, props, skip });
}
