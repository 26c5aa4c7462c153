"use client";

import { useMemo } from "react";
import type { Leg } from "@/lib/network/path";
import { legAlong } from "@/lib/network/path";
import { useEditor } from "../editor/store";
import { Hops } from "../flows/hops";
import { VerdictMark } from "../flows/verdict";

/** What a packet meets along a connection; undefined for one over which none travels. */
export function useLeg(id: string): Leg | undefined {
  const edge = useEditor(({ judged }) => judged.model.edge(id));
  const flows = useEditor(({ judged }) => judged.flows);
  return useMemo(() => edge && legAlong(flows, edge), [edge, flows]);
}

const sentences = {
  open: "A packet gets through.",
  blocked: "A packet does not get through.",
  unknowable: "The design does not say whether a packet gets through.",
} as const satisfies Record<Leg["verdict"], string>;

/** The verdict of a connection, and its hops in the order in which a packet meets them. */
export function FlowTab({ leg }: { leg: Leg }) {
  return (
    <section aria-label="What a packet meets" className="space-y-2">
      <p className="flex items-baseline gap-2">
        <VerdictMark verdict={leg.verdict} />
        <span className="text-ink-2">{sentences[leg.verdict]}</span>
      </p>
      <Hops flow={leg} />
    </section>
  );
}
