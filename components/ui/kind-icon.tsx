import { kindOf, type NodeKind } from "@/lib/catalog";
import { darkInk, glyphs, hasArtwork, type IconName } from "@/lib/catalog/icons";

/** AWS's icon by its name, or our own glyph where AWS has none. Decorative: the name stands beside it. */
export function AwsIcon({ name, size = 20, className }: { name: IconName; size?: number; className?: string }) {
  const box = `shrink-0 ${className ?? ""}`;
  if (hasArtwork(name) && !darkInk.has(name)) {
    return (
      <svg width={size} height={size} className={`rounded-[3px] ${box}`} aria-hidden="true">
        <use href={`/icons/aws.svg#${name}`} />
      </svg>
    );
  }
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`text-ink-2 ${box}`}
      aria-hidden="true"
    >
      <path d={glyphs[name]} />
    </svg>
  );
}

/** The icon of a kind. */
export function KindIcon({ kind, size, className }: { kind: NodeKind; size?: number; className?: string }) {
  return <AwsIcon name={kindOf(kind).icon} {...(size ? { size } : {})} {...(className ? { className } : {})} />;
}
