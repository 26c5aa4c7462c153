"use client";

import { useEffect } from "react";
import { loadPrices } from "@/lib/cost/prices";
import { setPrices, useEditor } from "./store";

/** Keeps the price book of the design's Region at hand; a Region without one is said, never priced as 0. */
export function usePrices(): void {
  const region = useEditor(({ state }) => state.document.settings.region);
  useEffect(() => {
    let current = true;
    void loadPrices(region).then((result) => {
      if (!current) return;
      setPrices(
        result.ok
          ? { status: "ready", book: result.value }
          : { status: "missing", why: result.problems[0]?.message ?? "There are no prices for this Region." },
      );
    });
    return () => {
      current = false;
    };
  }, [region]);
}
