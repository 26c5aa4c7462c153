"use client";

import { BASE } from "@/lib/editor/environments";
import { useEditor } from "../editor/store";
import { Icon } from "../ui/icon";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu";
import { useEnvironments } from "./environment-select";

/** In the bar: which environment everything is shown and edited in. */
export function EnvironmentMenu() {
  const environment = useEditor((store) => store.environment);
  const readOnly = useEditor(({ state }) => state.readOnly);
  const names = useEnvironments();
  const choose = (name: string | null): void => useEditor.getState().setEnvironment(name);
  const shown = environment ?? BASE;
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={`Environment: ${shown}`}
          className={`hidden h-7 max-w-40 items-center gap-1 rounded-md px-2 sm:flex ${
            environment === null
              ? "text-ink-2 hover:bg-hover data-[state=open]:bg-hover"
              : "bg-accent-soft font-medium text-ink ring-1 ring-accent ring-inset"
          }`}
        >
          <Icon name="environments" size={14} />
          <span className="truncate">{shown}</span>
          <Icon name="chevron-down" size={12} />
        </button>
      }
    >
      <MenuItem checked={environment === null} onSelect={() => choose(null)}>
        <span className="flex justify-between gap-6">
          {BASE} <span className="text-ink-3">as drawn</span>
        </span>
      </MenuItem>
      {names.map((name) => (
        <MenuItem key={name} checked={name === environment} onSelect={() => choose(name)}>
          {name}
        </MenuItem>
      ))}
      {!(readOnly && names.length === 0) && (
        <>
          <MenuSeparator />
          <MenuItem icon="environments" onSelect={() => useEditor.getState().run("environments")}>
            {names.length === 0 ? "Add environments…" : readOnly ? "Compare…" : "Compare and manage…"}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
