"use client";

import * as Radix from "@radix-ui/react-dialog";
import { Command } from "cmdk";
import { kindOf, nodeKinds } from "@/lib/catalog";
import { type CommandId, commandIds, commandOf } from "@/lib/editor/commands";
import { commandGroups } from "@/lib/editor/commands/command";
import { Icon } from "../ui/icon";
import { Kbd } from "../ui/kbd";
import { KindIcon } from "../ui/kind-icon";
import { matchScore } from "./match";
import { useEditor } from "./store";
import { goTo } from "./use-findings";

const close = (): void => useEditor.setState({ dialog: undefined });

/** Closes first, so that what runs next may take the focus or open a dialog of its own. */
function after(act: () => void): void {
  close();
  requestAnimationFrame(act);
}

/** The value of a node's entry is its id, which nobody types; all others are titles. */
const fit = (value: string, query: string, keywords?: string[]): number =>
  matchScore([...(value.startsWith("node ") ? [] : [value]), ...(keywords ?? [])], query);

const itemLook =
  "flex h-8 cursor-default select-none items-center gap-2.5 rounded-md px-2 data-[disabled=true]:text-ink-3 data-[selected=true]:bg-hover";

/** ⌘K: every command, every node of the drawing, and everything that can be added. */
export function CommandPalette() {
  const state = useEditor((store) => store.state);
  return (
    <Radix.Root open onOpenChange={(open) => open || close()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(10_10_15/25%)]" />
        <Radix.Content
          aria-describedby={undefined}
          className="appear fixed top-[14vh] left-1/2 z-40 w-[min(560px,94vw)] -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-surface shadow-pop"
        >
          <Radix.Title className="sr-only">Search commands and nodes</Radix.Title>
          <Command label="Search commands and nodes" loop filter={fit}>
            <div className="flex items-center gap-2 border-line border-b px-3">
              <Icon name="search" className="text-ink-3" />
              <Command.Input
                autoFocus
                placeholder="Search commands, nodes and what to add"
                className="h-11 w-full bg-transparent text-base outline-none"
              />
            </div>
            <Command.List className="max-h-[50vh] overflow-auto p-1.5 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-ink-3 [&_[cmdk-group-heading]]:text-xs">
              <Command.Empty className="px-3 py-6 text-center text-ink-2">Nothing is called that.</Command.Empty>
              {Object.keys(state.document.nodes).length > 0 && (
                <Command.Group heading="Go to">
                  {Object.entries(state.document.nodes).map(([id, node]) => (
                    <Command.Item
                      key={id}
                      value={`node ${id}`}
                      keywords={[node.name, kindOf(node.kind).label, kindOf(node.kind).short]}
                      className={itemLook}
                      onSelect={() => after(() => goTo({ node: id }))}
                    >
                      <KindIcon kind={node.kind} size={16} />
                      <span className="min-w-0 flex-1 truncate">{node.name}</span>
                      <span className="text-ink-3 text-xs">{kindOf(node.kind).short}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {commandGroups.map((group) => (
                <Command.Group key={group} heading={group}>
                  {commandIds
                    .filter((id) => commandOf(id).group === group && id !== "search")
                    .map((id) => (
                      <CommandEntry key={id} id={id} />
                    ))}
                </Command.Group>
              ))}
              {!state.readOnly && (
                <Command.Group heading="Add">
                  {nodeKinds.map((kind) => (
                    <Command.Item
                      key={kind}
                      value={`add ${kindOf(kind).label}`}
                      keywords={[kindOf(kind).label, kindOf(kind).short, ...kindOf(kind).keywords]}
                      className={itemLook}
                      onSelect={() => after(() => useEditor.getState().place(kind))}
                    >
                      <KindIcon kind={kind} size={16} />
                      Add {kindOf(kind).label}
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function CommandEntry({ id }: { id: CommandId }) {
  const { title, icon, keywords, keys, enabled } = commandOf(id);
  const state = useEditor((store) => store.state);
  const blocked = enabled(state);
  return (
    <Command.Item
      value={title}
      keywords={[...keywords]}
      disabled={blocked !== true}
      className={itemLook}
      onSelect={() => after(() => useEditor.getState().run(id))}
    >
      <Icon name={icon} size={16} />
      <span className="min-w-0 flex-1 truncate">
        {title}
        {blocked !== true && <span className="ml-2 text-xs">{blocked}</span>}
      </span>
      {keys[0] && <Kbd keys={keys[0]} />}
    </Command.Item>
  );
}
