import type { Json } from "../../core/json";
import type { DocumentEdge, DocumentNode, Layout } from "../document";

/** Every change a design can take, as JSON data. All of them go through `apply`; nothing else writes a document. */
export type Edit =
  | { edit: "addNode"; id: string; node: DocumentNode; layout?: Layout }
  | { edit: "removeNode"; id: string }
  | { edit: "addEdge"; id: string; edge: DocumentEdge }
  | { edit: "removeEdge"; id: string }
  /** Moves the ends of an edge or changes what it means. Props must fit the relation. */
  | { edit: "reconnect"; id: string; edge: DocumentEdge }
  | { edit: "rename"; id: string; name: string }
  /** Puts a node into a box, or outside all boxes when `parent` is null. */
  | { edit: "reparent"; id: string; parent: string | null }
  /** Sets a field of a node's or an edge's props by JSON Pointer; without `value` the field goes back to its default. */
  | { edit: "setField"; id: string; field: string; value?: Json }
  /** Position or size; null forgets it. */
  | { edit: "move"; id: string; layout: Layout | null }
  /** The rest of the design, by JSON Pointer: /name, /settings/…, /usage/…, /environments/…, /suppressions. */
  | { edit: "setDesign"; field: string; value?: Json };

export type EditKind = Edit["edit"];
export type EditOf<K extends EditKind> = Extract<Edit, { edit: K }>;
