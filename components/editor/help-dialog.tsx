"use client";

import { commandIds, commandOf } from "@/lib/editor/commands";
import { commandGroups } from "@/lib/editor/commands/command";
import { Dialog } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { useEditor } from "./store";

const close = (): void => useEditor.setState({ dialog: undefined });

/** Every command with its keys, from the same list that handles them. */
export function HelpDialog() {
  return (
    <Dialog
      title="Keyboard shortcuts"
      about="Everything can be done by keyboard. The outline mirrors the canvas."
      wide
      reading
      onClose={close}
    >
      <div className="columns-1 gap-8 sm:columns-2">
        {commandGroups.map((group) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 font-medium text-ink-2">{group}</h3>
            <dl>
              {commandIds
                .filter((id) => commandOf(id).group === group && commandOf(id).keys.length > 0)
                .map((id) => (
                  <div key={id} className="flex items-center justify-between gap-4 py-0.5">
                    <dt>{commandOf(id).title}</dt>
                    <dd className="flex gap-1">
                      {commandOf(id).keys.map((keys) => (
                        <Kbd key={keys} keys={keys} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
        <section className="break-inside-avoid">
          <h3 className="mb-1 font-medium text-ink-2">On the canvas</h3>
          <ul className="space-y-0.5">
            <li>Tab goes through cards and connections, Enter selects; with Shift, what was selected stays so.</li>
            <li>Two selected nodes are the ends of a trace: T shows it, hop by hop.</li>
            <li>Shift with a drag selects what the frame touches.</li>
            <li>Space with a drag, or the wheel, moves the view.</li>
          </ul>
        </section>
      </div>
    </Dialog>
  );
}
