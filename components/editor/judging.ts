import type { Judged, Pending } from "./analyse-safely";

/** Judges a large design behind the frame that shows an edit, stage by stage, so that no key waits for all of it. */

interface Work {
  pending: Pending;
  done(made: Judged): void;
}

let current: Work | undefined;

/** Takes the place of what is being judged: nobody wants to know what an earlier drawing was like. */
export function judgeSoon(pending: Pending, done: Work["done"]): void {
  const work = { pending, done };
  current = work;
  behindFrame(() => go(work));
}

/** Nothing is left to be judged. */
export function judgingDone(): void {
  current = undefined;
}

/** Judges what is left at once: for what leaves the page. */
export function judgeNow(): void {
  if (!current) return;
  const { pending, done } = current;
  current = undefined;
  done(pending.finish());
}

function go(work: Work): void {
  if (current !== work) return;
  if (work.pending.step()) judgeNow();
  else setTimeout(() => go(work));
}

/** Pages that nobody sees are not drawn, and wait for no frame. */
const LONGEST = 200;

function behindFrame(run: () => void): void {
  let ran = false;
  const once = (): void => {
    if (ran) return;
    ran = true;
    clearTimeout(timer);
    run();
  };
  const timer = setTimeout(once, LONGEST);
  requestAnimationFrame(() => setTimeout(once));
}
