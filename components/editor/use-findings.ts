"use client";

import { useMemo } from "react";
import type { Place } from "@/lib/document/document";
import type { Finding, Severity } from "@/lib/rules/rule";
import { useEditor } from "./store";

/** How many findings of each severity there are. */
export function useFindingCounts(): Record<Severity, number> {
  const findings = useEditor(({ judged }) => judged.findings);
  return useMemo(() => countFindings(findings), [findings]);
}

export function countFindings(findings: readonly Finding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) counts[finding.severity] += 1;
  return counts;
}

/** The id that stands for a place on the canvas, if it is in the design. */
export const placeId = (place: Place): string | undefined => place.node ?? place.edge;

/** Selects a place and shows its field. */
export function goTo(place: Place): void {
  const id = placeId(place);
  const { select, canvas, panels } = useEditor.getState();
  select(id === undefined ? [] : [id], place);
  useEditor.setState({ panels: { ...panels, inspector: true } });
  if (id !== undefined) canvas?.reveal([id]);
}
