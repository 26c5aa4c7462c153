import type { Place } from "../document/document";
import type { Flow, Hop, Reach } from "../network/flow";
import { placeOfHop, placeOfReach, type Said } from "../network/said";
import { groupOwner } from "./network/groups";
import type { Finding } from "./rule";

/**
 * The finding whose repair mends a blocked hop of a flow; undefined where none does. For a hop that lacks a rule the
 * repair has to write one into that very group and direction; any other hop is mended where its finding stands: at the
 * edge, or at the field that says the hop.
 */
export function fixForHop(said: Said, findings: readonly Finding[], flow: Flow, hop: Hop): Finding | undefined {
  if (hop.verdict !== "blocked") return undefined;
  const { missing } = hop;
  if (missing) {
    const owner = groupOwner(said.model, said.stack, missing.group)?.id;
    const field = `/securityGroups/${missing.direction}`;
    return findings.find(
      ({ at, fix }) =>
        at.edge === flow.edge &&
        fix?.edits.some((edit) => edit.edit === "setField" && edit.id === owner && edit.field === field),
    );
  }
  const place = placeOfHop(said, flow.edge, hop);
  return findings.find(({ at, fix, severity }) => {
    if (!fix || severity === "info") return false;
    if (at.edge === flow.edge) return !touchesGroups(fix.edits);
    return place.field !== undefined && standsAt(at, place);
  });
}

/** The finding whose repair lets a task reach what it needs; undefined where none does. */
export function fixForReach(said: Said, findings: readonly Finding[], reach: Reach): Finding | undefined {
  if (reach.verdict !== "blocked") return undefined;
  const place = placeOfReach(said, reach);
  return findings.find(({ at, fix, severity }) => fix !== undefined && severity === "error" && standsAt(at, place));
}

/** The finding with a repair that stands at a place itself: at the rule that opens more than is drawn. */
export const fixAt = (findings: readonly Finding[], place: Place): Finding | undefined =>
  findings.find(({ at, fix }) => fix !== undefined && standsAt(at, place));

/** At the very field, or at a part of it. */
const standsAt = (at: Place, { node, edge, field = "" }: Place): boolean =>
  at.node === node && at.edge === edge && (at.field === field || at.field?.startsWith(`${field}/`) === true);

/** Rules of a group mend no hop that a group does not decide. */
const touchesGroups = (edits: NonNullable<Finding["fix"]>["edits"]): boolean =>
  edits.some((edit) => edit.edit === "setField" && edit.field.startsWith("/securityGroups/"));
