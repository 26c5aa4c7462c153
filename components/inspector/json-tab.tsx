"use client";

import { useMemo } from "react";
import { equalJson, isObject, type Json, type JsonObject, printJson } from "@/lib/core/json";
import { pointer } from "@/lib/core/pointer";
import type { Edit } from "@/lib/document/edits/edit";
import { BASE } from "@/lib/editor/environments";
import { useEditor } from "../editor/store";
import { control, Refusal, useTyped } from "./form/simple";
import { readJson } from "./form/write";

/** The properties as the design file keeps them, and the AWS resources that come of them. */
export function JsonTab({ id, props }: { id: string; props: object }) {
  const readOnly = useEditor((store) => store.state.readOnly);
  const environment = useEditor((store) => store.environment);
  const shown = printJson(props).trimEnd();
  const typed = useTyped(shown, (text) => {
    const read = readJson(text);
    if ("problem" in read) return read.problem;
    if (!isObject(read.value)) return "Properties are one JSON object: { … }. It is kept here and not saved.";
    const result = useEditor
      .getState()
      .dispatchHere(editsBetween(id, props as JsonObject, read.value), { quiet: true });
    return result.ok
      ? undefined
      : result.problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join(" ");
  });
  return (
    <div className="space-y-4">
      <section className="space-y-1">
        <label htmlFor="raw-properties" className="text-ink-3 text-xs">
          {environment === null
            ? "Properties in the design file; what is absent has its default"
            : `Properties in ${environment}; what differs from ${BASE} is kept for it`}
        </label>
        <textarea
          {...typed.props}
          id="raw-properties"
          readOnly={readOnly}
          spellCheck={false}
          rows={Math.min(28, Math.max(6, shown.split("\n").length + 1))}
          className={`${control} h-auto whitespace-pre py-2 font-mono text-xs leading-4`}
        />
        <Refusal id="raw-properties-problem">{typed.problem}</Refusal>
      </section>
      <Resources id={id} />
    </div>
  );
}

/** One edit per property that differs: together one undo step. */
function editsBetween(id: string, before: JsonObject, after: Record<string, unknown>): Edit[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key): Edit[] => {
    if (equalJson(before[key], after[key])) return [];
    const field = pointer(key);
    return [{ edit: "setField", id, field, ...(key in after ? { value: after[key] as Json } : {}) }];
  });
}

/** Everything in AWS that this node or edge brings about, also what nobody draws. */
function Resources({ id }: { id: string }) {
  const stack = useEditor((store) => store.judged.stack);
  const resources = useMemo(
    () =>
      Object.values(stack.resources).filter(({ origins }) =>
        (origins[""] ?? []).some((origin) => origin.node === id || origin.edge === id),
      ),
    [stack, id],
  );
  if (resources.length === 0) return null;
  const openCode = () => useEditor.getState().perform([{ effect: "dock", tab: "code" }]);
  return (
    <section aria-label="Resources">
      <h2 className="flex items-center justify-between pb-1 text-ink-3 text-xs">
        Comes out as
        <button type="button" onClick={openCode} className="rounded-sm text-accent hover:underline">
          Show code
        </button>
      </h2>
      <ul className="space-y-1">
        {resources.map((resource) => (
          <li key={resource.id} className="font-mono text-xs leading-4">
            <span className="block truncate" title={resource.id}>
              {resource.id}
            </span>
            <span className="block truncate text-ink-3">{typeOf(resource)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const typeOf = (resource: { type: string }): string => resource.type;
