/** The last text copied here, for browsers that keep their clipboard to themselves. */
let last: string | undefined;

export const clipboard = {
  /** Puts text on the system's clipboard; false when the browser refuses, then it is kept for this page only. */
  async write(text: string): Promise<boolean> {
    last = text;
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  },
  /** Remembers what a copy key put on the clipboard through the browser's own event. */
  remember(text: string): void {
    last = text;
  },
  /** Text of the system's clipboard, else what was copied on this page. */
  async read(): Promise<string | undefined> {
    try {
      return await navigator.clipboard.readText();
    } catch {
      return last;
    }
  },
};
