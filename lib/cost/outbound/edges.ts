import type { EndpointService } from "../../aws/endpoints";
import type { RelationId } from "../../catalog/relations";
import { isKind, isRelationEdge } from "../../model/build";
import type { ModelEdge, ModelNode } from "../../model/model";
import { taskDefinitionOf } from "../../model/queries";
import type { Ledger } from "../ledger";
import { messagesOf } from "../resources/messages";
import { combine, type Known } from "../usage";
import { chargeWay, gbOfKb, gbOfMb, type Volume } from "./charge";
import type { Runner } from "./runners";

/** What a secret or a parameter takes with all that is around it. Nobody lists it. */
const CALL_KB = 4;
const call: Known = { value: CALL_KB, assumed: [`${CALL_KB} KB a call`] };

/** What of a flow that several places share belongs to one of them: by the tasks that they run. */
function shareOf(runner: Runner, among: readonly Runner[]): Known {
  if (among.length === 1) return { value: 1, assumed: [] };
  return combine([runner.running, ...among.map(({ running }) => running)], (mine, ...all) => {
    const total = all.reduce((sum, one) => sum + one, 0);
    return total > 0 ? mine / total : 1 / among.length;
  });
}

/** A flow of the code, shared among the places that run it. */
const ofCode = (runners: readonly Runner[], whole: () => Known): Volume[] =>
  runners.map((runner) => ({
    subnets: runner.code,
    gb: () => combine([whole(), shareOf(runner, runners)], (gb, share) => gb * share),
  }));

/** A flow of the log driver, shared among the places that run the tasks. */
export const ofAgent = (runners: readonly Runner[], whole: () => Known): Volume[] =>
  ofCode(runners, whole).map((volume, at) => ({ ...volume, subnets: runners[at]?.agent }));

/** Images that are pulled under one size. `among` is how many of them. */
export const pulls = (ledger: Ledger, owner: string, runners: readonly Runner[], among = 1): Volume[] =>
  runners.map((runner) => ({
    subnets: runner.agent,
    gb: () =>
      gbOfMb(
        combine([runner.pulled], (times) => times * among),
        ledger.figureOf(owner, "imageMb"),
      ),
  }));

const sharedMessages = (ledger: Ledger, node: ModelNode, among: number): Known =>
  gbOfKb(
    combine([messagesOf(ledger, node)], (messages) => messages / among),
    ledger.figureOf(node.id, "messageKb"),
  );

const incoming = new Set<RelationId>(["send", "publish", "subscribe", "deliver"]);
const sendersOf = (node: ModelNode): number => node.in.filter(({ relation }) => incoming.has(relation)).length;
const pollersOf = (node: ModelNode): number => node.out.filter(({ relation }) => relation === "poll").length;

const serviceOf = (thing: ModelNode): EndpointService => (isKind(thing, "ssmParameter") ? "ssm" : "secretsmanager");

/** Charges an edge for the way its data takes out of the VPC; false where the way itself costs nothing. */
export type WayOf = (edge: ModelEdge, ledger: Ledger) => boolean;

/** The tasks at the near end of an edge: those of the definition where it starts. */
const runnersFrom = (ledger: Ledger, { from }: ModelEdge): readonly Runner[] => ledger.runners(from.id);

/** The layers of an image in Amazon ECR come from S3. https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
export const pullWay: WayOf = (edge, ledger) =>
  chargeWay(
    ledger,
    isKind(edge.to, "ecrRepository") ? "s3" : undefined,
    pulls(ledger, edge.id, runnersFrom(ledger, edge)),
    "of images",
  );

export const sendWay: WayOf = (edge, ledger) =>
  chargeWay(
    ledger,
    isKind(edge.to, "sqsQueue") ? "sqs" : "sns",
    ofCode(runnersFrom(ledger, edge), () => sharedMessages(ledger, edge.to, Math.max(1, sendersOf(edge.to)))),
    "of messages",
  );

/** Messages travel to the service that polls; it is the service that calls. */
export const pollWay: WayOf = (edge, ledger) => {
  const definition = taskDefinitionOf(edge.to);
  const runners = definition ? ledger.runners(definition.id).filter(({ node }) => node.id === edge.to.id) : [];
  const whole = (): Known => sharedMessages(ledger, edge.from, Math.max(1, pollersOf(edge.from)));
  return chargeWay(ledger, "sqs", ofCode(runners, whole), "of messages");
};

export const objectsWay: WayOf = (edge, ledger) =>
  chargeWay(
    ledger,
    "s3",
    ofCode(runnersFrom(ledger, edge), () => ledger.figureOf(edge.id, "transferGb")),
    "of objects",
  );

export const readWay: WayOf = (edge, ledger) =>
  chargeWay(
    ledger,
    serviceOf(edge.to),
    ofCode(runnersFrom(ledger, edge), () => gbOfKb(ledger.figureOf(edge.to.id, "requests"), call)),
    "of values read",
  );

/** How many tasks start a month that read a secret or parameter as they start. */
export function readAtStart(ledger: Ledger, thing: ModelNode): Known {
  const calls = thing.in.flatMap((edge) =>
    isRelationEdge(edge, "inject") || isRelationEdge(edge, "credentials")
      ? ledger.runners(edge.from.id).map(({ started }) => started)
      : [],
  );
  return combine(calls, (...all) => all.reduce((sum, one) => sum + one, 0));
}
