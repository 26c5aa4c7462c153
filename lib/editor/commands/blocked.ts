import { always, type Command, defineCommand } from "./command";

const shared = {
  group: "View",
  keywords: ["flows", "red", "unreachable", "security groups"],
  scope: "canvas",
  undo: "none",
  enabled: always,
} as const satisfies Partial<Command>;

export const nextBlocked = defineCommand({
  ...shared,
  icon: "next",
  title: "Go to the next blocked place",
  keys: ["b"],
  run: () => ({ effects: [{ effect: "blocked", go: "next" }] }),
});

export const previousBlocked = defineCommand({
  ...shared,
  icon: "previous",
  title: "Go to the previous blocked place",
  keys: ["shift+b"],
  run: () => ({ effects: [{ effect: "blocked", go: "previous" }] }),
});

export const fitBlocked = defineCommand({
  ...shared,
  icon: "flows",
  title: "Zoom to all that is blocked",
  keys: [],
  run: () => ({ effects: [{ effect: "blocked", go: "all" }] }),
});
