import type { UiIcon } from "@/lib/editor/commands/command";

/** Icons of the interface beside those of commands. */
type OtherIcon =
  | "chevron-right"
  | "chevron-down"
  | "chevron-up"
  | "fold"
  | "unfold"
  | "folder"
  | "diff"
  | "close"
  | "check"
  | "external"
  | "download"
  | "link"
  | "more"
  | "sun"
  | "moon"
  | "file"
  | "wrench"
  | "eye-off"
  | "warning"
  | "spinner"
  | "lock"
  | "swap"
  | "play";

export type IconId = UiIcon | OtherIcon;

/** Our own line drawings: path data for a 16×16 box, stroked in the text's colour. */
const paths: Readonly<Record<IconId, string>> = {
  undo: "M5.5 3.5 2.5 6.5l3 3M2.5 6.5h7a3.5 3.5 0 0 1 0 7H7",
  redo: "M10.5 3.5l3 3-3 3M13.5 6.5h-7a3.5 3.5 0 0 0 0 7H9",
  trash: "M2.5 4.5h11M6 4.5v-2h4v2M4 4.5l.7 9h6.6l.7-9M6.7 7v4M9.3 7v4",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  cut: "M3 3l7.5 8M13 3l-7.5 8M2.5 12a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0M10.5 12a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0",
  paste: "M5.5 3.5h-2v10h9v-10h-2M5.5 2.5h5v2.5h-5z",
  duplicate: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3M9.5 7.5v4M7.5 9.5h4",
  "select-all": "M2.5 5v-2.5H5M7 2.5h2M11 2.5h2.5V5M13.5 7v2M13.5 11v2.5H11M9 13.5H7M5 13.5H2.5V11M2.5 9V7M6 6h4v4H6z",
  pencil: "M3 13l.8-3L10.5 3.3l2.2 2.2L6 12.2zM9 4.8 11.2 7",
  connect:
    "M2.5 5.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0M9.5 10.5a2 2 0 1 0 4 0 2 2 0 1 0-4 0M6.5 5.5H10a1.5 1.5 0 0 1 1.5 1.5v1.5",
  layout: "M2.5 6h4v4h-4zM9.5 2.5h4v4h-4zM9.5 9.5h4v4h-4zM6.5 8H8V4.5h1.5M8 8v3.5h1.5",
  fit: "M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3M5.5 6.5h5v3h-5z",
  "zoom-in": "M3 7a4 4 0 1 0 8 0 4 4 0 1 0-8 0M10 10l3.5 3.5M7 5.2v3.6M5.2 7h3.6",
  "zoom-out": "M3 7a4 4 0 1 0 8 0 4 4 0 1 0-8 0M10 10l3.5 3.5M5.2 7h3.6",
  target: "M4 8a4 4 0 1 0 8 0 4 4 0 1 0-8 0M8 1.5V5M8 11v3.5M1.5 8H5M11 8h3.5",
  search: "M3 7a4 4 0 1 0 8 0 4 4 0 1 0-8 0M10 10l3.5 3.5",
  "panel-left": "M2.5 3h11v10h-11zM6.5 3v10",
  "panel-right": "M2.5 3h11v10h-11zM9.5 3v10",
  "panel-bottom": "M2.5 3h11v10h-11zM2.5 9.5h11",
  problems: "M8 2.5l6 10.5H2zM8 6.5v3M8 11.3v.2",
  flows: "M2.5 4.5h8M8 2l2.5 2.5L8 7M13.5 11.5h-8M8 9l-2.5 2.5L8 14",
  play: "M5 3l7.5 5L5 13z",
  swap: "M3 5.5h9.5M10 3l2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13",
  cost: "M2.5 8a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0M9.8 6.2C9.5 5.4 8.8 5 8 5c-1 0-1.8.5-1.8 1.4C6.2 8.5 9.8 7.4 9.8 9.5 9.8 10.5 9 11 8 11c-.9 0-1.6-.4-1.9-1.2M8 4v8",
  code: "M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5",
  theme: "M3 8a5 5 0 1 0 10 0A5 5 0 1 0 3 8M8 3v10M8 5l2.5-1M8 8h5M8 11l2.5 1",
  save: "M8 2.5v7M5 6.5l3 3 3-3M2.5 11v2.5h11V11",
  open: "M2.5 12.5v-9h4l1.5 2h5.5v7z",
  new: "M4 2.5h5.5L12.5 5.5v8H4zM8.2 7v4M6.2 9h4",
  environments: "M8 2 14 5 8 8 2 5zM2.5 8 8 10.8 13.5 8M2.5 11 8 13.8 13.5 11",
  designs: "M2.5 2.5h4.5V7H2.5zM9 2.5h4.5V7H9zM2.5 9H7v4.5H2.5zM9 9h4.5v4.5H9z",
  starters: "M8 2.5l1.6 3.6 3.9.4-2.9 2.6.8 3.9L8 11l-3.4 2 .8-3.9L2.5 6.5l3.9-.4z",
  share: "M8 9.5v-7M5.5 5 8 2.5 10.5 5M4.5 7.5h-1v6h9v-6h-1",
  export: "M6 2.5H3v11h10V10M9 2.5h4.5V7M13.5 2.5l-6 6",
  help: "M2.5 8a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0M6.3 6.5C6.3 5.5 7 4.9 8 4.9s1.7.6 1.7 1.5C9.7 7.7 8 7.7 8 9.2M8 11.2v.1",
  move: "M8 2v12M2 8h12M6 4l2-2 2 2M6 12l2 2 2-2M4 6 2 8l2 2M12 6l2 2-2 2",
  deselect:
    "M2.5 5v-2.5H5M7 2.5h2M11 2.5h2.5V5M13.5 7v2M13.5 11v2.5H11M9 13.5H7M5 13.5H2.5V11M2.5 9V7M6 6l4 4M10 6l-4 4",
  plus: "M8 3v10M3 8h10",
  next: "M6 4l4 4-4 4",
  previous: "M10 4 6 8l4 4",
  "chevron-right": "M6 4l4 4-4 4",
  "chevron-down": "M4 6l4 4 4-4",
  "chevron-up": "M4 10l4-4 4 4",
  fold: "M5 2.5l3 3 3-3M5 13.5l3-3 3 3M2.5 8h11",
  unfold: "M5 5.5l3-3 3 3M5 10.5l3 3 3-3M2.5 8h11",
  diff: "M8 2.5v6M5 5.5h6M5 12.5h6",
  folder: "M2.5 12.5v-9h4l1.5 2h5.5v7z",
  close: "M4 4l8 8M12 4l-8 8",
  check: "M3 8.5 6.5 12 13 4.5",
  external: "M6.5 3.5h-3v9h9v-3M9.5 3h3.5v3.5M13 3 7.5 8.5",
  download: "M8 2.5v7M5 6.5l3 3 3-3M2.5 13.5h11",
  link: "M6.5 9.5l3-3M7 4.5 8.5 3a2.8 2.8 0 0 1 4.5 4L11.5 8.5M9 11.5 7.5 13A2.8 2.8 0 0 1 3 9l1.5-1.5",
  more: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  sun: "M5.5 8a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0M8 2v1.5M8 12.5V14M2 8h1.5M12.5 8H14M3.8 3.8l1 1M11.2 11.2l1 1M12.2 3.8l-1 1M4.8 11.2l-1 1",
  moon: "M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z",
  file: "M4 2.5h5.5L12.5 5.5v8H4zM9.5 2.5v3h3",
  wrench: "M13 4.5 10.8 6.7 9.3 5.2 11.5 3A3.3 3.3 0 0 0 7.3 7.3L2.8 11.8l1.4 1.4L8.7 8.7A3.3 3.3 0 0 0 13 4.5z",
  "eye-off": "M2.5 8S4.5 4 8 4s5.5 4 5.5 4-2 4-5.5 4S2.5 8 2.5 8M3 13 13 3",
  warning: "M8 2.5l6 10.5H2zM8 6.5v3M8 11.3v.2",
  spinner: "M8 2.5A5.5 5.5 0 1 1 2.5 8",
  lock: "M4 7.5h8v6H4zM5.5 7.5v-2a2.5 2.5 0 0 1 5 0v2",
};

/** One of our line icons; decorative, so whatever shows it needs a name of its own. */
export function Icon({ name, size = 16, className }: { name: IconId; size?: number; className?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.25}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`shrink-0 ${className ?? ""}`}
    >
      <path d={paths[name]} />
    </svg>
  );
}
