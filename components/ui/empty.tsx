import type { ReactNode } from "react";
import { Icon, type IconId } from "./icon";

/** What a panel shows when there is nothing to show: why, and what to do. */
export function Empty({ icon, title, children }: { icon?: IconId; title: string; children?: ReactNode }) {
  return (
    <div className="flex h-full min-h-24 flex-col items-center justify-center gap-1 px-6 py-4 text-center">
      {icon && <Icon name={icon} size={20} className="mb-1 text-ink-3" />}
      <p className="font-medium text-ink">{title}</p>
      {children && <div className="max-w-md text-ink-2">{children}</div>}
    </div>
  );
}
