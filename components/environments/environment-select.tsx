"use client";

import { useMemo } from "react";
import { environmentNames } from "@/lib/document/environments";
import { useEditor } from "../editor/store";
import { Select } from "../ui/field";

/** Names of the open design's environments, in rollout order. */
export function useEnvironments(): readonly string[] {
  const environments = useEditor(({ state }) => state.document.environments);
  return useMemo(() => environmentNames({ environments }), [environments]);
}

/** No environment can have this name. */
const NONE = "";

/** A choice of one environment, or of none of them; `all` says what none means. */
export function EnvironmentSelect({
  value,
  all,
  onChange,
  ...rest
}: {
  value: string | null;
  all: string;
  onChange(environment: string | null): void;
  hideLabel?: boolean;
  className?: string;
}) {
  const names = useEnvironments();
  return (
    <Select
      label="Environment"
      value={value ?? NONE}
      options={[{ value: NONE, label: all }, ...names.map((name) => ({ value: name, label: name }))]}
      onChange={(next) => onChange(next === NONE ? null : next)}
      {...rest}
    />
  );
}
