"use client";

import * as Radix from "@radix-ui/react-dialog";
import type { ReactNode } from "react";
import { Icon } from "./icon";

/** A dialog in the middle of the screen, with a title, closed by Escape or the cross. */
export function Dialog({
  title,
  about,
  onClose,
  wide,
  reading,
  children,
  footer,
}: {
  title: string;
  about?: ReactNode;
  onClose(): void;
  wide?: boolean;
  /** Nothing inside takes the focus, so the text itself does, to be scrolled by keyboard. */
  reading?: boolean;
  children: ReactNode;
  footer?: ReactNode;
}) {
  return (
    <Radix.Root open onOpenChange={(open) => open || onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(10_10_15/35%)]" />
        <Radix.Content
          {...(about ? {} : { "aria-describedby": undefined })}
          className={`appear fixed top-[12vh] left-1/2 z-40 flex max-h-[76vh] -translate-x-1/2 flex-col rounded-lg border border-line bg-surface shadow-pop ${wide ? "w-[min(880px,94vw)]" : "w-[min(520px,94vw)]"}`}
        >
          <header className="flex items-start gap-3 border-line border-b px-4 py-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="font-semibold text-base">{title}</Radix.Title>
              {about && <Radix.Description className="mt-0.5 text-ink-2">{about}</Radix.Description>}
            </div>
            <Radix.Close
              aria-label="Close"
              className="grid size-7 shrink-0 place-content-center rounded-md text-ink-2 hover:bg-hover"
            >
              <Icon name="close" />
            </Radix.Close>
          </header>
          <div tabIndex={reading ? 0 : undefined} className="min-h-0 flex-1 overflow-auto px-4 py-4">
            {children}
          </div>
          {footer && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-line border-t px-4 py-3">
              {footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
