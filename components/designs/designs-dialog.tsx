"use client";

import { useCallback, useEffect, useState } from "react";
import { emptyDocument } from "@/lib/document/document";
import { useEditor } from "../editor/store";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Empty } from "../ui/empty";
import { type DesignSummary, deleteDesign, listDesigns } from "./database";
import { newDesign, openNew, openStored } from "./open";
import { StarterList } from "./starter-list";

const close = (): void => useEditor.setState({ dialog: undefined });
const when = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short" });

/** The designs that this browser keeps. */
export function DesignsDialog() {
  const open = useEditor((store) => store.designId);
  const [designs, setDesigns] = useState<readonly DesignSummary[] | "failed" | undefined>();
  const [asked, setAsked] = useState<string | undefined>();
  const refresh = useCallback(() => {
    listDesigns().then(setDesigns, () => setDesigns("failed"));
  }, []);
  useEffect(refresh, [refresh]);

  const remove = async (design: DesignSummary): Promise<void> => {
    await deleteDesign(design.id);
    setAsked(undefined);
    useEditor.getState().announce(`Deleted ${design.name}.`);
    if (design.id === open) {
      const [next] = (await listDesigns()).filter(({ id }) => id !== design.id);
      if (!next || !(await openStored(next.id))) openNew(emptyDocument());
      useEditor.setState({ dialog: "designs" });
    }
    refresh();
  };

  return (
    <Dialog
      title="Designs"
      about="Kept in this browser only. Save the design file or share a link to have one elsewhere."
      onClose={close}
      footer={
        <Button icon="new" look="primary" onClick={newDesign}>
          New design
        </Button>
      }
    >
      {designs === undefined && <Empty title="Reading the list…" />}
      {designs === "failed" && (
        <Empty icon="warning" title="The list could not be read">
          This browser did not open its store. Check that it may keep data for this site.
        </Empty>
      )}
      {Array.isArray(designs) && designs.length === 0 && <Empty icon="designs" title="No designs yet" />}
      {Array.isArray(designs) && (
        <ul aria-label="Designs" className="-mx-2">
          {designs.map((design: DesignSummary) => (
            <li key={design.id} className="flex items-center gap-2 rounded-md px-2 hover:bg-hover">
              <button
                type="button"
                aria-current={design.id === open}
                onClick={() => void openStored(design.id).then((opened) => opened && close())}
                className="min-w-0 flex-1 py-1.5 text-left"
              >
                <span className="block truncate font-medium">
                  {design.name}
                  {design.id === open && <span className="ml-2 font-normal text-ink-3 text-xs">open</span>}
                </span>
                <span className="block text-ink-3 text-xs">
                  {design.nodes} {design.nodes === 1 ? "node" : "nodes"} · {when.format(design.updated)}
                </span>
              </button>
              {asked === design.id ? (
                <>
                  <span className="text-ink-2 text-xs">Delete for good?</span>
                  <Button size="small" look="danger" onClick={() => void remove(design)}>
                    Delete
                  </Button>
                  <Button size="small" look="quiet" onClick={() => setAsked(undefined)}>
                    Keep
                  </Button>
                </>
              ) : (
                <Button
                  size="small"
                  look="quiet"
                  icon="trash"
                  aria-label={`Delete ${design.name}`}
                  onClick={() => setAsked(design.id)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

/** The starters as a dialog, from the menu. */
export function StartersDialog() {
  return (
    <Dialog
      title="Start from a starter"
      about="Opens as a new design; the one on the screen stays in the list."
      wide
      onClose={close}
    >
      <StarterList />
    </Dialog>
  );
}
