"use client";

import { useEffect, useRef, useState } from "react";
import { type Found, type Hit, hitFrom, type Query } from "./search";
import { search } from "./search-safely";

const nothing: Found = { hits: [], more: false };

export interface Search {
  query: Query;
  hits: readonly Hit[];
  current: number;
  /** "3 of 17", "No match", or what is wrong. */
  says: string;
  wrong: boolean;
  ask(query: Query): void;
  step(by: 1 | -1): void;
}

/** Looks for a query in a text while the bar is open, and again when either changes. */
export function useSearch(open: boolean, text: string, topLine: () => number, onHit: (hit: Hit) => void): Search {
  const [query, setQuery] = useState<Query>({ text: "", matchCase: false, regex: false });
  const [found, setFound] = useState<Found | { problem: string }>(nothing);
  const [current, setCurrent] = useState(-1);
  /** The line to look on from; set while an answer should be shown, not when only the text changed. */
  const from = useRef<number | undefined>(undefined);
  const latest = useRef({ topLine, onHit });
  latest.current = { topLine, onHit };

  useEffect(() => {
    if (!open) {
      setFound(nothing);
      setCurrent(-1);
      return;
    }
    let asked = true;
    const { found: answer, stop } = search(text, query);
    void answer.then((result) => {
      if (!asked) return;
      setFound(result);
      const hits = "hits" in result ? result.hits : [];
      const start = from.current;
      // What was not there yet is shown when it comes: the text may be a moment behind the drawing.
      if (hits.length > 0) from.current = undefined;
      setCurrent((before) =>
        start === undefined ? Math.min(Math.max(before, 0), hits.length - 1) : hitFrom(hits, start),
      );
      const hit = start === undefined ? undefined : hits[hitFrom(hits, start)];
      if (hit) latest.current.onHit(hit);
    });
    return () => {
      asked = false;
      stop();
    };
  }, [open, text, query]);

  const hits = "hits" in found ? found.hits : nothing.hits;
  const wrong = "problem" in found;
  return {
    query,
    hits,
    current,
    wrong,
    says: wrong ? found.problem : saysOf(query, found, current),
    ask(next) {
      from.current = hits[current]?.line ?? latest.current.topLine();
      setQuery(next);
    },
    step(by) {
      if (hits.length === 0) return;
      const next = (current + by + hits.length) % hits.length;
      setCurrent(next);
      latest.current.onHit(hits[next] as Hit);
    },
  };
}

function saysOf(query: Query, { hits, more }: Found, current: number): string {
  if (query.text === "") return "";
  if (hits.length === 0) return "No match";
  return `${current + 1} of ${hits.length.toLocaleString("en-US")}${more ? "+" : ""}`;
}
