"use client";

import { regionCodes, regionName, regions } from "@/lib/aws/regions";
import { nothingKnown } from "@/lib/cost/cost";
import { EnvironmentMenu } from "../environments/environment-menu";
import { FolderState } from "../export/folder-state";
import { CommitInput } from "../ui/field";
import { Icon } from "../ui/icon";
import { Kbd } from "../ui/kbd";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu";
import { SeverityMark, severities, severityCount } from "../ui/severity";
import { Tooltip } from "../ui/tooltip";
import { CommandButton, CommandIcon, CommandItem } from "./command-button";
import { money } from "./money";
import { type Saved, useEditor } from "./store";
import { useCost } from "./use-cost";
import { useFindingCounts } from "./use-findings";

/** The bar above everything: what is open, whether it is kept, its findings and its cost, and the ways out. */
export function Bar() {
  return (
    <header className="relative z-20 flex h-11 shrink-0 items-center gap-1 border-line border-b bg-surface px-2">
      <h1 className="sr-only">Bayplan</h1>
      <DesignMenu />
      <DesignName />
      <SavedState />
      <FolderState />
      <span className="flex-1" />
      <EnvironmentMenu />
      <Region />
      <SearchButton />
      <fieldset className="flex" aria-label="History">
        <CommandIcon id="undo" />
        <CommandIcon id="redo" />
      </fieldset>
      <Divider />
      <Findings />
      <Total />
      <Divider />
      <CommandIcon id="theme" />
      <CommandButton id="share" iconOnlyNarrow />
      <CommandButton id="exportDesign" look="primary" iconOnlyNarrow>
        Export
      </CommandButton>
    </header>
  );
}

const Divider = () => <span aria-hidden="true" className="mx-1 h-5 w-px bg-line" />;

function DesignMenu() {
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label="Menu"
          className="flex h-8 items-center gap-1 rounded-md px-1.5 text-ink-2 hover:bg-hover data-[state=open]:bg-hover"
        >
          {/* biome-ignore lint/performance/noImgElement: a small static drawing needs no image service */}
          <img src="/icons/bayplan.svg" alt="" width={20} height={20} />
          <Icon name="chevron-down" size={12} />
        </button>
      }
    >
      <CommandItem id="newDesign" />
      <CommandItem id="starters" />
      <CommandItem id="designs" />
      <CommandItem id="makeCopy" />
      <MenuSeparator />
      <CommandItem id="openFile" />
      <CommandItem id="saveFile" />
      <CommandItem id="exportDesign" />
      <CommandItem id="share" />
      <MenuSeparator />
      <CommandItem id="environments" />
      <CommandItem id="autoLayout" />
      <CommandItem id="toggleRail" />
      <CommandItem id="toggleInspector" />
      <CommandItem id="toggleDock" />
      <CommandItem id="theme" />
      <MenuSeparator />
      <CommandItem id="help" />
    </Menu>
  );
}

function DesignName() {
  const name = useEditor(({ state }) => state.document.name);
  const readOnly = useEditor(({ state }) => state.readOnly);
  return (
    <span className="inline-grid min-w-16 max-w-72 items-center">
      {/* The hidden copy of the text gives the field its width. */}
      <span aria-hidden="true" className="invisible col-start-1 row-start-1 truncate px-1.5 font-medium">
        {name}
      </span>
      <CommitInput
        label="Design name"
        value={name}
        readOnly={readOnly}
        onCommit={(value) =>
          useEditor.getState().dispatch([{ edit: "setDesign", field: "/name", value }], { says: "Renamed the design." })
            .ok
        }
        className="col-start-1 row-start-1 h-7 w-0 min-w-full truncate rounded-md bg-transparent px-1.5 font-medium hover:bg-hover focus:bg-surface read-only:hover:bg-transparent"
      />
    </span>
  );
}

/** `rest` is left out of sight where the window is narrow. */
const savedWords: Readonly<Record<Saved, { text: string; rest?: string; about: string; tone: string }>> = {
  loading: { text: "Opening…", about: "Reading the design from this browser.", tone: "text-ink-3" },
  saved: {
    text: "Saved",
    rest: " in this browser",
    about: "Every change is kept in this browser only. Save the design file or share a link to have it elsewhere.",
    tone: "text-ink-3",
  },
  saving: { text: "Saving…", about: "The last change is being written to this browser's store.", tone: "text-ink-3" },
  failed: {
    text: "Not saved",
    about: "This browser did not store the last change. Save the design file so that nothing is lost.",
    tone: "text-error",
  },
  elsewhere: {
    text: "Changed",
    rest: " in another tab",
    about: "Another tab changed this design too. Choose which version to keep.",
    tone: "text-warning",
  },
  readOnly: { text: "Read-only", about: "A shared link. Make a copy to change it.", tone: "text-ink-2" },
};

function SavedState() {
  const saved = useEditor((store) => store.saved);
  const { text, rest = "", about, tone } = savedWords[saved];
  return (
    <Tooltip text={about}>
      <span
        role="status"
        aria-label={`Saved state: ${text}${rest}`}
        className={`flex shrink-0 items-center gap-1 whitespace-nowrap px-1 text-xs ${tone}`}
      >
        {saved === "failed" && <Icon name="warning" size={12} />}
        {saved === "readOnly" && <Icon name="lock" size={12} />}
        <span>
          {text}
          {rest && <span className="sr-only xl:not-sr-only">{rest}</span>}
        </span>
      </span>
    </Tooltip>
  );
}

function Region() {
  const region = useEditor(({ state }) => state.document.settings.region);
  const readOnly = useEditor(({ state }) => state.readOnly);
  const choose = (value: string): void => {
    const { dispatch } = useEditor.getState();
    dispatch([{ edit: "setDesign", field: "/settings/region", value }], { says: `Region ${regionName(value)}.` });
  };
  return (
    <Menu
      align="end"
      trigger={
        <button
          type="button"
          aria-label={`Region: ${region}, ${regionName(region)}`}
          disabled={readOnly}
          className="hidden h-7 shrink-0 items-center gap-1 whitespace-nowrap rounded-md px-2 text-ink-2 hover:bg-hover data-[state=open]:bg-hover md:flex"
        >
          {region}
          <Icon name="chevron-down" size={12} />
        </button>
      }
    >
      {regionCodes.map((code) => (
        <MenuItem key={code} checked={code === region} onSelect={() => choose(code)}>
          <span className="flex justify-between gap-6">
            {regions[code]} <span className="text-ink-3">{code}</span>
          </span>
        </MenuItem>
      ))}
    </Menu>
  );
}

function SearchButton() {
  return (
    <button
      type="button"
      onClick={() => useEditor.getState().run("search")}
      className="mx-1 hidden h-7 items-center gap-2 rounded-md border border-line px-2 text-ink-3 hover:bg-hover md:flex"
    >
      <Icon name="search" size={14} />
      <span className="sr-only xl:not-sr-only">
        Search<span className="sr-only"> commands and nodes</span>
      </span>
      <Kbd keys="mod+k" />
    </button>
  );
}

function Findings() {
  const counts = useFindingCounts();
  const clear = severities.every((severity) => counts[severity] === 0);
  const name = clear
    ? "0 problems"
    : severities
        .filter((s) => counts[s] > 0)
        .map((s) => severityCount(s, counts[s]))
        .join(", ");
  return (
    <Tooltip text="Show problems" keys="mod+shift+m">
      <button
        type="button"
        onClick={() => useEditor.getState().run("showProblems")}
        className="flex h-7 shrink-0 items-center gap-2 rounded-md px-2 tabular-nums hover:bg-hover"
      >
        <span className="sr-only">Check: {name}</span>
        {clear ? (
          <span aria-hidden="true" className="flex items-center gap-1 text-good">
            <Icon name="check" size={14} /> 0
          </span>
        ) : (
          severities
            .filter((severity) => counts[severity] > 0)
            .map((severity) => (
              <span key={severity} aria-hidden="true" className="flex items-center">
                <SeverityMark severity={severity} />
                <span className="ml-0.5">{counts[severity]}</span>
              </span>
            ))
        )}
      </button>
    </Tooltip>
  );
}

function Total() {
  const { cost, prices } = useCost();
  const known = prices.status === "ready" && !nothingKnown(cost);
  const text = known ? `${money(cost.total)}/mo` : prices.status === "loading" ? "$…" : "No prices";
  const more = known && cost.unknown.length > 0 ? ` and ${cost.unknown.length} unknown` : "";
  return (
    <Tooltip text={more ? `Cost a month, without${more.slice(" and".length)}` : "Cost a month"} keys="mod+shift+y">
      <button
        type="button"
        aria-label={`Cost: ${text}${more}`}
        onClick={() => useEditor.getState().run("showCost")}
        className="h-7 shrink-0 whitespace-nowrap rounded-md px-2 font-medium tabular-nums hover:bg-hover"
      >
        {text}
        {more && <span aria-hidden="true">+</span>}
      </button>
    </Tooltip>
  );
}
