"use client";

import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { changedFields } from "@/lib/document/environments";
import type { Finding } from "@/lib/rules/rule";
import { useEditor } from "../editor/store";
import { type Form, FormContext } from "./form/context";
import { FieldFindings, FieldList } from "./form/field-row";
import type { Hints } from "./form/hints";
import type { Field } from "./form/shape";

/** The fields of one node or edge, with findings in place, and the one in focus in view. */
export function SettingsForm({
  id,
  props,
  effective,
  fields,
  findings,
  hints,
  children,
}: {
  id: string;
  props: unknown;
  effective: unknown;
  fields: readonly Field[];
  findings: readonly Finding[];
  hints: Hints;
  children?: ReactNode;
}) {
  const area = useRef<HTMLDivElement>(null);
  const place = useEditor((store) => store.state.focus);
  const readOnly = useEditor((store) => store.state.readOnly);
  const focus = place && (place.node ?? place.edge) === id ? place.field : undefined;
  const document = useEditor((store) => store.state.document);
  const environment = useEditor((store) => store.environment);
  const changed = useMemo(() => changedFields(document, environment, id), [document, environment, id]);
  const form = useMemo<Form>(
    () => ({ id, props, effective, findings, focus, hints, readOnly, environment, changed }),
    [id, props, effective, findings, focus, hints, readOnly, environment, changed],
  );
  useEffect(() => {
    if (focus === undefined) return;
    // Parts that fold open for it one after the other, a frame each.
    let left = FRAMES;
    let frame = 0;
    const from = window.document.activeElement;
    const look = () => {
      left -= 1;
      if (left > 0 && !find(area.current, focus)) frame = requestAnimationFrame(look);
      else show(area.current, focus, from);
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [focus]);
  const whole = findings.filter(({ at }) => at.field === undefined || at.field === "");
  return (
    <FormContext value={form}>
      <div ref={area} className="space-y-1.5">
        {environment !== null && fields.length > 0 && !readOnly && (
          <p className="rounded-md bg-accent-soft px-2 py-1.5 text-xs leading-4">
            What you set here is set in {environment} only.
          </p>
        )}
        {children}
        <FieldFindings findings={whole} />
        {fields.length === 0 && <p className="text-ink-3">There is nothing to set here.</p>}
        <FieldList fields={fields} at="" />
      </div>
    </FormContext>
  );
}

const FRAMES = 8;

const find = (area: HTMLElement | null, field: string) =>
  area?.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);

/**
 * Scrolls to the field, or to the nearest part around it, and gives its control the focus,
 * unless the person has gone elsewhere since: a menu that loses the focus closes under the hand.
 */
function show(area: HTMLElement | null, field: string, from: Element | null): void {
  for (let at = field; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("/")))) {
    const found = find(area, at);
    if (!found) continue;
    found.scrollIntoView({ block: "center" });
    if (document.activeElement === from || document.activeElement === document.body)
      found.querySelector<HTMLElement>("input, select, textarea, button")?.focus({ preventScroll: true });
    return;
  }
}
