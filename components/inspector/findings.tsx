"use client";

import { ruleOf } from "@/lib/rules/registry";
import type { Finding } from "@/lib/rules/rule";
import { runsTasks } from "@/lib/start/start";
import { FixButton } from "../editor/fix-button";
import { useEditor } from "../editor/store";
import { Button } from "../ui/button";
import { Empty } from "../ui/empty";
import { Icon } from "../ui/icon";
import { SeverityMark } from "../ui/severity";
import { StartSection } from "./start-section";

/** What was found about a node or an edge, with repairs and the page each rests on, and whether its tasks will start. */
export function Findings({ id, findings }: { id: string; findings: readonly Finding[] }) {
  const starts = useEditor(({ judged }) => runsTasks(judged, id));
  return (
    <>
      {findings.length > 0 ? <List findings={findings} /> : starts ? <p>No findings here.</p> : nothing}
      {starts && <StartSection id={id} />}
    </>
  );
}

const nothing = <Empty icon="check" title="No findings here" />;

function List({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className="space-y-3">
      {findings.map((finding) => (
        <li key={`${finding.rule} ${finding.at.field ?? ""} ${finding.message}`} className="space-y-1.5">
          <p className="flex items-center justify-between gap-2">
            <SeverityMark severity={finding.severity} word />
            <a
              href={ruleOf(finding.rule)?.docs}
              target="_blank"
              rel="noreferrer"
              title={ruleOf(finding.rule)?.title}
              className="flex items-center gap-1 text-ink-3 text-xs hover:text-ink hover:underline"
            >
              {finding.rule} <Icon name="external" size={11} />
            </a>
          </p>
          <p className="break-words">{finding.message}</p>
          <div className="flex flex-wrap gap-1.5">
            <FixButton finding={finding} className="max-w-full" />
            {finding.at.field && (
              <Button
                size="small"
                look="quiet"
                icon="target"
                onClick={() => useEditor.getState().select(idsOf(finding), { ...finding.at })}
              >
                Show field
              </Button>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

const idsOf = ({ at }: Finding): string[] => [at.node ?? at.edge ?? ""].filter((id) => id !== "");
