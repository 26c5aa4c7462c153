import { equalJson } from "../core/json";
import type { Place } from "../document/document";
import type { Model } from "../model/model";
import type { Stack } from "../stack/stack";
import type { Flows } from "./flow";
import { type Direction, type GroupRule, groupsOf } from "./groups";
import { lookupOf } from "./lookup";
import { placeOfRule } from "./said";
import { edgesByRule, originsOfRule, packetText, peerText, ruleKey } from "./served";
import { type Unserved, unservedOpenings } from "./unserved";

/** What a rule is there for: drawn edges whose packets pass it; what it was derived for; or nothing that is drawn. */
export type Purpose =
  | { is: "serves"; edges: readonly string[] }
  | { is: "derived"; places: readonly Place[] }
  /** An opening that no drawn edge needs. */
  | { is: "unserved"; opening: Unserved }
  /** Written by a person for what no edge shows, such as calls of the code to the internet. */
  | { is: "undrawn" }
  /** EC2's own: a new group, or one without egress rules, lets everything out. */
  | { is: "default" }
  /** Stands there so that nothing may leave. */
  | { is: "shut" };

/** A rule as a row. */
export interface RuleRow {
  direction: Direction;
  /** "tcp/8080", "everything". */
  packet: string;
  /** Logical id of another group, a range of addresses, or a sentence's part where only the deployment knows. */
  peer: string;
  /** Where on the drawing it is said; undefined for EC2's own. */
  at?: Place | undefined;
  purpose: Purpose;
}

/** A security group of the stack with all its rules, inline and standalone; ingress first. */
export interface GroupRows {
  /** Logical id. */
  group: string;
  /** Where on the drawing it comes from. */
  at: Place | undefined;
  rows: readonly RuleRow[];
}

/** Every security group that the design creates, in logical id order. */
export function groupTable(model: Model, stack: Stack, flows: Flows): GroupRows[] {
  const served = edgesByRule(flows);
  const idle = new Map(unservedOpenings(model, stack, flows).map((opening) => [ruleKey(opening), opening]));
  const purposeOf = (rule: GroupRule): Purpose => {
    if (shutsAll(rule)) return { is: "shut" };
    if (rule.given) return { is: "default" };
    const edges = served(rule);
    if (edges.length > 0) return { is: "serves", edges };
    const opening = idle.get(ruleKey(rule));
    if (opening) return { is: "unserved", opening };
    if (isDefault(stack, rule)) return { is: "default" };
    const derived = originsOfRule(stack, rule).filter((origin) => origin.edge !== undefined || origin.why !== "drawn");
    const places = derived.map(({ node, edge }): Place => (edge === undefined ? { node: node ?? "" } : { edge }));
    return places.length > 0 ? { is: "derived", places } : { is: "undrawn" };
  };
  const rowOf = (direction: Direction, rule: GroupRule): RuleRow => {
    const at = placeOfRule({ model, stack }, rule);
    const shut = shutsAll(rule);
    return {
      direction,
      packet: shut ? "nothing" : packetText(rule),
      peer: shut ? "anywhere" : peerText(rule),
      ...(at ? { at } : {}),
      purpose: purposeOf(rule),
    };
  };
  const shown = [...groupsOf(lookupOf(stack)).values()].filter(
    ({ id, holder, ingress, egress }) => id === holder || [...ingress.all, ...egress.all].some(({ given }) => !given),
  );
  return shown.map(({ id, ingress, egress }) => ({
    group: id,
    at: placeOfRule({ model, stack }, { resource: id, pointer: "" }),
    rows: [
      ...ingress.all.map((rule) => rowOf("ingress", rule)),
      ...(egress.all.length === 0 ? [everythingOut] : egress.all.map((rule) => rowOf("egress", rule))),
    ],
  }));
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
const everythingOut: RuleRow = {
  direction: "egress",
  packet: "everything",
  peer: "anywhere",
  purpose: { is: "default" },
};

/** What every new group lets out, which nobody wrote: it comes with the group. */
const isDefault = (stack: Stack, rule: GroupRule): boolean =>
  rule.protocol === "-1" &&
  rule.pointer.startsWith("/properties/SecurityGroupEgress/") &&
  equalJson(originsOfRule(stack, rule), originsOfRule(stack, { resource: rule.resource, pointer: "" }));

/** The rule that CDK and this stack write where nothing may leave: without any, EC2 would put its own back. */
const shutsAll = ({ protocol, peer }: GroupRule): boolean =>
  protocol === "icmp" && peer !== undefined && "range" in peer && peer.range.text === "255.255.255.255/32";
