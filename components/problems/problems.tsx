"use client";

import { memo, useMemo, useState } from "react";
import type { Suppression } from "@/lib/document/document";
import { placeName } from "@/lib/editor/names";
import { ruleOf } from "@/lib/rules/registry";
import type { Finding } from "@/lib/rules/rule";
import { FixButton, findingKey } from "../editor/fix-button";
import { useShown } from "../editor/shown";
import { useEditor } from "../editor/store";
import { goTo, placeId } from "../editor/use-findings";
import { Button } from "../ui/button";
import { Empty } from "../ui/empty";
import { TextInput } from "../ui/field";
import { Icon } from "../ui/icon";
import { keepsFocus } from "../ui/keeps-focus";
import { KindIcon } from "../ui/kind-icon";
import { SeverityMark } from "../ui/severity";
import { useInView } from "../ui/use-in-view";

/** Longest list that is shown at once; more are counted, and come up as others are fixed. */
const MOST = 200;

/** What is wrong, by the node it is about, with a button for what can be fixed at once. */
export function Problems() {
  const { findings, suppressed, document } = useShown();
  const problem = useEditor((store) => store.analysisProblem);
  const groups = useMemo(() => {
    const byPlace = new Map<string, Finding[]>();
    for (const finding of findings.slice(0, MOST)) {
      const id = placeId(finding.at) ?? "";
      const group = byPlace.get(id);
      if (group) group.push(finding);
      else byPlace.set(id, [finding]);
    }
    return [...byPlace];
  }, [findings]);

  return (
    <div className="h-full overflow-auto">
      {problem && (
        <p role="alert" className="m-2 flex gap-2 rounded-md bg-error-soft px-3 py-2 text-error">
          <Icon name="warning" className="mt-0.5" /> {problem}
        </p>
      )}
      {findings.length === 0 && !problem && (
        <Empty icon="check" title="No problems">
          {Object.keys(document.nodes).length === 0
            ? "Problems appear here while you draw."
            : "Nothing in this drawing breaks a rule that is checked."}
        </Empty>
      )}
      {groups.map(([id, list]) => (
        <Group key={id} id={id} findings={list} />
      ))}
      {findings.length > MOST && (
        <p className="px-3 py-2 text-ink-2">{findings.length - MOST} more come up as these are fixed.</p>
      )}
      {suppressed.length > 0 && <Suppressed />}
    </div>
  );
}

function Group({ id, findings }: { id: string; findings: readonly Finding[] }) {
  const { document } = useShown();
  const selected = useEditor(({ state }) => state.selection.includes(id));
  const at = findings[0]?.at ?? {};
  const name = placeName(document, at);
  const kind = document.nodes[id]?.kind;
  const section = useInView<HTMLElement>(selected);
  return (
    <section ref={section} aria-label={name} className="border-line border-b last:border-b-0">
      <h3 className={`sticky top-0 z-10 flex h-7 items-center gap-2 px-3 ${selected ? "bg-accent-soft" : "bg-sunken"}`}>
        {kind ? <KindIcon kind={kind} size={16} /> : <Icon name="connect" size={14} className="text-ink-3" />}
        <span className="truncate font-medium">{name}</span>
      </h3>
      <ul>
        {findings.map((finding) => (
          <Item key={findingKey(finding)} finding={finding} />
        ))}
      </ul>
    </section>
  );
}

/** Findings are new objects after every edit; an item is drawn again only when it reads differently. */
const Item = memo(
  ItemView,
  (a, b) => findingKey(a.finding) === findingKey(b.finding) && a.finding.fix?.title === b.finding.fix?.title,
);

function ItemView({ finding }: { finding: Finding }) {
  const [silencing, setSilencing] = useState(false);
  const readOnly = useEditor(({ state }) => state.readOnly);
  const { severity, rule, message } = finding;
  const about = ruleOf(rule);
  return (
    <li className="group/item px-3 py-1.5 hover:bg-hover/60">
      <div className="flex flex-wrap items-start gap-x-2 gap-y-1">
        <span className="flex h-5 w-20 shrink-0 items-center">
          <SeverityMark severity={severity} word />
        </span>
        <button
          type="button"
          onClick={() => goTo(finding.at)}
          className="min-w-0 flex-1 basis-80 rounded-sm text-left hover:underline hover:decoration-line-strong hover:underline-offset-2"
        >
          {message}
        </button>
        <span className="flex shrink-0 items-center gap-1">
          <FixButton finding={finding} />
          {severity !== "error" && !readOnly && (
            <Button
              size="small"
              look="quiet"
              icon="eye-off"
              onClick={() => setSilencing(!silencing)}
              aria-expanded={silencing}
            >
              Silence
            </Button>
          )}
          <a
            href={about?.docs}
            target="_blank"
            rel="noreferrer"
            title={about?.title}
            className="inline-flex h-6 items-center gap-1 rounded-md px-1.5 text-ink-3 text-xs hover:bg-hover hover:text-ink"
          >
            {rule}
            <Icon name="external" size={12} />
            <span className="sr-only">, documentation</span>
          </a>
        </span>
      </div>
      {silencing && <Silence finding={finding} onDone={() => setSilencing(false)} />}
    </li>
  );
}

/** A suppression as JSON data. */
const plain = ({ rule, at, reason }: Suppression) => ({ rule, at: { ...at } as Record<string, string>, reason });

/** Warnings and advice can be silenced with a reason; errors never. */
function Silence({ finding, onDone }: { finding: Finding; onDone(): void }) {
  const [reason, setReason] = useState("");
  const silence = (): void => {
    const { state, dispatch } = useEditor.getState();
    const { rule, at } = finding;
    const value = [...state.document.suppressions, { rule, at, reason: reason.trim() }].map(plain);
    const says = "Silenced. It is listed at the end.";
    if (dispatch([{ edit: "setDesign", field: "/suppressions", value }], { says }).ok) onDone();
  };
  return (
    <form
      className="mt-1.5 flex max-w-xl gap-2 pl-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== "") silence();
      }}
    >
      <TextInput
        ref={keepsFocus}
        aria-label="Why this is no problem here"
        placeholder="Why this is no problem here"
        autoFocus
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && onDone()}
      />
      <Button ref={keepsFocus} type="submit" disabled={reason.trim() === ""}>
        Silence
      </Button>
      <Button ref={keepsFocus} look="quiet" onClick={onDone}>
        Cancel
      </Button>
    </form>
  );
}

function Suppressed() {
  const { suppressed, document } = useShown();
  const readOnly = useEditor(({ state }) => state.readOnly);
  const restore = (finding: (typeof suppressed)[number]): void => {
    const { state, dispatch } = useEditor.getState();
    const kept = state.document.suppressions.filter(
      ({ rule, at, reason }) =>
        rule !== finding.rule || placeId(at) !== placeId(finding.at) || reason !== finding.reason,
    );
    dispatch([
      { edit: "setDesign", field: "/suppressions", value: kept.map((item) => ({ ...item, at: { ...item.at } })) },
    ]);
  };
  return (
    <details className="border-line border-t">
      <summary className="px-3 py-1.5 text-ink-2 hover:bg-hover">{suppressed.length} silenced</summary>
      <ul>
        {suppressed.map((finding) => (
          <li key={findingKey(finding)} className="flex items-start gap-2 px-3 py-1.5 text-ink-2">
            <SeverityMark severity={finding.severity} />
            <span className="min-w-0 flex-1">
              <button type="button" className="text-left hover:underline" onClick={() => goTo(finding.at)}>
                {placeName(document, finding.at)}: {finding.message}
              </button>
              <span className="block text-ink-3">Silenced: {finding.reason}</span>
            </span>
            <span className="text-ink-3 text-xs">{finding.rule}</span>
            {!readOnly && (
              <Button ref={keepsFocus} size="small" look="quiet" onClick={() => restore(finding)}>
                Show again
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
