import type { RelationId } from "../catalog/relations";
import { compareKeys } from "../core/json";
import type { ModelEdge, ModelNode } from "../model/model";

/** An edge that may be made (or that exists), in its stored direction. */
export interface Candidate {
  /** Set for an edge that exists. */
  id?: string;
  from: ModelNode;
  fromContainer?: string;
  to: ModelNode;
  toContainer?: string;
  relation: RelationId;
}

/**
 * Whether an edge was there before the candidate: all others for a new one, those with a lower id for one that exists.
 * A rule that allows a number of edges counts only these, so that exactly the surplus ones are refused.
 */
export const isBefore = (edge: ModelEdge, candidate: Candidate): boolean =>
  candidate.id === undefined || compareKeys(edge.id, candidate.id) < 0;
