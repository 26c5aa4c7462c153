"use client";

import { useEffect, useState } from "react";
import type { OutFile } from "@/lib/export/target";
import { useEditor } from "../editor/store";
import { type Base, baseDocument, bases, useExported } from "./bases";
import type { Choice } from "./choices";
import { type Changes, compare } from "./difference";
import { type Emitted, emit, loadTarget } from "./emit";
import { bookOf } from "./use-emitted";

export type Compared = { changes: Changes } | { none: string };

/** Time for the screen to settle after an edit before the two exports are compared. */
const SETTLE_MS = 80;

/** What the files differ in since a base; undefined while that is worked out. The last answer stays until the next. */
export function useChanges(choice: Choice, emitted: Emitted | undefined, base: Base): Compared | undefined {
  const last = useExported((store) => store.last);
  const before = useEditor(({ state, designId }) =>
    baseDocument(base, state, last?.designId === designId ? last?.document : undefined),
  );
  const prices = useEditor(bookOf);
  const scenario = useEditor((store) => store.scenario);
  const chosen = useEditor((store) => store.environment);
  // Before it was made, the design as drawn stands for it.
  const environment = chosen !== null && before && Object.hasOwn(before.environments, chosen) ? chosen : null;
  const [known, setKnown] = useState<{ of: string; compared: Compared } | undefined>();
  const files = emitted && "files" in emitted ? emitted.files : undefined;
  const of = `${choice.id} ${base}`;

  useEffect(() => {
    if (!files) return;
    if (!before) {
      setKnown({ of, compared: { none: bases[base].none } });
      return;
    }
    let current = true;
    const timer = setTimeout(async () => {
      const compared = await comparedWith(before, files);
      if (current) setKnown({ of, compared });
    }, SETTLE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };

    async function comparedWith(document: typeof before & object, is: readonly OutFile[]): Promise<Compared> {
      const target = await loadTarget(choice.target);
      if (!target) return { none: "The format could not be loaded. Check the connection and open this panel again." };
      const was = emit(target, choice, { document, environment, prices, scenario });
      if ("problem" in was) return { none: was.problem };
      try {
        return { changes: await compare(was.files, is) };
      } catch (error) {
        console.error(error);
        return { none: "The comparison could not be loaded. Check the connection and open this panel again." };
      }
    }
  }, [files, before, choice, base, of, prices, scenario, environment]);

  return known?.of === of ? known.compared : undefined;
}
