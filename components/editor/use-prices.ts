"use client";

import { useEffect } from "react";
import { isRegion } from "@/lib/aws/regions";
import { fail, ok, type Result } from "@/lib/core/result";
import type { PriceBook } from "@/lib/cost/prices";
import { setPrices, useEditor } from "./store";

/** Keeps the price book of the design's Region at hand; a Region without one is said, never priced as 0. */
export function usePrices(): void {
  const region = useEditor(({ state }) => state.document.settings.region);
  useEffect(() => {
    let current = true;
    void bundledBook(region).then((result) => {
      if (!current) return;
      setPrices(
        result.ok
          ? { status: "ready", book: result.value }
          : { status: "missing", why: result.problems[0]?.message ?? "There are no prices for this Region." },
      );
      if (!result.ok) return;
      void liveBook(region).then((book) => {
        if (current && book) setPrices({ status: "ready", book });
      });
    });
    return () => {
      current = false;
    };
  }, [region]);
}

/** The prices of another Region, of now where those of the design's own are. */
export async function pricesOf(region: string): Promise<Result<PriceBook>> {
  const bundled = await bundledBook(region);
  const live = bundled.ok ? await liveBook(region) : undefined;
  return live ? ok(live) : bundled;
}

/** The bundled prices of a Region. */
async function bundledBook(region: string): Promise<Result<PriceBook>> {
  try {
    const { loadPrices } = await import("@/lib/cost/prices");
    return await loadPrices(region);
  } catch {
    return fail({ path: "", message: "The prices could not be loaded. Check the connection and reload the page." });
  }
}

/** Prices of now, where the server asks AWS for them (BAYPLAN_LIVE_PRICES); undefined where it does not or cannot. */
async function liveBook(region: string): Promise<PriceBook | undefined> {
  try {
    const answer = await fetch(`/api/prices/${encodeURIComponent(region)}`);
    if (answer.status !== 200 || !isRegion(region)) return undefined;
    const [{ pricesIn }, { bookOf }] = await Promise.all([
      import("@/lib/cost/prices/answer"),
      import("@/lib/cost/prices"),
    ]);
    const found = pricesIn(await answer.json(), region);
    return found && bookOf(region, found.data, found.says);
  } catch {
    return undefined;
  }
}
