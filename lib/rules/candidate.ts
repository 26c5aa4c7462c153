import type { RelationId } from "../catalog/relations";
import type { ModelNode } from "../model/model";

/** An edge that may be made (or that exists), in its stored direction. */
export interface Candidate {
  from: ModelNode;
  fromContainer?: string;
  to: ModelNode;
  toContainer?: string;
  relation: RelationId;
}
