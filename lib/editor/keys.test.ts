import { describe, expect, it } from "vitest";
import { ariaKeys, display, type KeyPress, matches } from "./keys";

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe("keys", () => {
  it("take ⌘ on Apple's keyboards and Ctrl elsewhere, never the other one", () => {
    expect(matches("mod+k", press("k", { metaKey: true }), true)).toBe(true);
    expect(matches("mod+k", press("k", { ctrlKey: true }), true)).toBe(false);
    expect(matches("mod+k", press("K", { ctrlKey: true }), false)).toBe(true);
    expect(matches("mod+k", press("k", { ctrlKey: true, metaKey: true }), false)).toBe(false);
  });

  it("tell apart combinations by shift", () => {
    expect(matches("mod+z", press("Z", { ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(matches("mod+shift+z", press("Z", { ctrlKey: true, shiftKey: true }), false)).toBe(true);
  });

  it("take a sign however the layout types it", () => {
    expect(matches("?", press("?", { shiftKey: true }), false)).toBe(true);
    expect(matches("+", press("+"), false)).toBe(true);
  });

  it("are written as people know them", () => {
    expect(display("mod+shift+z", true)).toBe("⇧⌘Z");
    expect(display("mod+shift+z", false)).toBe("Ctrl+Shift+Z");
    expect(display("shift+arrowleft", false)).toBe("Shift+←");
    expect(ariaKeys("mod+shift+z", false)).toBe("Control+Shift+Z");
    expect(ariaKeys("delete", true)).toBe("Delete");
  });
});
