"use client";

import type { Analysis } from "@/lib/editor/analysis";
import { ruleRemoval } from "@/lib/editor/remove-rule";
import { type Unserved, unservedOpenings } from "@/lib/network/unserved";
import { useEditor } from "../editor/store";
import { Button } from "../ui/button";
import { keepsFocus } from "../ui/keeps-focus";

type Opening = Pick<Unserved, "resource" | "pointer" | "why">;

/** Takes an opening that serves nothing away, as one undo step; where that cannot be done it says why. */
export function RemoveRule({ analysis, opening }: { analysis: Analysis; opening: Opening }) {
  const readOnly = useEditor(({ state }) => state.readOnly);
  if (readOnly) return null;
  const removal = ruleRemoval(analysis, opening);
  if (!("edits" in removal)) return <span className="max-w-64 text-ink-3 text-xs">{removal.why}</span>;
  return (
    <Button ref={keepsFocus} size="small" icon="trash" onClick={() => remove(opening)}>
      Remove this rule
    </Button>
  );
}

/** The rule as it is now: the list may be a moment behind the drawing, and entries are known by their place. */
function remove({ resource, pointer, why }: Opening): void {
  const { analysis, dispatchHere, announce } = useEditor.getState();
  const now = unservedOpenings(analysis.model, analysis.stack, analysis.flows).find(
    (other) => other.resource === resource && other.pointer === pointer && other.why === why,
  );
  const removal = now && ruleRemoval(analysis, now);
  if (!removal || !("edits" in removal)) return;
  if (dispatchHere(removal.edits).ok) announce("Removed the rule.");
}
