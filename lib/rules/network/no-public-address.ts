import type { Tier } from "../../catalog/fields/network";
import type { Place } from "../../document/document";
import type { Edit } from "../../document/edits/edit";
import { isRelationEdge } from "../../model/build";
import type { Model, ModelNode } from "../../model/model";
import type { TaskPlace } from "../../network/flow";
import { defineRule, type Fix } from "../rule";
import { depsWords, networkNode, routeThroughNat, stranded, subjectOf, subnetWords } from "./ways-out";

export const noPublicAddress = defineRule({
  id: "ECS-NET-013",
  severity: "error",
  title: "Public subnet without a public address",
  why: "An internet gateway only serves interfaces with a public address. Tasks get one on Fargate alone, and only when it is asked for.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html",
  needs: ["service", "taskDefinition"],
  check({ model, flows }, report) {
    const blocked = stranded(model, flows, "no-public-address");
    for (const place of flows.places.filter(({ ownInterface }) => ownInterface)) {
      const { at, holder } = placeAt(model, place);
      const runner = model.node(place.node);
      if (!runner || !holder) continue;
      const vpc = networkNode(model, place, runner);
      const words = { tier: holder.tier, vpc };
      if (place.compute === "EC2" && holder.assignPublicIp) {
        report({
          at: { ...at, field: "/assignPublicIp" },
          message: `${subjectOf({ runner })} run on EC2 instances, where a task interface never gets a public address, so AWS refuses the setting. Turn it off, and use private subnets with NAT for a way out.`,
          fix: { title: "Assign no public IP", risk: "safe", edits: [setPublic(at, false)] },
        });
        continue;
      }
      if (place.exit !== "gateway-without-address") continue;
      const own = blocked.find((item) => item.place === place && item.from.id === place.node);
      if (place.compute === "FARGATE" && !own) continue;
      const lost = own ? ` It cannot reach ${depsWords(own.reaches)}.` : "";
      const todo =
        place.compute === "FARGATE"
          ? "Use a private subnet with NAT, or assign a public IP."
          : "Use a private subnet with NAT.";
      const fix = fixFor(place, at, holder.tier, vpc);
      report({
        at: { ...at, field: place.compute === "FARGATE" ? "/assignPublicIp" : "/tier" },
        also: [{ node: place.taskDefinition }, ...(vpc ? [{ node: vpc.id }] : [])],
        severity: own ? "error" : "warning",
        message: `The task interface of ${runner.name} in ${subnetWords(words)} has no public address, so the internet gateway is useless to it.${lost} ${todo}`,
        ...(fix ? { fix } : {}),
      });
    }
  },
});

/** Where the subnets of a place are chosen: the service, or the edge that starts tasks. */
function placeAt(
  model: Model,
  { node, edge }: TaskPlace,
): { at: Place; holder: { tier: Tier; assignPublicIp: boolean } | undefined } {
  const drawn = edge === undefined ? undefined : model.edge(edge);
  if (drawn && isRelationEdge(drawn, "runTask")) return { at: { edge: drawn.id }, holder: drawn.props };
  const props = model.node(node)?.props as { tier?: Tier; assignPublicIp?: boolean } | undefined;
  const { tier, assignPublicIp } = props ?? {};
  return { at: { node }, holder: tier === undefined ? undefined : { tier, assignPublicIp: assignPublicIp === true } };
}

const setPublic = (at: Place, value: boolean): Edit => ({
  edit: "setField",
  id: (at.edge ?? at.node) as string,
  field: "/assignPublicIp",
  value,
});

function fixFor(place: TaskPlace, at: Place, tier: Tier, vpc: ModelNode<"vpc"> | undefined): Fix | undefined {
  if (place.compute === "FARGATE") {
    return { title: "Assign a public IP", risk: "safe", edits: [setPublic(at, true)] };
  }
  if (vpc?.props.source !== "new") return undefined;
  return { title: "Use private subnets with NAT", risk: "safe", edits: routeThroughNat(vpc, at, tier) };
}
