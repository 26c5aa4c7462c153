"use client";

import { type RefObject, useEffect, useRef } from "react";

/**
 * For a row of a long list: it comes into view when it becomes the one that is meant. Not where it was pressed itself:
 * what somebody points at stays where it is.
 */
export function useInView<E extends HTMLElement>(meant: boolean): RefObject<E | null> {
  const row = useRef<E>(null);
  useEffect(() => {
    if (meant && !row.current?.contains(document.activeElement)) row.current?.scrollIntoView({ block: "nearest" });
  }, [meant]);
  return row;
}
