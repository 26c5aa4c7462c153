"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import type { OutFile } from "@/lib/export/target";
import { useEditor } from "../editor/store";
import { mainPlace, type Place, placesOf } from "./text-lines";

export interface Places {
  places: readonly Place[];
  /** The one that was gone to last, -1 when none was. */
  at: number;
  lines: number;
  files: ReadonlySet<string>;
  step(by: 1 | -1): void;
  /** Selects what a line comes from and shows it on the canvas; the text stays where it is. */
  pick(id: string): void;
}

/** Where the selection is in the files. What is newly selected is gone to, if need be in another file. */
export function usePlaces(
  files: readonly OutFile[],
  choice: string,
  path: string | undefined,
  goTo: (place: Place) => void,
): Places {
  const selection = useEditor(({ state }) => state.selection);
  const places = useMemo(() => placesOf(files, new Set(selection)), [files, selection]);
  const [at, setAt] = useState(-1);
  /** Selected, but perhaps not written yet: the text follows the drawing a moment later. */
  const waiting = useRef(false);
  const picked = useRef(false);
  const latest = useRef({ path, goTo });
  latest.current = { path, goTo };

  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the selection, not every edit that moves lines
  useEffect(() => {
    waiting.current = !picked.current;
    picked.current = false;
    setAt(-1);
  }, [selection, choice]);
  useEffect(() => {
    if (!waiting.current) return;
    const main = mainPlace(places, latest.current.path);
    if (!main) return;
    waiting.current = false;
    setAt(places.indexOf(main));
    latest.current.goTo(main);
  }, [places]);

  const held = useMemo(() => new Set(places.map((place) => place.path)), [places]);
  return {
    places,
    at: Math.min(at, places.length - 1),
    lines: places.reduce((total, { length }) => total + length, 0),
    files: held,
    step(by) {
      const next = at === -1 ? (by === 1 ? 0 : places.length - 1) : (at + by + places.length) % places.length;
      const place = places[next];
      if (!place) return;
      setAt(next);
      goTo(place);
      const { start, length } = place;
      const where = length === 1 ? `line ${start + 1}` : `lines ${start + 1} to ${start + length}`;
      useEditor.getState().announce(`Place ${next + 1} of ${places.length}: ${place.path}, ${where}.`);
    },
    pick(id) {
      const { select, canvas, state } = useEditor.getState();
      picked.current = state.selection.length !== 1 || state.selection[0] !== id;
      select([id]);
      canvas?.reveal([id]);
    },
  };
}
