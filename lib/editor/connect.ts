import type { RelationId } from "../catalog/relations";
import { fail, ok, type Result } from "../core/result";
import type { Document } from "../document/document";
import type { Edit } from "../document/edits/edit";
import { buildModel } from "../model/build";
import type { Model } from "../model/model";
import { connect } from "../rules/connection";
import { Names } from "./names";

export interface Connecting {
  edits: Edit[];
  /** Id of the new edge. */
  edge: string;
  relation: RelationId;
  /** What the connection brings about, for the person to read: "opens 8080 from alb-sg …". */
  says: string;
}

/** The edits that connect two ends (`NODE` or `NODE/CONTAINER`), in whichever direction the grammar has; or why not. */
export function connectEdits(
  document: Document,
  ends: { from: string; to: string; relation?: RelationId },
  model: Model = buildModel(document),
): Result<Connecting> {
  const answer = connect(model, ends);
  if (!answer.ok) return fail({ path: "", message: `${sentence(answer.reason)} ${sentence(answer.instead)}`.trim() });
  const id = new Names(document).id("e");
  const effect = sentence(answer.effect);
  return ok({
    edits: [{ edit: "addEdge", id, edge: answer.edge }],
    edge: id,
    relation: answer.edge.relation,
    says: ["Connected.", answer.turn ?? "", effect].filter((part) => part !== "").join(" "),
  });
}

const sentence = (text: string): string =>
  text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
