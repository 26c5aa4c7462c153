"use client";

import type { Finding } from "@/lib/rules/rule";
import { Button } from "../ui/button";
import { keepsFocus } from "../ui/keeps-focus";
import { useEditor } from "./store";

/** Tells findings apart that are new objects after every edit. */
export const findingKey = (finding: Finding): string =>
  [finding.rule, finding.at.node, finding.at.edge, finding.at.field, finding.message].join(" ");

/** Applies the repair of a finding as it is now, as one undo step. */
export function applyFix(finding: Finding): void {
  const { analysis, dispatchHere, announce } = useEditor.getState();
  const current = analysis.findings.find((other) => findingKey(other) === findingKey(finding)) ?? finding;
  const result = dispatchHere(current.fix?.edits ?? []);
  if (result.ok) announce(`Fixed: ${finding.fix?.title}.`);
}

/** "Fix: let the call through"; nothing where there is no repair or nothing may be changed. */
export function FixButton({ finding, className }: { finding: Finding; className?: string }) {
  const readOnly = useEditor(({ state }) => state.readOnly);
  const { fix } = finding;
  if (!fix || readOnly) return null;
  return (
    <Button
      ref={keepsFocus}
      size="small"
      icon="wrench"
      className={className}
      title={fix.risk === "safe" ? "Changes only the fields named." : "Look at what it changed; undo takes it back."}
      onClick={() => applyFix(finding)}
    >
      <span className="truncate">Fix: {fix.title}</span>
    </Button>
  );
}
