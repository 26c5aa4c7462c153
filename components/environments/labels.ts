import { kindOf } from "@/lib/catalog";
import { relationOf } from "@/lib/catalog/relations";
import { own } from "@/lib/core/json";
import { segmentsOf } from "@/lib/core/pointer";
import type { Document } from "@/lib/document/document";
import { type Field, fieldsOf, type Shape } from "../inspector/form/shape";

/** A field in the form's own words, such as "Containers: web: CPU". */
export function fieldLabel(document: Document, id: string, at: string): string {
  const node = own(document.nodes, id);
  const edge = own(document.edges, id);
  if (!node && !edge) return at;
  let fields = fieldsOf(node ? kindOf(node.kind).props : relationOf((edge as NonNullable<typeof edge>).relation).props);
  let shape: Shape | undefined;
  let value: unknown = (node ?? edge)?.props;
  const words: string[] = [];
  for (const segment of segmentsOf(at) ?? []) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[segment] : undefined;
    const field: Field | undefined = fields.find(({ key }) => key === segment);
    words.push(field?.label ?? nameOf(value) ?? segment);
    shape = field ? field.shape : shape && "item" in shape ? shape.item : undefined;
    fields = fieldsIn(shape);
  }
  return words.join(": ");
}

function fieldsIn(shape: Shape | undefined): readonly Field[] {
  if (shape?.type === "group") return shape.fields;
  return shape?.type === "modes" ? shape.modes.flatMap((mode) => mode.fields) : [];
}

const nameOf = (value: unknown): string | undefined => {
  const name = typeof value === "object" && value !== null ? (value as { name?: unknown }).name : undefined;
  return typeof name === "string" ? name : undefined;
};

/** A value in few words. */
export function valueLabel(value: unknown): string {
  if (value === undefined || value === null) return "not set";
  if (typeof value === "boolean") return value ? "on" : "off";
  if (Array.isArray(value) && value.every((item) => typeof item === "string" || typeof item === "number")) {
    return value.length === 0 ? "none" : value.join(", ");
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
